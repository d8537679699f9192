"""Pure string helpers that mean the same in every script."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cleanpage.han import SIMPLIFIED
from cleanpage.patterns import lazy

# Traditional forms that occur in chrome words, each with its simplified twin, so that one rule serves both scripts.
_TRADITIONAL = (
    "編编輯辑責责發发佈布時时間间來来源源閱阅讀读點点擊击瀏浏覽览數数轉转載载聲声權权聯联絡络係系關关閉闭於于們们網网頁页"
    "導导專专題题論论壇坛評评錄录註注冊册會会員员號号碼码證证許许營营業业經经視视聽听節节目目傳传備备務务單单位位"
    "報报導导記记攝摄圖图說说資资訊讯訂订電电話话傳传真真郵邮箱箱區区國国際际頻频體体財财車车產产樂乐"
    "調调壓压縮缩擴扩複复製制連连結结鏈链頂顶後后條条則则組组張张審审監监總总執执實实習习稱称標标據据"
    "屬属處处價价級级術术藝艺聞闻龍龙參参與与誌志願愿檢检舉举違违訴诉訪访問问頭头條条熱热門门類类貼贴"
    "揚扬談谈請请輸输選选擇择當当現现從从為为書书學学開开啟启動动滬沪晉晋遼辽蘇苏閩闽贛赣魯鲁粵粤瓊琼雲云陝陕隴陇寧宁"
    "錯错誤误糾纠設设為为贊赞廣广療疗藥药醫医環环檔档欄栏薦荐繼继續续團团購购遊游戲戏腦脑機机無无廠厂鄉乡鎮镇縣县灣湾臺台"
    "紅红緊紧適适歷历顯显隱隐護护齡龄鍵键盤盘買买賣卖優优惠惠寫写筆笔訂订響响應应殘残斷断鏡镜變变讓让"
    "樓楼層层餘余內内誰谁訊讯帳帐戶户簡简繁繁狀状況况滿满舊旧歡欢親亲愛爱終终負负編编譯译繪绘飛飞協协辦办領领"
    "統统識识録录諾诺籌筹劃划顧顾絲丝線线詢询別别夥伙讚赞蹤踪鈕钮徵征刪删減减費费語语認认觸触賬账採采見见尋寻週周雜杂娛娱運运兩两陸陆氣气給给將将獨独確确對对險险風风擔担損损觀观僅仅騰腾議议場场隨随緒绪東东"
    "馬马銷销廳厅詳详邏逻黨党"
    "邊边掃扫維维沒没軍军這这裡里還还過过進进個个幫帮驗验臨临預预滾滚鐘钟詞词衛卫歲岁"
)
_MARKS = {
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\t": " ",
    "\n": " ", "\r": " ",
    "【": "[", "】": "]", "〔": "[", "〕": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]", "「": "[", "」": "]",
    "︰": ":", "﹕": ":", "∶": ":", "︱": "|", "│": "|", "丨": "|", "┃": "|", "｜": "|", "¦": "|",
    "›": ">", "»": ">", "→": ">", "＞": ">", "〉": ">", "▶": ">", "►": ">", "«": "<", "‹": "<", "←": "<",
    "·": "·", "・": "·", "•": "·", "‧": "·", "∙": "·", "●": "·", "．": ".",
    "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-", "﹣": "-", "－": "-", "‒": "-",
    "“": '"', "”": '"', "‘": "'", "’": "'", "〈": "<",
}  # fmt: skip


def _fold_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    pairs = zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)
    table.update({ord(old): new for old, new in pairs if old != new})
    table.update({ord(old): new for old, new in _MARKS.items()})
    # Every character must fold to exactly one, or offsets would move; only İ and few others lower to two.
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530)):
        lower = chr(code).lower()
        if len(lower) == 1 and lower != chr(code):
            table[code] = lower
    table.update({code: table[code].lower() for code in range(0xFF21, 0xFF3B)})
    return table


_FOLD = _fold_table()
_FOLDED = {chr(code): new for code, new in _FOLD.items()}
_FOLDING = lazy(f"[{re.escape(''.join(_FOLDED))}]")
"""Search and replace takes a third of ``str.translate``: that raises and drops an error for every other character."""
_SIMPLE = dict(zip(SIMPLIFIED[::2], SIMPLIFIED[1::2], strict=True))
_HAN = lazy(f"[{SIMPLIFIED[::2]}]")
_DROP = lazy("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
_DROPPED = [chr(code) for code in range(0x2070) if _DROP.match(chr(code))] + ["\ufeff"]
_SURROGATE = lazy("[\ud800-\udfff]")
_WIDE = lazy(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)
_LETTERS_PER_IDEOGRAM = 3.0
"""An ideogram carries about as much as three letters or marks of an alphabet (translated texts: 3.0 to 3.6)."""

SENTENCE_END = lazy(r"[。！？!?…；;.．｡։।؟۔᙮♡♥♪〜～☀-➿\U0001f300-\U0001faff][\"'”’」』）)\]】》*\d\[\ufe0f\u200d]*$")
"""What the last sentence of a paragraph ends with, in any script; in posts an emoji stands for the stop."""


def fold(text: str) -> str:
    """Return ``text`` for matching, character by character (same length, same offsets).

    Full-width forms become ASCII, brackets ``[ ]``, arrows ``>``, dashes ``-``, every blank a space, letters
    lower case, and the traditional characters of chrome words simplified.
    """
    return text.translate(_FOLD) if text.isascii() else _FOLDING.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return _FOLDED[match[0]]


def simplify(text: str) -> str:
    """Return ``text`` with every traditional character simplified (same length), for comparing texts.

    Rules see ``fold`` alone, which simplifies the characters of chrome words: names and Japanese words stand in them
    as they are printed.
    """
    return text if text.isascii() else _HAN.sub(_simplified, text)


def traditional_share(text: str) -> float:
    """Return the share of the characters of ``text`` that are traditional and have a simplified form."""
    return len(_HAN.findall(text)) / max(len(text), 1)


def _simplified(match: re.Match[str]) -> str:
    return _SIMPLE[match[0]]


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return ``fold`` of each text; the texts are normalised, so none holds a NUL or a blank but the space."""
    wide = [text for text in texts if not text.isascii()]
    folded = iter(fold("\0".join(wide)).split("\0"))
    return [text.lower() if text.isascii() else next(folded) for text in texts]


