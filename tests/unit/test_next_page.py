"""Whether a page of several says so, and where the next one is."""

from __future__ import annotations

import pytest

from cleanpage import clean_page

ZH = """青河步道开放记
2023-05-06 来源：青河日报
去年春天，青河镇开始修建新的步道，沿河的旧仓库一间一间被拆掉，砖头堆在岸边等着运走。
工人们每天早上六点开工，午后太阳太烈就歇两个小时，到傍晚再干到天黑。
镇里的老人说，从前这里是码头，运盐的船一条挨着一条，夜里灯火通明。
步道修好以后，晚饭后来散步的人多了，河边卖豆花的摊子也回来了。
{}
版权所有 青河日报
"""
EN = """The new path
May 6, 2023
Last spring the town began to build a new path along the river, and the old stores were taken down one by one.
Workers came at six every morning, rested in the heat of the day, and went on until it was dark.
The old people say that this was once a harbour where the boats with salt lay side by side.
{}
Copyright 2023 The Paper. All rights reserved.
"""
PAGE = """<html><head><title>The new path</title>{head}</head><body><h1>The new path</h1><article>
<p>Last spring the town began to build a new path along the river, and the old stores were taken down one by one.</p>
<p>Workers came at six every morning, rested in the heat of the day, and went on until it was dark.</p>
<p>The old people say that this was once a harbour where the boats with salt lay side by side.</p>
</article>{tail}<footer>Copyright 2023</footer></body></html>"""


def is_truncated(article):
    return any(warning.startswith("truncated: ") for warning in article.warnings)


@pytest.mark.parametrize(("line", "goes_on"), [
    ("上一页 [1] [2] [3] 下一页", True), ("首页 上一页 1 2 3 下一页 尾页", True), ("共3页", True),
    ("第1页/共3页", True),
    ("第 1 页 共 4 页", True), ("1/3页", True), ("（未完待续）", True), ("（下转第二版）", True), ("下转第3版", True),
    ("展开全文", True), ("点击阅读全文", True), ("下一页", True), ("第3页/共3页", False), ("上一页 1 2 3", False),
    ("下一篇：山城的雪", False), ("上一篇：没有了 下一篇：旧桥", False), ("共3人阅读", False), ("1 2 3 4 5", False),
    ("（编辑 李文）", False), ("阅读全文：城里的事", False),
])  # fmt: skip
def test_chinese_lines(line, goes_on):
    assert is_truncated(clean_page(ZH.format(line))) == goes_on


@pytest.mark.parametrize(("line", "goes_on"), [
    ("Page 1 of 3", True), ("Next page >", True), ("1 2 3 Next", True), ("Continue reading", True),
    ("Continued on page 2", True), ("To be continued", True), ("Page 3 of 3", False), ("Next article", False),
    ("Next post: The bridge", False), ("Next Previous", False),
])  # fmt: skip
def test_english_lines(line, goes_on):
    assert is_truncated(clean_page(EN.format(line))) == goes_on


@pytest.mark.parametrize(("own", "tail", "following"), [
    ("/n/a.html", '<p><span>1</span> <a href="a_2.html">2</a> <a href="a_2.html">Next</a></p>', "/n/a_2.html"),
    ("/n/a_2.html", '<ul><li><a href="a_2.html">2</a></li><li><a href="a_3.html">3</a></li></ul>', "/n/a_3.html"),
    ("/story/", '<div><a href="/story/page/2/">Next page</a></div>', "/story/page/2/"),
    ("/story", '<div>Page 1 of 3 <a href="/story?page=2">&gt;</a></div>', "/story?page=2"),
    ("/n/a_3.html", '<p><a href="a_2.html">上一页</a> <a href="#">下一页</a></p>', None),
    ("/n/11.html", '<div><a href="/n/12.html">Next</a></div>', None),
    ("/2023/path/", '<a rel="next" href="/2023/bridge/">Next post</a>', None),
])  # fmt: skip
def test_links(own, tail, following):
    article = clean_page(PAGE.format(head="", tail=tail), url=f"https://x.example{own}")
    assert article.next_page == (following and f"https://x.example{following}")
    assert is_truncated(article) == bool(following)


@pytest.mark.parametrize(("address", "is_next"), [("a.html?page=2", True), ("a-2.html", True), ("b.html", False)])
def test_head(address, is_next):
    head = f'<link rel="next" href="{address}">'
    article = clean_page(PAGE.format(head=head, tail=""), url="https://x.example/n/a.html")
    assert article.next_page == (f"https://x.example/n/{address}" if is_next else None)
