"""What a person's name looks like, and how a printed list of names is taken apart."""

from __future__ import annotations

from functools import cache

from cleanpage.fields.months import months
from cleanpage.fields.words import words
from cleanpage.languages import any_phrase, gathered
from cleanpage.patterns import lazy
from cleanpage.text import SIGNS, fold, is_cjk

MAX_PEN_NAME = 60
"""Longest pen name in characters, a desk of an office among them."""

# The surnames of more than 99 % of Chinese people (public-security name statistics), both scripts, then compound ones.
_SURNAMES = frozenset(
    "王李张张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾萧蕭肖田董潘袁蔡蒋蔣余于杜叶葉程魏"
    "苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱江尹薛闫阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬"
    "钱錢严嚴覃武戴莫孔向汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒"
    "阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡"
    "车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑"
    "郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺官封谈談匡鞠惠荆荊乐樂冀郁胥南班储儲原栗燕楚鄢劳勞谌諶奚皮粟冼蔺藺楼樓盘盤满滿闻聞位厉厲伊仝"
    "区區郜海阚闞花权權强強帅帥屠豆朴朴盖蓋练練廉禹井祖漆巴丰豐支卿国國狄平计計索宣晋晉相初门門云雲容敬来來扈晁芮都普阙闕浦戈伏鹿薄邸"
    "雍辜羊阿乌烏母裘亓修邰赫杭况況那宿鲜鮮印逯隆茹诺諾战戰慕危玉银銀亢嵇公哈湛宾賓戎勾茅利于居揭干但尉斯元束檀衣信展阴陰昝智幸奉"
)
_COMPOUND = words(
    """欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 夏侯 轩辕 端木 独孤 南宫
    澹台"""
)

