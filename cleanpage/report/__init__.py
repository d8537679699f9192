"""See what became of a page: ``article_report(article)`` is one self-contained HTML page.

It needs the extra ``report`` (Jinja2): ``pip install "cleanpage[report]"``.
"""

from cleanpage.report.render import article_report

__all__ = ["article_report"]
