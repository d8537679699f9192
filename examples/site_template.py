"""A site's template: what its pages share leaves the body: ``python examples/site_template.py``.

Five pages of a made-up site; each ends with a sentence that no rule knows, since only this site prints it.
"""

from cleanpage import clean_page
from cleanpage.corpus import SiteTemplate

SLOGAN = "The Alder Post has been printed on Quay Street since the year of the great flood, and reads best with tea."
STORIES = {
    "Old bridge opens again": "The old bridge on Alder Street opened on Monday after two years of repairs.",
    "School garden wins a prize": "Pupils of the river school grew forty kinds of beans and won the county prize.",
    "Mill wheel turns once more": "The wheel of the upper mill turned on Sunday for the first time since the war.",
    "Library lends fishing rods": "Whoever holds a library card may now borrow a fishing rod for a whole week.",
    "Night bus to the coast": "From next month a night bus will leave the market square for the coast at eleven.",
}


def page(title: str, story: str) -> str:
    """Return a page as a scraper hands it over."""
    details = f"{story} Neighbours said that they had waited long for it, and many of them stayed until the evening."
    details += " The council will speak about it in May, and about what it has cost."
    return f"{title} - The Alder Post\nHome | News | Sport\n{title}\n6 May 2023\n\n{details}\n\n{SLOGAN}\n"


if __name__ == "__main__":
    pages = [page(title, story) for title, story in STORIES.items()]
    template = SiteTemplate.learn(pages[1:])  # the more the better; merge() joins what was learned elsewhere
    template = template.merge(SiteTemplate.learn(pages[:1]))
    print(f"{template}; titles end with {', '.join(map(repr, template.endings))}")
    for name, article in (("without", clean_page(pages[0])), ("with", clean_page(pages[0], template=template))):
        print(f"\n{name} the template, “{article.title}” ends with:\n  {article.text.splitlines()[-1]}")
