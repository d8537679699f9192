"""What the reader of government papers takes for title, number and days."""

from bench.data import Page
from bench.papers import Paper, truth

BODY = """河湾省人民政府办公厅关于
渡口安全的通知

河政办发〔 2004 〕7号

各县人民政府：

现将渡口安全有关事项通知如下，请认真执行。

河湾省人民政府办公厅

二〇〇四年十二月三十日
"""


def page(body: str, text: str) -> Page:
    """Return a page with a label and its flattened text."""
    return Page("p1", "own", "zh", "papers", "", body, True, None, None, None, {"inscriptis": text})


def test_a_paper_is_read():
    found = truth(page(BODY, "发文字号： 河政办发〔2004〕7号   发布日期：  2018年01月05日"))
    title = "河湾省人民政府办公厅关于渡口安全的通知"
    assert found == Paper(title, "河政办发〔 2004 〕7号", "2004-12-30", "2018-01-05")


def test_what_it_does_not_say_is_not_read():
    assert truth(page("渡口明天开放。", "渡口")) == Paper(None, None, None, None)
