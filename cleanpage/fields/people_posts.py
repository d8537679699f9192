"""Writers of answers and posts: the account above an answer that readers voted for."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import NAME_COST, Byline
from cleanpage.fields.post_heads import is_called_user, is_poster, path_of, read_head
from cleanpage.fields.shared.evidence import UNDER_HEADLINE, Evidence
from cleanpage.fields.shared.names import is_menu, is_pen_name
from cleanpage.fields.shared.site_marks import are_called_account
from cleanpage.labels import Label
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

ACCOUNT_SCORE = 1.2
"""A byline that says so goes before it."""
DAY_BESIDE = 2
"""Lines between an account under the headline and the day of its post."""
_SUBMITTED = lazy(r"(?:posted|submitted|asked) (?!on\b)(?:[^|]{1,40} )?by:? ")
_SIGNED_POST = lazy(r"posted by (?:u/)?[\w.-]{2,30} (?:at|on) ")
"""What a blog prints below a post."""
AFTER_TEXT, ACCOUNT_BELOW = 3, 0.7
"""Lines from the text's last one on that may be so signed, and what it is worth."""
MAX_INSIDE = 30.0
"""Longest line that names an account with what it did, in ideograms."""
_ACCOUNT_EDGES = " @:：»«·•|,，-–—"
MAX_UNITS, MAX_ABOVE = 10.0, 2
"""Longest account in ideograms; lines above the votes, the account and what it says of itself."""
_VOTED = lazy(r"^[\d,. ]{1,12}(?:[万k] ?)?\+? ?人也?(?:赞同|赞成)了?(?:该|此|这个?|这篇)(?:回答|文章|答案)")
"""Folded line under the account that answers: ``1,204 人赞同了该回答``."""
_NO_ACCOUNT = lazy(r"\d|[。!?:|]|^(?:匿名用户|已注销|知乎用户|收起|展开|关注|\+ ?关注)")


_FORUM = (
    "forum", "foro", " board", "thread", "форум", "论坛", "社区", "贴吧", "楼主", "发帖", "只看该", "版块", "发信人",
    "quote", "reply", "zitieren", "цитир", "member since", "joined", "beiträge:", "сообщени", "posts:", "messages:",
    "r/", "积分", "帖子", "re: ", "wrote",
)  # fmt: skip
"""What only pages of threads say, folded."""
_ACCOUNT_LINE = lazy(
    r"(?:joined|join date|member since|registered|registriert|posts|messages|beiträge|сообщени[яй]|регистрация"
    r"|зарегистрирован|积分|帖子|主题|注册|威望|等级|发帖|楼主|mensajes|wiadomości|posty|reputation|karma|location"
    r"|\d[\d,.]* "
    r"(?:posts|messages|points|сообщени[яй]))\b ?:? ?.{0,24}"
)
"""What is said of an account, on a line below its name."""
_POSTED_LINE = lazy(
    r"(?:发表于|发布于|posted|verfasst|geschrieben|отправлено|добавлено|post[eé]|publi|escrito|enviado|inviato|scritto"
    r"|napisan|geplaatst|»|#? ?1 ?[#楼]?)"
)
"""What opens a line with the day of a post, below its poster's name."""
_ACCOUNT_INSIDE = lazy(
    r"(?P<wrote>\S[^:]{0,29}?) (?:wrote|said|schrieb|a écrit|escribió|ha scritto|написала?|пишет|schreef|escreveu"
    r"|napisała?)(?: (?:on|am|le|el|il|em|op) .{0,40}|[ ,\d].{0,40})?:?$"
    r"|(?:thread|topic) (?:starter|author):? (?P<started>\S.{0,29})$"
    r"|(?:posted|submitted|asked)(?: [^|]{1,40})? by:? (?:u/)?(?P<by>[\w.-]{2,30})"
    r"|由 ?(?P<published>\S{2,16}) ?于"
    r"|发信人: ?(?P<sent>\w{2,20})"
    r"|(?P<op>[^\s:]{2,16}) 楼主$"
)
"""A line that names the poster with what he did, folded."""
_SAYS_ACCOUNT = ("wrote", "said", "schrieb", "écrit", "escrib", "scritto", "напис", "пишет", "schreef", "escreveu",
    "napisał", "starter", "author", "by", "由", "发信人", "楼主")  # fmt: skip
_NO_ACCOUNTS = (Label.NAVIGATION, Label.TOOLS, Label.SHARE, Label.BREADCRUMB)
_ACCOUNT_COUNTS = lazy(r":|^\d+(?: |$)")
"""What counts have and names have not: ``Forum Posts: 131``, ``1 of 3``."""
ABOVE_HEADLINE_BY = 3
"""Lines above a headline where threads say who posted it."""
MAX_HEAD_LINES, MAX_NAME_WORDS = 10, 3
"""Lines above the text in which the head of the first post stands; most words of an account."""


