"""Clean what a Scrapy spider fetches, in an item pipeline: ``python examples/scrapy_pipeline.py [URL …]``.

In a project of your own, copy ``CleanPagePipeline`` and name it in ITEM_PIPELINES.
"""

import sys
from pathlib import Path

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem

from cleanpage import clean_page


class CleanPagePipeline:
    """Replace ``body``, the bytes of a page, by its title, date, authors and text; drop what is no article."""

    def process_item(self, item):
        charset = item.pop("charset", None)
        article = clean_page(item.pop("body"), url=item["url"], encoding=charset)
        if not article.is_article:
            raise DropItem(f"no article at {item['url']}: {'; '.join(article.warnings)}")
        return {
            **item,
            "title": article.title,
            "published": article.published,
            "authors": list(article.authors),
            "text": article.text,
        }


class PageSpider(scrapy.Spider):
    name = "pages"

    def parse(self, response):
        yield {"url": response.url, "body": response.body, "charset": getattr(response, "encoding", None)}


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    urls = sys.argv[1:] or [path.as_uri() for path in sorted(here.glob("pages/*"))]
    process = CrawlerProcess(
        {
            "ITEM_PIPELINES": {CleanPagePipeline: 300},
            "FEEDS": {"stdout:": {"format": "jsonlines", "encoding": "utf-8"}},
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(PageSpider, start_urls=urls)
    process.start()
