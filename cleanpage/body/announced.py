"""What stands behind the body and belongs to it: what its last line announces, sheets of facts.

Its last line announces with a colon; a match, a film or a test has a sheet of facts. Rows and items are short and say
nothing that is learned of; that the text points to them tells, or their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from cleanpage.body.line_forms import PARAGRAPH_FROM, is_row
from cleanpage.body.lines import Line, announces, ends_of_body, is_link_or_hidden
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

LEAST_ANNOUNCEMENT = 12.0
"""Shortest line that announces what follows, in ideograms: shorter ones are headings of whatever comes next."""
SURE_ANNOUNCEMENT = 0.5
"""Least chance of being body of such a line: prompts and heads of forms end with a colon too."""
MOST_ANNOUNCED = 60
"""Most lines that a line may announce."""
_AS_FOLLOWS = lazy(
    r"(?:如下|as follows|the following[^:]{0,30}|wie folgt|folgende[^:]{0,30}|suivante?s?|siguientes?|seguint\w{1,2}"
    r"|seguenti|следующ\w{1,3}[^:]{0,30}|наступн\w{1,3}[^:]{0,30}|następując\w{1,3}[^:]{0,30}|下記の通り|以下の通り"
    r"|다음과 같[^:]{0,12}) ?:$"
)
"""The line below the body announces what is below it, in words."""
FARTHEST_SHEET, LONGEST_SHEET, FEWEST_FACTS = 4, 40, 2
"""A sheet begins within so many lines behind the body, has at most so many lines, and so many that tell it for one."""
_FACT = lazy(
    r"(?:(?:referee|attendance|scorers?|bookings|booked|line-?ups?|subs(?:titutes)?|schiedsrichter(?:in)?|zuschauer|tore"
    r"|aufstellung(?:en)?|gelbe karten?|rote karten?|arbitre|spectateurs|buts?|essais?|cartons? (?:jaune|rouge)s?"
    r"|évolution du score|árbitr[oa]|goles|alineaci(?:ón|ones)|tarjetas|amonestad[oa]s|gols|cartões|público|arbitro"
    r"|reti|marcatori|ammoniti|espulsi|formazioni|scheidsrechter|toeschouwers|doelpunten(?:makers)?|gele kaart(?:en)?"
    r"|opstelling(?:en)?|sędzi(?:a|owała?)|widzów|bramki|żółte kartki|czerwone kartki|składy|судья|судьи|голы|зрителей"
    r"|предупреждения|составы|суддя|голи|hakem|goller|sarı kart(?:lar)?|domare|publik|rozhodčí|diváci|branky|裁判"
    r"|出场阵容|首发阵容|首发名单|进球|黄牌|红牌|観客|得点者|심판|관중"
    r"|director|directed by|cast|starring|rated|rating|running time|screenplay|regie|darsteller|drehbuch|länge"
    r"|réalisation|scénario|durée|dirección|reparto|duración|guion|regia|interpreti|durata|reżyseria|obsada|режиссёр"
    r"|в ролях|сценарий|导演|主演|编剧|片长|監督|出演|감독|출연) ?: ?\S.*"
    r"|(?:pros|cons|pluspunkte|minuspunkte|les plus|les moins|points forts|points faibles|lo mejor|lo peor|pregi"
    r"|difetti|pluspunten|minpunten|plusy|minusy|плюсы|минусы|verdict|our verdict|fazit|oordeel|conclusie|优点|缺点"
    r"|総評|la fiche technique|fiche technique|la ficha|ficha técnica|ficha del partido|il tabellino|tabellino)"
    r"\W{0,2}(?:: ?\S.*)?)"
)
"""A line of such a sheet, folded: who judged a match and who scored, who played in a film, what speaks for a thing."""
_SCORE = lazy(r"\d{1,3} ?[:–-] ?\d{1,3} ?[(（]|[(（]\d{1,3} ?[:–-] ?\d{1,3}[)）]$")


def with_sheet(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the sheet of facts behind it: short lines up to the last that tells it."""
    if True not in kept:
        return kept
    start = ends_of_body(kept)[1] + 1
    behind = range(start, min(len(lines), start + LONGEST_SHEET))
    sheet = list(takewhile(lambda i: _may_be_announced(lines[i]), behind))
    facts = [i for i in sheet if _FACT.fullmatch(lines[i].folded)]
    facts += [i for i in sheet if facts and (is_row(lines[i]) or _SCORE.search(lines[i].folded))]
    if len(facts) < FEWEST_FACTS or min(facts) >= start + FARTHEST_SHEET:
        return kept
    return [keep or start <= i <= max(facts) for i, keep in enumerate(kept)]


def with_announced(lines: Sequence[Line], chances: Sequence[float], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with what its last line announces: short lines up to the next furniture.

    Of what is announced some lines may be in the body already.
    """
    if True not in kept:
        return kept
    first, end = ends_of_body(kept)
    last = end
    if end + 1 < len(lines) and _AS_FOLLOWS.search(lines[end + 1].folded) is not None:
        last += 1
    else:
        above = end
        while above > first and _may_be_item(lines[above]):
            above -= 1
        if not kept[above] or not _announces_for_sure(lines[above], chances[above]):
            return kept
    behind = range(last + 1, min(len(lines), last + 1 + MOST_ANNOUNCED))
    added = list(takewhile(lambda i: _may_be_announced(lines[i]), behind))
    return [keep or end < i <= last + len(added) for i, keep in enumerate(kept)] if added else kept


def _announces_for_sure(line: Line, likely: float) -> bool:
    if _AS_FOLLOWS.search(line.folded) is not None:
        return True
    return announces(line) and line.units >= LEAST_ANNOUNCEMENT and likely >= SURE_ANNOUNCEMENT


def _may_be_item(line: Line) -> bool:
    """Tell whether a line may be one of a list that is announced above it, and announces nothing itself."""
    return _may_be_announced(line) and not announces(line) and not ends_sentence(line.text)


def _may_be_announced(line: Line) -> bool:
    """Tell whether no rule has named a line, and it is short and no link."""
    return not (line.labels or line.hints or line.units > PARAGRAPH_FROM or is_link_or_hidden(line))