def first_poster(page: Evidence) -> Iterator[Byline]:
    """Yield who wrote the first post of a page that says what threads do: by words, or above his account's figures."""
    under = page.headline.last + 1 if page.headline and page.headline.last < page.lead else 0
    start = max(under, page.lead - MAX_HEAD_LINES, 0)
    lines = range(start, min(page.lead + 1, len(page.blocks)))
    title = page.headline.first if page.headline else 0
    higher = range(max(0, title - ABOVE_HEADLINE_BY), title)
    for i in (*lines, *(i for i in higher if _SUBMITTED.match(page.blocks[i].folded))):
        name = _account_inside(page.blocks[i])
        if name:
            yield Byline(i, (name,), page.blocks[i].text, ACCOUNT_SCORE, "posted")
            return
    for i in range(page.last, min(page.last + AFTER_TEXT, len(page.blocks))) if page.body else ():
        if _SIGNED_POST.match(page.blocks[i].folded) and (name := _account_inside(page.blocks[i])):
            yield Byline(i, (name,), page.blocks[i].text, ACCOUNT_BELOW, "posted")
            return
    for i in lines:
        folded = page.blocks[i].folded
        if _ACCOUNT_LINE.fullmatch(folded) or (i in page.dates and _POSTED_LINE.match(folded)):
            above = page.blocks[i - 1] if i > start else None
            if above is not None and _may_be_account(page, i - 1) and _is_forum(page):
                yield Byline(i - 1, (above.text.strip(_ACCOUNT_EDGES),), above.text, ACCOUNT_SCORE, "posted")
                return


def _is_forum(page: Evidence) -> bool:
    """Tell whether a page says above its text what only threads do."""
    folded = "\n".join([block.folded for block in page.blocks[: page.lead]])
    return any(map(folded.__contains__, _FORUM))


def _account_inside(block: TextBlock) -> str:
    """Return the account that a line names with what it did."""
    if block.units > MAX_INSIDE or block.is_prose or not any(map(block.folded.__contains__, _SAYS_ACCOUNT)):
        return ""
    found = _ACCOUNT_INSIDE.match(block.folded)
    name = block.text[slice(*found.span(found.lastgroup or 0))].strip(_ACCOUNT_EDGES) if found else ""
    return name if name and is_poster(name) and name.count(" ") < MAX_NAME_WORDS else ""


def _may_be_account(page: Evidence, i: int) -> bool:
    """Tell whether a line may be the name of an account."""
    block = page.blocks[i]
    name = block.text.strip(_ACCOUNT_EDGES)
    if page.is_headline(i) or i in page.dates or block.units > MAX_UNITS or block.is_prose or not name:
        return False
    if any(i in page.sure.get(label, ()) for label in _NO_ACCOUNTS) or _ACCOUNT_COUNTS.search(name):
        return False
    return is_poster(name) and name.count(" ") < MAX_NAME_WORDS and not is_menu(fold(name))


def posted(page: Evidence) -> Iterator[Byline]:
    """Yield the account that is linked beside a day under the headline: that of a thread's first post."""
    for i, cost in page.beside if page.has_elements else ():
        if cost > NAME_COST or i >= page.lead or page.in_body(i) or not page.under_headline(i, UNDER_HEADLINE):
            continue
        head = read_head(page, i) if any(page.has_date(j) for j in range(i - DAY_BESIDE, i + DAY_BESIDE + 1)) else None
        if head is not None and head.linked and head.alone:
            yield Byline(i, (head.name,), page.blocks[i].text, ACCOUNT_SCORE - cost, "posted")


def nicknamed(page: Evidence) -> Iterator[Byline]:
    """Yield the one account between headline and text whose element is called after it, on a page with a day there."""
    first = page.headline.last + 1 if page.headline else page.lead
    lines = range(first, min(first + UNDER_HEADLINE, page.lead))
    heads = [read_head(page, i) for i in lines if is_called_user(page.blocks[i])]
    named = [head for head in heads if head and head.alone and not are_called_account(path_of(page.blocks[head.block]))]
    if len({head.name for head in named}) == 1 and any(page.has_date(i) for i in lines):
        i = named[0].block
        yield Byline(i, (named[0].name,), page.blocks[i].text, ACCOUNT_SCORE - (page.place(i) or 0.0), "posted")


def voted_for(page: Evidence) -> Iterator[Byline]:
    """Yield the account that wrote the answer with which the body begins."""
    votes = next((i for i in range(max(0, page.first - 3), page.first) if _VOTED.match(page.blocks[i].folded)), -1)
    above: list[int] = []
    for i in range(votes - 1, max(-1, votes - 1 - MAX_ABOVE), -1):
        block = page.blocks[i]
        if _NO_ACCOUNT.search(block.folded) or page.is_headline(i) or page.keys[i] in ("", "关注"):
            break
        above.append(i)
    name = page.blocks[above[-1]].text if above else ""
    if above and page.blocks[above[-1]].units <= MAX_UNITS and is_pen_name(page.blocks[above[-1]].folded):
        yield Byline(above[-1], (name,), name, ACCOUNT_SCORE, "voted")
