"""Letters tell charsets: what is declared is believed, what is not is windows-1252 unless much speaks against it."""

import pytest

from cleanpage import clean_page
from cleanpage.load.decode import decode

TEXTS = {
    "fr": ("cp1252", "L'été dernier, le bac a été réparé. Les élèves y étaient, très fiers, près du quai."),
    "de": ("cp1252", "Die Fähre fährt ab Montag öfter über den Fluß; für Schüler bleiben die Preise günstig."),
    "sv": ("cp1252", "Färjan går igen från måndag. Resenärerna är nöjda, och båten är målad på båda sidor."),
    "is": ("cp1252", "Ferjan siglir aftur á mánudag. Það er gott fyrir þá sem búa við höfnina, sögðu íbúarnir."),
    "pt": ("cp1252", "A balsa não parou: as pessoas da região irão à estação amanhã, às três, até a construção."),
    "pl": ("iso8859-2", "Prom kursuje częściej, a ceny są takie same. Mieszkańcy żałują, że ścieżka jest zamknięta."),
    "pl-1250": ("cp1250", "Prom kursuje częściej, a ceny są takie same. Mieszkańcy żałują, że ścieżka jest zamknięta."),
    "cs": ("cp1250", "Přívoz jezdí častěji a ceny zůstávají. Šťastní školáci už čekají na nábřeží, žádný nechyběl."),
    "hu": ("iso8859-2", "A komp hétfőtől sűrűbben jár, az ára nem változik. Örülnek az itt élők és a diákok is."),
    "ru": ("koi8-r", "С этого месяца паром ходит на два рейса чаще, цена билета прежняя."),
    "ru-1251": ("cp1251", "С этого месяца паром ходит на два рейса чаще, цена билета прежняя."),
    "ru-iso": ("iso8859-5", "С этого месяца паром ходит на два рейса чаще, цена билета прежняя."),
    "ru-dos": ("cp866", "С этого месяца паром ходит на два рейса чаще, цена билета прежняя."),
    "ru-mac": ("mac-cyrillic", "С этого месяца паром ходит на два рейса чаще, цена билета прежняя."),
    "uk": ("koi8-u", "З цього місяця пором ходить частіше, ціна квитка та сама. Її підняти не хочуть."),
    "el": ("iso8859-7", "Από αυτόν τον μήνα το πλοίο κάνει δύο δρομολόγια περισσότερα."),
    "tr": ("cp1254", "Vapur pazartesiden beri daha sık çalışıyor, ücreti değişmedi. Öğrenciler iskelede bekliyor."),
    "he": ("cp1255", "המעבורת יוצאת פעמיים יותר בכל יום, ומחיר הכרטיס נשאר כפי שהיה."),
    "ar": ("cp1256", "تبحر العبارة مرتين أكثر كل يوم، وبقي ثمن التذكرة كما كان."),
    "th": ("cp874", "เรือข้ามฟากวิ่งเพิ่มวันละสองเที่ยว ค่าโดยสารยังเท่าเดิม"),
    "ko": ("cp949", "나루터의 배가 이달부터 하루에 두 번 더 다닙니다. 요금은 그대로입니다."),
    "ja": ("euc_jp", "渡し船は今月から毎日二便ふえます。運賃はそのままで、古い切符も使えます。"),
    "ja-sjis": ("cp932", "渡し船は今月から毎日二便ふえます。運賃はそのままで、古い切符も使えます。"),
    "zh": ("gb18030", "河湾镇的渡口本月起每天多开两班船，票价不变。"),
    "zh-Hant": ("big5hkscs", "河灣鎮的渡口本月起每天多開兩班船，票價不變。"),
}
SHORT = (
    "Le café est fermé.", "Sinéad’s naïve piñata", "£120 – £95 · £80", "Prerequisites¶ Usage¶ Notes¶", "× × × ×",
    "São Paulo, Curaçao",
)  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_one_sentence_tells_its_charset(language):
    encoding, text = TEXTS[language]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("way", ["meta", "hint"])
def test_what_is_declared_rightly_is_believed_without_a_word(language, way):
    encoding, text = TEXTS[language]
    page = f'<meta charset="{encoding}">{text}' if way == "meta" else text
    read = decode(page.encode(encoding), encoding if way == "hint" else None)
    assert (read.text, read.warnings) == (page, ())


@pytest.mark.parametrize("language", [name for name, (encoding, _) in TEXTS.items() if encoding != "cp1252"])
@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8"])
def test_what_is_declared_wrongly_is_overruled_and_said(language, declared):
    encoding, text = TEXTS[language]
    page = f'<meta charset="{declared}">{text * 3}'
    article = clean_page(page.encode(encoding))
    assert text in decode(page.encode(encoding)).text
    assert [w for w in article.warnings if w.startswith("charset-overruled: ") and article.encoding in w]


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("declared", [None, "iso-8859-1"])
def test_a_few_bytes_decide_nothing(text, declared):
    read = decode(text.encode("cp1252"), declared)
    assert (read.text, read.encoding, read.warnings) == (text, "cp1252", ())


def test_lines_of_utf_8_in_a_page_of_latin_1():
    page = "L'été est là.\n".encode("cp1252") * 5 + "Café à côté\n".encode()
    read = decode(page, "iso-8859-1")
    assert read.text == "L'été est là.\n" * 5 + "Café à côté\n"
    assert read.warnings[0].startswith("mixed-encodings: ")


def test_lines_of_latin_1_in_a_page_of_utf_8_are_no_chinese():
    page = "L’été dernier, déjà.\n".encode() * 5 + "Déjà vu à l'école, très près\n".encode("cp1252")
    assert decode(page, "utf-8").text == "L’été dernier, déjà.\n" * 5 + "Déjà vu à l'école, très près\n"


def test_markup_and_scripts_do_not_vote():
    text = TEXTS["zh"][1]
    page = f"<script>var a = '{TEXTS['fr'][1] * 9}'</script><p>".encode("cp1252") + (text * 2).encode("gb18030")
    assert text in decode(page).text
