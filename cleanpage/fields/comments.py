"""Readers' comments, apart from the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleanpage._native import twin
from cleanpage.draft import TextBlock
from cleanpage.fields.byline import undated
from cleanpage.fields.comment_heads import comments_of, names_reader, stamped_groups
from cleanpage.fields.shared.evidence import Claim, Evidence, blocks_of
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.model import Comment
from cleanpage.text import ends_sentence, fold
from cleanpage.text.lazy_regex import lazy

RULE = "comments"
MIN_UNITS = 6.0
"""Shorter lines are user names, votes and buttons."""
HEAD_LINES = 12
"""Lines above the text in which the head of the first post stands."""
COMMENT_LINES, STAMP_BESIDE = 300, 2
"""Lines under the heading that are read, and lines between what a reader says and the date or button at it."""
_OTHERS = labels_with(Trait.FOOTER) | {Label.RELATED, Label.HOT_LIST, Label.NAVIGATION, Label.COPYRIGHT}
MAX_LINKS = 0.5
"""So are lines of HTML whose links are more."""
MOST_COMMENTS_ALIKE = 2
"""What stands more often among the comments, but for its numbers, is what the page says of each of them."""
MAX_STAMP = 25.0
"""Longest line, in ideograms, that only tells who commented when."""
MAX_STAMPED = 12
"""Letters besides the day in a line that only tells who commented."""
FEWEST_UNSIGNED = 2
"""Fewest comments of a page that prints neither names nor days at them: one is as often the form's."""
MIN_SAID = 0.4
"""Share of a Chinese comment's letters that are not words of a form."""
_CALLED = lazy(
    r"^[^.]*\..*(?:comment(?!ary|ator)|kom+entar|coment[aá]rio|commenti\b|\brepl(?:y|ies)\b|disqus|pinglun|liuyan|guestbook|yorum(?:lar)?\b"
    r"|\breacties?\b|\bhozzasz|\bdiskus[sz]ion|\bcmt|\botz[iy]v|\bleserbrief|\btalkback)"
)
"""Names of elements that hold comments ..."""
_CALLED_WORDS = (
    "omment",
    "oment",
    "repl",
    "disqus",
    "pinglun",
    "liuyan",
    "guestbook",
    "yorum",
    "reactie",
    "hozzasz",
    "diskus",
    "cmt",
    "otz",
    "leserbrief",
    "talkback",
)
"""... and literals one of which each holds."""
_NOT_SAID = labels_with(Trait.NO_COMMENT)
_FORM_WORDS = lazy(
    r"(?=[评留回举点赞收分登注退用密昵验换发参网跟查全更加载读最浏自匿账帐已没共微热条人请先后您今昨前刚小星年月日时秒楼])(?:评论|留言|回复|举报|点?赞|收藏|分享|登录|登入|注册|退出|注销|用户名|密码|昵称|验证码|换一张|发[表布帖贴]|参与|网友|跟[贴帖]"
    r"|查看|全部|更多|加载|载入|读取|最[热新早多]|浏览|自动|匿名|[账帐]号|已有|没有|共|微博|微信|点击|热门|条|人|请|先|后|您"
    r"|[今昨前]天|刚刚|小时|分钟|星期.|[年月日时分秒楼])"
)
"""Words of a Chinese comment form and of what stands at each comment."""
_OF_COMMENTING = lazy(
    r"\bcomments?\b|moderat|коммент|модерат|kom+entar|comentar|commentair|σχόλι|σχολι|跟[贴帖]|登[录入]|评论|留言|\byorum|\breactie"
)
"""What notices speak of that stand where comments may be written; folded."""
_IDEOGRAM = lazy("[\u4e00-\u9fff]")
_STAMP = lazy(r"(?:\d:\d\d|(?:19|20)\d\d-\d\d?-\d\d?|\d ?(?:天|小时|分钟|周|个?月)前|\bago)[ )]*$")
_SENTENCE = lazy(r"[。！？!?…,，]")
_DIGITS = lazy(r"\d+")


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the texts under a comments heading, and in elements that are called so and hold nothing of the body.

    What the form, its notices and the buttons at each comment say is none.
    """
    listed = {i for i in page.run_items(Label.COMMENTS) if not page.in_body(i)}
    called = [i for i in _called(page) if i not in listed]
    for i in called:
        yield page.finding(i, Label.COMMENTS, RULE, "stands in an element named after comments, apart from the body")
    more = dict.fromkeys(stamped_groups(page), "stands behind the text, under or above a reader's name and the time")
    more |= dict.fromkeys(_replies(page), "stands in an element as the text does, under the same kind of head")
    more |= dict.fromkeys(_stamped(page), "stands under the heading of the comments, beside a date or a button of one")
    for i in more.keys() - listed - set(called):
        yield page.finding(i, Label.COMMENTS, RULE, more[i])
        called.append(i)
    lines = sorted([*listed, *called])
    if not lines:
        return
    # A rule that names the line itself knows it as a part of the form.
    theirs = blocks_of(page.sure, _NOT_SAID) | (set(page.labelled(Label.COMMENTS)) - listed)
    texts = [i for i in lines if i not in theirs and _is_comment_text(page.blocks[i]) and not _is_reader_stamp(page, i)]
    if not texts:
        return
    alike = Counter(_DIGITS.sub("", page.blocks[i].folded) for i in lines)
    texts = [i for i in texts if alike[_DIGITS.sub("", page.blocks[i].folded)] <= MOST_COMMENTS_ALIKE]
    for at, comment in _written(list(comments_of(page, texts))):
        yield page.candidate(at, "comments", comment, RULE, 1.0)


def _written(found: Sequence[tuple[int, Comment]]) -> Iterator[tuple[int, Comment]]:
    """Yield the comments that somebody wrote: what stands above the first with a name or a day is notices and forms.

    The others, and all of a page that prints neither, end as sentences do, or are ideograms without a blank; of such a
    page none counts if one speaks of commenting, as the rules for those do who comment.
    """
    is_signed = [comment.author is not None or comment.published is not None for _, comment in found]
    if any(is_signed):
        start = is_signed.index(True)
    else:
        told = [comment.text for _, comment in found if _is_remark(comment.text)]
        ruled = any(_OF_COMMENTING.search(fold(text)) for text in told)
        start = 0 if len(told) >= FEWEST_UNSIGNED and not ruled else len(found)
    for one, signed in zip(found[start:], is_signed[start:], strict=True):
        if signed or _is_remark(one[1].text):
            yield one


def _is_remark(text: str) -> bool:
    plain = "|" not in text and "｜" not in text and not any(map(str.isspace, text))
    return ends_sentence(text) or (plain and _IDEOGRAM.search(text) is not None)


def _is_comment_text(block: TextBlock) -> bool:
    """Tell whether a line may be what a reader wrote, and no user's name with the time, button or field of a form."""
    dom, folded = block.dom, block.folded
    if block.units < MIN_UNITS or (dom is not None and (dom.link_share >= MAX_LINKS or _is_in_form(dom.path))):
        return False
    if block.units <= MAX_STAMP and _STAMP.search(folded) and not _SENTENCE.search(folded):
        return False
    return _IDEOGRAM.search(folded) is None or _letters(_FORM_WORDS.sub("", folded)) >= MIN_SAID * _letters(folded)


