"""Kinds of hostile pages in which names, posts, credits, drawings and columns repeat."""

from __future__ import annotations

from collections.abc import Iterator

PARAGRAPH = "The ferry at Bend Landing runs again, after a winter in which nobody crossed the river at all.\n"
CHROME = "Share on Facebook\nSign in\n"
"""Without a line that a rule names a text is clean, and its body is not looked for."""
_ARTICLE = f"{CHROME}The ferry runs again\nBy Jane Doe, 6 May 2021\n{PARAGRAPH * 8}"
"""A text with an article above what repeats."""
_HTML = f"<html><body><h1>The ferry runs again</h1>{f'<p>{PARAGRAPH}</p>' * 8}"
_COMMENTED = f"{_HTML}<h3>Comments</h3><ul>"
_TITLE = "<html><head><title>Mill News: The ferry runs again</title></head><body>"
_SAID = "I think the {e} of {w} is a {e}.\n"
_LONG_SAID = "What {w} says of the {e} and the {e} is what {w} said of a {e} in the winter of the year {i}.\n"

_OF_TEXTS = {
    "credits of two roles": "Text: Ann Mac{w} Foto: Bob Mac{w}\n",
    "credits in han": "文/张{c}{c} 图/李{c}{c}\n",
    "credits with bars": "作者 | 李{c}{c} | 编辑 | 王{c}{c}\n",
    "credits in brackets": "【作者】李{c}{c} 【摄影】王{c}{c}\n",
    "photographers in brackets": "（记者 张{c}{c} 摄）\n",
    "Korean credits": "글 김철{c} 기자 사진 이영{c} 기자\n",
    "Japanese credits": "（文・写真＝山田{c}{c}）\n",
    "roles without a name": "text foto kamera regie {w}\n",
    "positions": "Ann Mac{w}, {e} editor of the {e} and Bob Mac{w}\n",
    "full names": "Ann Mac{w}\n",
    "full names and days": "Ann Mac{w}\n6 May 2021\n",
    "portraits": "Ann Mac{w}\nAnn Mac{w} is a {e} of {w}.\n",
    "han names and days": "李{c}{c}\n2021-05-06\n",
    "han names in a row": "张{c}{c} 李{c}{c} 王{c}{c}\n",
    "names in capitals": "ANN MAC{w}\nBOB MAC{w}\n",
    "names with handles": "Ann Mac{w} (@mac{w})\n",
    "posts with a name and a day": "Mac{w}\n6 May 2021 10:{i}\n" + _SAID,
    "posts with a day below": _SAID + "Mac{w}\n6 May 2021 10:{i}\n",
    "posts some hours ago": "{w} · {i} hours ago\n" + _SAID,
    "floors": "{i}楼 {w} 2021-05-06 10:11\n这个{c}{c}是{c}{c}的，我看不出来。\n",
    "numbered posts": "#{i}\n{w}\nJunior member\nPosts: {i}\n" + _SAID,
    "long posts": "Mac{w}\n6 May 2021 10:{i}\n" + _LONG_SAID * 4,
    "posts that quote": "Mac{w}\n6 May 2021 10:11\n{w} wrote:\n" + PARAGRAPH + _SAID,
    "posts each of a form of its own": "word{w} 6 May 2021 word{w}\n" + _SAID,
    "days alone": "6 May 2021\n5 hours ago\n",
    "readers' headings": "Comments ({i})\n{w} says:\n",
    "prompts for JavaScript": "Please enable JavaScript {i} to see the {e} of {w}.\n",
    "prompts about blockers": "We noticed that you use an ad blocker {i}, {w}.\n",
    "prompts to follow": "Follow us on {w} and Facebook {i}\n",
    "views of an author": "The views of {w} are those of the author {i} and no other\n",
    "a tip": "Do you have a story about {w}? Send your tips to {w}@bend.example\n",
}
_BELOW_ARTICLES = {
    "comments below a text": "Mac{w}\n6 May 2021 10:{i}\n" + _SAID,
    "comments below a heading": "Mac{w} says:\n6 May 2021 at 10:{i}\n" + _SAID + "Reply\n",
    "long comments below a text": "Mac{w} on 6 May 2021\n" + _LONG_SAID * 3,
    "han comments below a text": "{c}{c}{c}\n2021-05-06 10:11\n说得{c}{c}，我{c}{c}了。\n回复\n",
    "days below a text": "Mac{w} 6 May 2021 10:{i}\n",
}
OF_HTML = {
    "links to the first page": ('<a href="/">{w} {w}</a><br>', _TITLE, _HTML),
    "elements called after the site": ("<div class='site-title w{i}'>{w} {w}</div>", _TITLE, _HTML),
    "logos of many addresses": ("<a class='logo {w}' href='//bend.example/index.php'>{w}</a><p>", _TITLE, _HTML),
    "names under a headline": ("<p class=w{i}>Ann Mac{w}</p><p>6 May 2021</p>", _TITLE, _HTML),
    "credits of captions": ("<figcaption>Foto: Bob Mac{w}, Text: Ann Mac{w}</figcaption>", _HTML, ""),
    "comments of list items": ("<li><b>Mac{w}</b> 6 May 2021 at 10:{i}<p>" + _SAID, _COMMENTED, ""),
    "comments in comments": ("<ul><li><a href=/user/{w}>{w}</a> 6 May 2021<p>" + _SAID, _COMMENTED, ""),
    "comments of two lines": ("<p>Mac{w}</p><p>6 May 2021 10:{i}</p><p>" + _SAID, _COMMENTED, ""),
    "scripts in drawings": ("<svg><script>x{i}</script><style>{w}</style></svg>", _HTML, ""),
    "drawings that never end": ("<svg><title>{w}<p>x", _HTML, ""),
    "formulas that never end": ("<math><mi>{w}<script>x", _HTML, ""),
    "HTML in drawings": ("<svg><foreignObject><div><p>{w}", _HTML, ""),
    "sections of characters": ("<svg><![CDATA[ <p> {w} ]]></svg>", _HTML, ""),
}  # fmt: skip
_COLUMNS = {
    "two columns": "{w} {w} {w}      The {w} of {w} is what {w} is.\n" + " " * 23 + "And {w} was what {w} is.\n",
    "columns in columns": "{w}   {w}   {w}   {w}   The {w} is what {w} of {w} is.\n" + " " * 32 + "It is {w}.\n",
    "wide columns": "{c}{c}{c}      {c}{c}{c}{c}{c}{c}{c}{c}。\n" + " " * 12 + "{c}{c}{c}{c}{c}。\n",
    "a gutter in each line": "{e}  {e} {e}  {e}    {e} of {e}.\n",
    "many cells in a line": "{w}   " * 60 + "\n" + " " * 160 + "The {w} of {w} is what {w} was.\n",
    "blanks behind lines": "{w} {e}" + " " * 120 + "\n" + " " * 60 + "{w} of {w}.\n",
    "short layouts": "{w} {w}      The {w} is {w}.\n" * 5 + " " * 17 + "It is {w}.\n{e} of the {w} is no {e}.\n\n",
}
_ONE_LINE = {
    "credits": "Text: Ann Mac{w} Foto: Bob Mac{w} | ", "roles": "文/图/摄/译/", "roles with bars": "作者 | 编辑 | ",
    "names and": "Ann Mac{w} and ", "gaps": "{w}    ", "please enable": "please enable ",
    "you are using": "you are using ", "the views": "the views ", "if you value": "if you value ",
    "follow us": "follow us on the ", "ctrl": "ctrl + ",
}  # fmt: skip


def kinds() -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield the name of each kind, and what repeats in it, what stands before that and behind it."""
    yield from ((name, (unit, CHROME, "")) for name, unit in _OF_TEXTS.items())
    yield from ((name, (unit, _ARTICLE + "Comments\n", "")) for name, unit in _BELOW_ARTICLES.items())
    yield from OF_HTML.items()
    yield from ((name, (unit, "", "")) for name, unit in _COLUMNS.items())
    yield from ((f"one line: {name}", (unit, "Bend Landing: ", "")) for name, unit in _ONE_LINE.items())
