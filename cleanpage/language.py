"""Which language a text is in: by script, and among languages of one script by their commonest words."""

from __future__ import annotations

from collections import Counter

from cleanpage.patterns import lazy

SAMPLE = 1500
"""Characters worth looking at: the function words of 250 words of text are enough."""
MIN_LETTERS = 8
"""Fewer letters say nothing."""

_SCRIPTS = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff", "kana": "\u3041-\u30ff", "han": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\uac00-\ud7a3", "th": "\u0e00-\u0e7f",
    "el": "\u0370-\u03ff", "cyrillic": "\u0400-\u04ff", "arabic": "\u0600-\u06ff", "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f", "bn": "\u0980-\u09ff", "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f", "km": "\u1780-\u17ff", "my": "\u1000-\u109f", "lo": "\u0e80-\u0eff", "bo": "\u0f00-\u0fff",
    "mn": "\u1800-\u18af",
}  # fmt: skip
_LETTERS = {name: lazy(f"[{chars}]+") for name, chars in _SCRIPTS.items()}
_IDEOGRAM_WEIGHT = 3
"""An ideogram counts as three letters, as in ``text.units``."""

_WORDS = {
    "latin": {
        "en": "the of and to in is that for it was on with as are this be have not you from by at they we which has an",
        "de": "der die und das den von zu mit ist des sich auf für nicht ein eine dem im auch es werden als",
        "fr": "le la les des et du en est que une dans pour qui sur pas par au avec sont ce il plus ne cette se été",
        "es": "el la los las del que y en una por con para su se es al lo como más pero fue ha sus este son un",
        "it": "il di che la e è per una sono del della con non gli si da al dei nel alla le più anche ha delle come",
        "pt": "o a os as do da dos das que e em uma para com não por mais se na no foi ao é são pela pelo um",
        "pl": "w i na się nie z do jest to że o jak przez po od za dla są oraz co ale który tym czy już być",
        "nl": "de het een van en is dat op te zijn voor met niet aan er om ook als bij naar door maar uit wordt deze",
        "sv": "och att det som en på är av för med den till inte har de ett om var men sig från kan så när",
        "da": "og at det er en af på til som for den med de ikke har et der om var sig men fra kan så når",
        "no": "og det er en av på til som for den med de ikke har et om var seg men fra kan så når jeg vi",
        "fi": "ja on ei että se oli hän mutta ovat kun myös tai niin joka mukaan ole sen jos vain kuin",
        "cs": "a se na v je že z do s to o i pro jako by ale za po od který jsou podle také jeho byl při",
        "sk": "a sa na v je že z do s to o aj pre ako by ale za po od ktorý sú podľa tiež jeho bol pri",
        "hu": "a az és hogy nem is egy ez van meg csak de már mint volt azt ki még fel vagy szerint",
        "ro": "și de în a la cu pe că este un o nu din care mai se pentru au fi sau prin după",
        "tr": "ve bir bu için ile da de olarak çok daha olan gibi en kadar sonra var ama ne değil",
        "vi": "và của là có cho không được trong một những với các người này đã ở khi để từ về",
        "id": "yang dan di dari untuk dengan ini pada itu tidak dalam akan adalah ke juga oleh bisa atau",
        "ca": "el la els les i de que en una per amb és del al no com més però són ha va dels",
    },
    "cyrillic": {
        "ru": "и в не на что с по как из за это он к был его для от о а так было все у же но",
        "uk": "і в не на що з по як із за це він до був його для від про а та є у й але які",
        "bg": "и в не на че с по как от за това той до беше да се са е ще който му бе но или",
        "sr": "и у не на да се је са за од што као су а који би из по али то он био како",
        "be": "і ў не на што з па як за гэта ён да быў яго для ад аб а у таксама але",
        "mk": "и во не на дека со по како од за ова тој до беше да се се е ќе кој а но или",
        "kk": "және мен бен бұл үшін деп бір да де болып ол еді туралы қазақстан осы жылы",
    },
    "arabic": {
        "ar": "في من على أن إلى التي عن الذي مع هذا ما كان بعد هذه لا كما قد بين وقد",
        "fa": "در و به از که را این با است برای آن یک تا خود شده بود می های کرد",
        "ur": "کے میں کی ہے اور سے کا کو اس نے پر کہ یہ بھی ہیں ایک تھا گیا",
    },
    "han": {},
}  # fmt: skip
_SETS = {script: {lang: frozenset(words.split()) for lang, words in langs.items()} for script, langs in _WORDS.items()}
_SPOKEN = {
    script: {word: [lang for lang in langs if word in langs[lang]] for word in frozenset().union(*langs.values())}
    for script, langs in _SETS.items()
}
"""Script -> word -> languages that it is common in."""
COMMON_WORDS = frozenset().union(*_SPOKEN.values())
"""The commonest words of all languages that are written with an alphabet: much of running text, little of a menu."""
_LANGUAGE_OF = {"cyrillic": "ru", "arabic": "ar"}
"""What a script means when too few words are known."""
_WORD = lazy(r"[^\W\d_]+")


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``, None if it holds too little to tell."""
    counts = _letters(text)
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < MIN_LETTERS:
        return None
    if script in ("han", "kana"):
        # Japanese news text is about half kana; Chinese has none, but for quoted names.
        return "ja" if counts["kana"] > 0.1 * (counts["han"] + counts["kana"]) else "zh"
    return _by_words(script, text) if script in _WORDS else script


def _letters(text: str) -> dict[str, int]:
    """Count the letters of each script, the commonest scripts first; stop when no other can hold more."""
    counts: dict[str, int] = {}
    left, most = len(text), 0
    for name, pattern in _LETTERS.items():
        if left < most:
            break
        found = sum(map(len, pattern.findall(text)))
        left, most = left - found, max(most, found)
        counts[name] = found * (_IDEOGRAM_WEIGHT if name in ("han", "kana") else 1)
    return {"han": 0, "kana": 0, **counts}


def _by_words(script: str, text: str) -> str | None:
    words = Counter(_WORD.findall(text.lower()))
    spoken = _SPOKEN[script]
    hits = dict.fromkeys(_WORDS[script], 0)
    for word in spoken.keys() & words.keys():
        for lang in spoken[word]:
            hits[lang] += words[word]
    best = max(hits, key=lambda lang: hits[lang])
    return best if hits[best] else _LANGUAGE_OF.get(script)