_NOT_NAMES = words(
    """佚名 匿名 未知 不详 无 管理员 系统管理员 网站管理员 超级管理员 本站 本网 原创 转载 网络 网友 网络转载
    互联网 网络整理 综合整理 记者 通讯员 编辑 责编 作者 来源 小编 综合 佚 查看 更多 查看更多 查看全文 打印 关闭 分享
    收藏 返回 投稿 发布 更新 首页 点击 阅读 浏览 评论 关注 已关注 粉丝 私信 未署名 特约 实习生 实习 整理 编译 摄影
    报道 admin administrator unknown anonymous guest staff editor webmaster root test null none n/a author user home
    share print follow subscribe login contributor writer beginner live breaking exclusive sponsored premium
    advertisement subscriber moderator size caption rss feed
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    简介 作者简介 发布时间 发布日期 时间 日期"""
)
_ORGANISATION = lazy(
    r"(?:报|报社|日报|晚报|网|网站|新闻|社|局|部|院|台|公司|中心|委|委员会|办|办公室|厅|频道|杂志|集团|工作室|编辑部|大学|学院|协会|组|科|处|所|馆|会|店|"
    r"在线|论坛|快报|周刊|平台|客户端|公众号|微博|频率|综合|政府|支队|团队|俱乐部)$"
    r"|\b(?:staff|news|team|editors?|editorial|desk|agency|reuters|afp|associated press|inc|llc|ltd|gmbh|university|"
    r"department|institute|redaktion|rédaction|redacción|redazione|redakcja|magazine|blog|group|media|press|times|post)\b|taboola|outbrain"
)
_HAN_NAME = lazy(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_MINORITY_NAME = lazy(r"[\u3400-\u9fff]{1,6}(?:[·・•‧．][\u3400-\u9fff]{1,8}){1,3}")
_KANA_OR_HANGUL = lazy(
    r"(?=[^\u3040-\u30ff々]{0,7}[\u3040-\u30ff々])[\u3040-\u30ff\u3400-\u9fff々]{2,8}"
    r"|[\u3040-\u30ff\u3400-\u9fff々]{1,4} [\u3040-\u30ff\u3400-\u9fff々]{1,4}|[가-힣]{2,5}"
)
_CAPITAL = rf"(?:(?:d'|o'|mc|al-)?[^\W\d_a-z](?:[^\W\d_]|[{SIGNS}]|['’.\-](?=[^\W\d_]))*\.?)"
_WESTERN_NAME = lazy(
    lambda: rf"{_CAPITAL}(?: (?:{any_phrase(lambda language: language.particles)} ){{0,2}}{_CAPITAL}){{0,4}}"
)
_CREDENTIAL = lazy(r"[A-Z][A-Za-z]?\.?(?:[A-Z]\.?-?){1,5}(?: ?\d+)?|Esq\.?|Jr\.?|Sr\.?|RDN?|PhD|Ph\.D\.?")
_GLUED = lazy(r"[^\W\d_A-Z]{4}(?=[A-Z])")
"""Where two words meet that a flattener has glued; ``MacDonald`` and ``DeVries`` have less before the capital."""
_BETWEEN = lazy(
    lambda: r"\s{0,9}(?:[、，,،;；؛/／&＆+|]"
    rf"|(?<=\s){any_phrase(lambda language: language.conjunctions)}(?=\s)"
    r"|(?<=[\u4e00-\u9fff])[和与與及](?=\S{2}))\s*"
)
_CODE = lazy(r"\w+(?:\.\w+){2,}")
"""A template's variable that was never filled in: ``page.head.author``."""
_LETTER_SPACED = lazy(r"(?<![^\s、，,])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![^\s、，,])")


@cache
def _not_names() -> frozenset[str]:
    """Return folded words that have the form of a name and are none."""
    return _NOT_NAMES | frozenset(gathered(lambda language: language.not_names))


def is_organisation(name: str) -> bool:
    """Tell whether this is an editorial office, an agency, a firm."""
    return _ORGANISATION.search(fold(name)) is not None


def is_name(name: str, *, surname: bool = False) -> bool:
    """Tell whether ``name`` may be a person's; with ``surname``, a Chinese one must begin with a known surname.

    Codes (``AP032``), accounts (``系统管理员``), ``佚名`` are nobody.
    """
    folded = fold(name)
    if folded in _not_names() or folded in months() or not 2 <= len(name) <= 50 or is_organisation(name):
        return False
    if _HAN_NAME.fullmatch(name):
        return not surname or has_surname(name)
    if any(map(is_cjk, name)):
        return bool(_MINORITY_NAME.fullmatch(name) or (not surname and _KANA_OR_HANGUL.fullmatch(name)))
    return _WESTERN_NAME.fullmatch(name) is not None and not _CREDENTIAL.fullmatch(name) and not is_glued(name)


def is_glued(name: str) -> bool:
    """Tell whether two words have lost the blank between them: ``Town ChecklistsJust Reopened``."""
    return _GLUED.search(name) is not None


def is_pen_name(folded: str) -> bool:
    """Tell whether a folded text may be what somebody writes under: no account of an office, address or number."""
    return (
        2 <= len(folded) <= MAX_PEN_NAME
        and folded not in _not_names()
        and folded not in months()
        and not any(mark in folded for mark in ("@", "/", "http", "www.", "。", "发布于", "discuz!"))
        and folded[0].isalnum()
        and any(map(str.isalpha, folded))
        and _CODE.fullmatch(folded) is None
    )


def has_surname(name: str) -> bool:
    """Tell whether a Chinese name begins with a surname and has a given name of one or two characters."""
    if fold(name[:2]) in _COMPOUND:
        return len(name) in (3, 4)
    return name[0] in _SURNAMES and len(name) in (2, 3)


def split_names(text: str) -> list[str]:
    """Return the items of a printed list of names: ``张三、李四``, ``张三 李四``, ``Jane Doe and John Roe``."""
    names: list[str] = []
    for piece in _BETWEEN.split(_LETTER_SPACED.sub(r"\1\2", text)):
        part = piece.strip(' .:：·-–—()（）[]【】“”"*')
        words = part.split(" ")
        if len(words) > 1 and all(_HAN_NAME.fullmatch(word) for word in words):
            names += words
        elif part:
            names.append(part)
    return names