def normalise(text: str) -> str:
    """Return ``text`` on one line: blanks folded to single spaces, zero-width and control characters dropped."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return " ".join(_DROP.sub("", text).split())


def verbatim(text: str) -> str:
    """Return ``text`` with its blanks and lines as they are: line ends are line feeds, lone surrogates replaced."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text) if has_surrogates(text) else text


def visible(text: str) -> list[int]:
    """Return the offsets of the characters that show something: those that ``normalise`` keeps, blanks apart."""
    return [i for i, char in enumerate(text) if not char.isspace() and not _DROP.match(char)]


def normaliser(page: str) -> Callable[[str], str]:
    """Return the cheapest function that equals ``normalise`` on every part of ``page``."""
    return normalise if has_surrogates(page) or any(char in page for char in _DROPPED) else _fold_blanks


def has_surrogates(text: str) -> bool:
    """Tell whether ``text`` holds lone surrogates: halves of characters that were decoded wrongly."""
    try:
        text.encode()  # several times faster than a search for them
    except UnicodeEncodeError:
        return True
    return False


def _fold_blanks(text: str) -> str:
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Tell whether ``text`` shows nothing: only blanks, controls and zero-width characters."""
    return not text or text.isspace() or not normalise(text)


def units(text: str) -> float:
    """Return the length of ``text`` in ideograms: CJK, kana and hangul count 1, everything else a third."""
    if text.isascii():
        return len(text) / _LETTERS_PER_IDEOGRAM
    return _units(len(text), len(_WIDE.sub("", text)))


def units_all(texts: Sequence[str]) -> list[float]:
    """Return ``units`` of each text; the texts are normalised, so none holds a line feed."""
    wide = [text for text in texts if not text.isascii()]
    narrow = map(len, _WIDE.sub("", "\n".join(wide)).split("\n"))
    return [len(text) / _LETTERS_PER_IDEOGRAM if text.isascii() else _units(len(text), next(narrow)) for text in texts]


def _units(size: int, narrow: int) -> float:
    return size - narrow + narrow / _LETTERS_PER_IDEOGRAM


def is_cjk(char: str) -> bool:
    """Tell whether ``char`` is an ideogram, kana or hangul."""
    return _WIDE.match(char) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a finished sentence does (closing quotes and brackets may follow)."""
    return not text[-1:].isalpha() and SENTENCE_END.search(text[-12:]) is not None
