"""An Article as plain text, JSON or schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from cleanpage.model import Article, Post
from cleanpage.text.lazy_regex import lazy

_ACTIVE = lazy("[<>&\u2028\u2029]")
"""What HTML or JavaScript might read as its own: ``<!--<script`` would swallow the page behind it."""
_JSON_UNSAFE = lazy("[\x7f-\x9f\ud800-\udfff]")


def to_text(article: Article) -> str:
    """Return the title, an empty line and the body; what the page lacks is left out."""
    title = f"{article.title}\n\n" if article.title else ""
    return title + (f"{article.text}\n" if article.text else "")


def to_json(
    article: Article,
    *,
    fields: Collection[str] = (),
    ledger: bool = True,
    file: str | None = None,
    indent: int | None = 2,
    ascii_only: bool = False,
) -> str:
    """Return ``article.to_dict(ledger=…)`` as JSON; ``Article.from_dict(json.loads(…))`` gives it back.

    ``fields`` picks some of them; ``file``, the name of the page, stands before them as the key ``file``;
    ``indent=None`` puts all on one line without blanks. The text can always be encoded and printed: lone surrogates
    and control characters are escaped. (Two halves of a character side by side come back as that character: JSON
    cannot tell.)
    """
    data = {name: value for name, value in article.to_dict(ledger=ledger).items() if not fields or name in fields}
    named = data if file is None else {"file": file, **data}
    separators = (",", ":") if indent is None else None
    return _escape_unprintable(json.dumps(named, ensure_ascii=ascii_only, indent=indent, separators=separators)) + "\n"


def to_schema_org(article: Article, *, indent: int | None = 2, ascii_only: bool = False) -> str:
    """Return the article as JSON-LD of schema.org: a NewsArticle, or what its kind of page is called there.

    The posts of a thread behind the first are its comments.

    It may stand in a script element: ``<``, ``>``, ``&`` and separators of lines are written as their numbers.
    """
    opener = article.posts[0].author if article.posts else None
    data = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES.get(article.page_kind, "WebPage"),
        "headline": article.title,
        "alternativeHeadline": article.subtitle or article.original_title,
        "abstract": article.summary,
        "description": article.description,
        "keywords": list(article.keywords),
        "articleBody": article.text,
        "datePublished": article.published,
        "dateModified": article.modified,
        "author": [{"@type": "Person", "name": name} for name in article.authors or filter(None, [opener])],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "contributor": [_photographer(name) for name in article.photographers],
        "translator": [{"@type": "Person", "name": name} for name in article.translators],
        "publisher": {"@type": "Organization", "name": article.site} if article.site else None,
        "sourceOrganization": {"@type": "Organization", "name": article.source} if article.source else None,
        "articleSection": list(article.section),
        "comment": [_comment(post) for post in article.posts[1:]],
        "inLanguage": article.language,
        "image": list(dict.fromkeys(filter(None, (article.image, *(image.url for image in article.images))))),
        "url": article.canonical_url or article.url,
    }
    dumped = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=ascii_only, indent=indent)
    return _escape_unprintable(_ACTIVE.sub(_escaped, dumped)) + "\n"


def _comment(post: Post) -> dict[str, object]:
    author = {"@type": "Person", "name": post.author} if post.author else None
    data = {"@type": "Comment", "author": author, "datePublished": post.published, "text": post.text}
    return {name: value for name, value in data.items() if value}


def _photographer(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name, "jobTitle": "photographer"}


_SCHEMA_TYPES = {
    "article": "NewsArticle", "forum": "DiscussionForumPosting", "documentation": "TechArticle",
    "collection": "CollectionPage", "listing": "CollectionPage",
}  # fmt: skip


def quoted(value: object) -> str:
    """Return a value as JSON on one line, all of it printable."""
    return (
        _escape_unprintable(json.dumps(value, ensure_ascii=False))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _escape_unprintable(dumped: str) -> str:
    """Return JSON with lone surrogates and control characters escaped."""
    return _JSON_UNSAFE.sub(_escaped, dumped)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
