"""The forms in which a word of a question may stand in a text: stems by the endings of each language.

It is less than a grammar: endings are cut, and words that begin with what remains are found. PostgreSQL's own stemmers
for Swedish, Finnish and English find more beside; Ukrainian has none, so its changing sounds are known here.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cms.content.letters import fold

SHORTEST = 3
"""Letters that must remain of a word when its ending is cut."""

SHORTEST_BEGINNING = 4
"""Letters with which a word can be looked for by its beginning; shorter ones are looked for with each ending."""

_ENDINGS = {
    "sv": """
        a ar arna arnas as at ad ade ades ande are aren arens arna ares e en ena enas ens er erna ernas ers es et ets
        het heten heter heterna n na nas or orna ornas ors s ska skt t igt iga ig
    """,
    "fi": """
        a aa aan alla alle alta an assa asta at e ea een eiden eissa eista eita eja ella elle elta en eseen essa esta
        et hin i ia ien iden ihin iin illa ille illaan ilta in ina ineen inen ise isen iseen iset isia isiin isissa
        isista issa issaan ista ita itten ja jen joissa joista joihin ksen ksessa ksesta kseen kset ksi ksia ksien
        ksissa ksista lla lle lta me mme na ne nen ni nne nsa o oa oiden oihin oilla oille oissa oista oita oja ojen on
        ossa osta ot s sa se sen seen set sia sien sissa sista ssa ssaan ssani sta staan t ta tta ten tten u ua ulla
        ulle un ussa usta ut y
    """,
    "en": """
        al ally ate ated ates ating ation ational ations e ed ely ement er ers es ied ies ing ings ion ions ity ities
        ive ly ment ments s y
    """,
    "uk": """
        а ам ами ах ає ають ала али ало ання анням анні в вся е ев ем ею еві ей ена ений ено ення енням енні є єю єм єві
        и ив ий ила или ило им ими их иться і ів ії ій ією іям іями іях ій ім їм їх їй ї їв ї ість істю о ов ова ове
        ового овому овим ових ові ого ому ої ою ом у ував увала ували ування увань уть ути ути ти ть тися ться у ь ю юю
        ють я ям ями ях яє яють
    """,
}
_ENDINGS_OF_NAMES = {
    "uk": {
        "а": "а ам ами ах е и і о ою у",
        "е": "е ем ю я ям ями ях і",
        "о": "а ам ами ах і о ові ом у",
        "я": "е ею є єю і ї ю я ям ями ях",
    },
}
"""What may stand in place of the last letter of a name, for those letters that are an ending themselves."""

_SMALL_WORDS = {
    "sv": """
        alla allt att av bli blir de dem den denna deras det detta dig din du då där efter eller en er ett från för
        går ha han har hon hos hur här i in inte jag kan man med men mot mycket många ni nu när nästa och om oss på
        sig sin sina ska skall som så till under upp ur ut vad var vara vem vi vid vill vår än är över
    """,
    "fi": """
        ei eikä ennen että ja joka jos jotka jälkeen kaikki kanssa ketä koko koska kuin kun kuka me mikä missä mitä
        mutta myös ne niin no nyt näin ole olen oli on ovat se sekä sen siis sitä tai tämä tässä tätä vain voi ovat
    """,
    "en": """
        a about all an and are as at be been but by can do for from had has have he her his how i if in into is it
        its more most no not of on or our she so some than that the their them then there these they this to up was
        we were what when where which who why will with you your
    """,
    "uk": """
        а або але без би був була були було в вас ви він від вона вони все ви для до є ж за з зі із і й її його їх
        ким коли кого який яка які яке ми між на над нас не ні о об один по при про та так там те ти тих то тобто того
        той тому у уже хто це ця цей ці чи чому що щоб як
    """,
}
_SOUNDS_THAT_CHANGE = {"uk": ("кцч", "гзж", "хсш")}
_VOWELS_THAT_CHANGE = {"uk": (re.compile(r"[іоеє](?=[^аеєиіоуюя]+$)"), "іоеє")}
_GRADES = ("fi",)
"""Languages whose last consonant of a stem changes: kaupunki, kaupungin."""

_SHORTEST_GRADED = 6
_WEAK = (
    *((re.compile(rf"{strong}$"), weak) for strong, weak in
      (("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"),
       ("ht", "hd"))),
    *((re.compile(rf"(?<=[aeiouyåäölr]){strong}$"), weak) for strong, weak in (("k", ""), ("p", "v"), ("t", "d"))),
)  # fmt: skip
_VOWELS_THAT_GO = (("ок", "к"), ("ець", "ц"))


class Form(NamedTuple):
    """A word to look for: itself, or all words that begin with it."""

    text: str
    is_beginning: bool = False


@lru_cache(20_000)
def forms_of(word: str, language: str) -> tuple[Form, ...]:
    """Return the forms in which a word can stand in a text of this language, the word itself first."""
    turned = [form for each in _turned(word, language) for form in _beginning_with(each, language)]
    return tuple(dict.fromkeys([*_forms_of(word, language), *turned]))


def weak_grade(stem: str) -> str:
    """Return a Finnish stem as it is before most endings: Helsink-i, Helsing-in; Turk-u, Tur-un."""
    found = (pattern.sub(weak, stem) for pattern, weak in _WEAK if pattern.search(stem))
    return next(found, stem)


def _forms_of(word: str, language: str) -> tuple[Form, ...]:
    stem = stem_of(word, language)
    if len(stem) >= SHORTEST_BEGINNING:
        beginnings = dict.fromkeys([_without_grade(stem, language), *_variants(stem, language)])
        return (Form(word), *(Form(beginning, is_beginning=True) for beginning in beginnings))
    whole = [Form(word, is_beginning=True)] if len(word) >= SHORTEST_BEGINNING else []
    inflected = [Form(variant + ending) for variant in (stem, *_variants(stem, language)) for ending in _ends(language)]
    return (Form(word), *whole, *dict.fromkeys(inflected)) if len(stem) >= SHORTEST else (Form(word),)


def _turned(word: str, language: str) -> list[str]:
    """Return what some words are before an ending: Turku, Tur-un; Городок, Городк-а; Київ, Києв-а."""
    match _main(language):
        case "fi" if word[-1] in "aeiouy" and weak_grade(word[:-1]) != word[:-1]:
            return [weak_grade(word[:-1])]
        case "uk" if len(stem_of(word, language)) < SHORTEST_BEGINNING <= len(word):
            return _variants(word, language)
        case "uk":
            return [word.removesuffix(end) + left for end, left in _VOWELS_THAT_GO if word.endswith(end)]
    return []


def _beginning_with(stem: str, language: str) -> list[Form]:
    if len(stem) >= SHORTEST_BEGINNING:
        return [Form(stem, is_beginning=True)]
    return [Form(stem + ending) for ending in _ends(language)]


def stem_of(word: str, language: str) -> str:
    """Return a word without its ending."""
    if not word.isalpha():
        return word
    for ending in _ends(language):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def is_of_name(form: Form, name: str, language: str) -> bool:
    """Whether a form can be one of a name: the endings of verbs, and of names that end otherwise, are left out."""
    endings = _endings_of_names(_main(language)).get(name[-1])
    return endings is None or form.is_beginning or form.text == name or form.text[len(name) - 1 :] in endings


def without_endings(word: str, language: str) -> list[str]:
    """Return a word, and what remains of it when any ending is cut."""
    cut = [word.removesuffix(end) for end in _ends(language) if word.endswith(end) and len(word) - len(end) >= SHORTEST]
    return [word, *cut]


def is_small(word: str, language: str) -> bool:
    """Whether a word says nothing of what a text is about."""
    return word in _small_words(_main(language))


def _without_grade(stem: str, language: str) -> str:
    graded = _main(language) in _GRADES and len(stem) >= _SHORTEST_GRADED and stem[-1] not in "aeiouy"
    return stem[:-1] if graded else stem


def _variants(stem: str, language: str) -> list[str]:
    """Return the stem as it is before other endings, when its sounds change."""
    found = []
    for sounds in _SOUNDS_THAT_CHANGE.get(_main(language), ()):
        if stem[-1] in sounds:
            found += [stem[:-1] + sound for sound in sounds if sound != stem[-1]]
    vowels = _VOWELS_THAT_CHANGE.get(_main(language))
    if vowels:
        pattern, others = vowels
        match = pattern.search(stem)
        if match:
            at = match.start()
            found += [stem[:at] + vowel + stem[at + 1 :] for vowel in others if vowel != stem[at]]
    return found


def _ends(language: str) -> tuple[str, ...]:
    return _endings(_main(language))


@cache
def _endings(language: str) -> tuple[str, ...]:
    """Return a language's endings, the longest first."""
    endings = {fold(ending) for ending in _ENDINGS.get(language, "").split()}
    return tuple(sorted(endings, key=lambda ending: (-len(ending), ending)))


@cache
def _endings_of_names(language: str) -> dict[str, frozenset[str]]:
    endings = _ENDINGS_OF_NAMES.get(language, {})
    return {last: frozenset(map(fold, each.split())) for last, each in endings.items()}


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(fold(_SMALL_WORDS.get(language, "")).split())


def _main(language: str) -> str:
    return language.partition("-")[0]