def _is_reader_stamp(page: Evidence, i: int) -> bool:
    """Tell whether a line is a name and the day."""
    named = i in page.dates and _letters(undated(page.blocks[i].text)) <= MAX_STAMPED
    return named or (names_reader(page, i) and not _SENTENCE.search(undated(page.blocks[i].folded)))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _is_in_form(path: Sequence[str]) -> bool:
    """Tell whether the innermost element called comments holds a form around the line."""
    called = max((at for at, step in enumerate(path) if _is_called(step)), default=len(path))
    return any(step.partition(".")[0] == "form" for step in path[called:])


def _called(page: Evidence) -> Iterator[int]:
    if not page.has_elements:
        return
    steps = steps_apart(page.blocks, page.distances)
    together = "\n".join(steps)
    words = [word for word in _CALLED_WORDS if word in together]
    called = {step for step in steps if any(map(step.__contains__, words)) and _is_called(step)} if words else set()
    if called:
        ours = set().union(*[dom.ids for i in page.body if (dom := page.blocks[i].dom) is not None])
        yield from lines_called(page.blocks, page.distances, called, ours)


@twin("fields")
def steps_apart(blocks: Sequence[TextBlock], distances: tuple[int, ...]) -> set[str]:
    """Return the elements around all lines with a distance from the text."""
    pairs = zip(blocks, distances, strict=True)
    return set().union(*[dom.path for block, distance in pairs if distance and (dom := block.dom) is not None])


@twin("fields")
def lines_called(
    blocks: Sequence[TextBlock], distances: tuple[int, ...], called: set[str], ours: set[int]
) -> list[int]:
    """Return those of these lines that stand in elements of certain names, which are none of certain elements."""
    found = []
    for i, (block, distance) in enumerate(zip(blocks, distances, strict=True)):
        if (dom := block.dom) is not None and distance and block.folded:
            steps = zip(dom.ids, dom.path, strict=True)
            found += [i] if any(step in called and number not in ours for number, step in steps) else []
    return found


def _stamped(page: Evidence) -> Iterator[int]:
    """Yield the sentences under a heading of comments, which end the run of its items.

    Each stands right under the heading, or not further from a date or a button of the form than a name.
    """
    ours = page.labels.get(Label.COMMENTS, ())
    others = blocks_of(page.sure, _OTHERS)
    start = next((i for i in sorted(ours) if i > page.last >= 0), len(page.blocks))
    for i in range(start + 1, min(start + COMMENT_LINES, len(page.blocks))):
        if page.in_body(i) or (i in others and i not in ours):
            return
        if i in ours or not page.blocks[i].text:
            continue
        near = range(max(start + 1, i - STAMP_BESIDE), min(i + STAMP_BESIDE + 1, len(page.blocks)))
        if i != start + 1 and not any(page.has_date(j) or j in ours for j in near):
            return
        yield i


def _replies(page: Evidence) -> Iterator[int]:
    """Yield the lines of further posts behind the body: in elements as its own, under a dated head as that above it.

    A heading among them shows a list of articles.
    """
    blocks = page.blocks
    if not page.body or not any(i > page.last and page.has_date(i) for i in page.dates):
        return
    paths = {block.dom.path for i in page.body if (block := blocks[i]).dom is not None}
    paths |= {path[:-1] for path in paths if len(path) > 1 and "." in path[-2]}
    above = {
        dom.path for block in blocks[max(0, page.first - HEAD_LINES) : page.lead] if (dom := block.dom) is not None
    }
    above = {path for path in above - paths if path and "." in path[-1]}
    behind = range(page.last + 1, len(blocks)) if above else range(0)
    heads = [i for i in behind if (dom := blocks[i].dom) is not None and dom.path in above]
    if not any(map(page.has_date, heads)):
        return
    for i in range(heads[0], len(blocks)):
        dom = blocks[i].dom
        if blocks[i].kind == "heading":
            return
        if dom is not None and dom.path in paths and dom.path not in above and blocks[i].text:
            yield i


@lru_cache(maxsize=4096)
def _is_called(step: str) -> bool:
    """Tell whether an element is called comments."""
    return any(word in step for word in _CALLED_WORDS) and _CALLED.search(step) is not None
