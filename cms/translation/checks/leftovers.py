"""Words of the source, or in its letters, that were left in a translation."""

import re
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from cms.content.languages import script_of
from cms.translation.checks.findings import Finding

RUN = 3
"""Words in a row that cannot stand in both languages by chance."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^()]*\)|«[^»]*»|[“”„\"][^“”\"]*[“”\"]|\S+\.[a-z]{2,}\S*|[@#]\S+")
LONGEST_ASIDE = 4
"""Words in brackets or quotation marks that may be quoted from the source: a name, a term."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_OF_NAMES = ("von", "van", "der", "den", "del", "ter")
"""Small words of names: von der Leyen."""

_TELLING = {
    "sv": "och att är inte det som på till från också ett är har vid av för ska där när mellan eller",
    "en": "the and with which from that this have has been are was were between also into their its",
    "fi": "ja että ovat joka sekä myös kanssa mutta vai kun niin tämä olivat jossa joiden",
    "uk": "і й та що це який яка які також або між про від для коли було були",
}


_SHARED = {
    frozenset({"sv", "en"}): "budget film format information internet museum partner plan program radio region sport "
    "start status student team transport video workshop",
    frozenset({"sv", "fi"}): "video radio",
    frozenset({"en", "fi"}): "video radio",
}
"""Words that two languages write alike."""


def find_leftovers(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    names: Collection[str] = (),
    *,
    is_name: bool = False,
) -> Iterator[Finding]:
    """Yield the words that a translation still has in the source's language, or in letters that its own does not have.

    Names may stand in both; what is a name as a whole, or an address, may be the same in both.
    """
    if _main(source_language) == _main(target_language):
        return
    theirs, ours = _WORD.findall(_without(source, names)), _WORD.findall(_without(target, names))
    is_same = source.strip() == target.strip()
    if is_same and is_name and script_of(target_language) == "Latn" == script_of(source_language):
        return
    is_quoted = script_of(source_language) != "Latn"  # else what it has in other letters is what it speaks of
    spoken_of = set(_WORD.findall(source)) - set(theirs if is_quoted else ())
    left = (
        _other_script(theirs, ours, spoken_of, target_language, is_name=is_name and is_same)
        or (_ordinary(ours) if is_same and not is_name else [])
        or _longest_run(theirs, ours)
        or _telling(theirs, ours, source_language, target_language)
    )
    if left:
        is_theirs = set(left) <= set(theirs)
        sentence = (
            _("“%(words)s” is still in the source’s language.")
            if is_theirs
            else _("“%(words)s” is in the letters of another language.")
        )
        yield Finding("leftovers", False, sentence % {"words": " ".join(left)})


def find_same(text: str, source_language: str, target_language: str, known: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a question when a translation that is the same as its source, as a whole, may have been left so.

    A capitalised word may be a name, or a word that was left; only `known` names and terms, acronyms, numbers,
    addresses, words that both languages share, and several capitals in a row, as people's names have, say which.
    """
    languages = frozenset({_main(source_language), _main(target_language)})
    shared = {*_SHARED.get(languages, "").split()}
    words = _WORD.findall(_without(text, known))
    telling = [word for word in words if len(word) > 2 and not word.isupper() and word.lower() not in shared]
    is_names = len(words) > 1 and all(word[0].isupper() or word in _OF_NAMES for word in words)
    if len(languages) == 1 or not telling or (is_names and _main(source_language) != "en"):
        return
    sentence = _("“%(text)s” is the same as in the source: was it left there?")
    yield Finding("leftovers", False, sentence % {"text": text.strip()})


def _other_script(
    theirs: list[str], ours: list[str], spoken_of: set[str], target_language: str, *, is_name: bool
) -> list[str]:
    """Return the words in letters that the target's language does not have.

    Cyrillic words, but for letters and acronyms, stand only where the source speaks of them. Latin names stand in
    Ukrainian, too: there ordinary words tell, those of the source or of a text that has no others.
    """
    if script_of(target_language) == "Latn":
        return [word for word in ours if _CYRILLIC.search(word) and not word.isupper() and word not in spoken_of]
    foreign = [word for word in ours if not _CYRILLIC.search(word)]
    left = foreign if len(foreign) == len(ours) else [word for word in foreign if word in theirs]
    return [] if is_name else _ordinary(left)


def _ordinary(words: list[str]) -> list[str]:
    """Return the words if not all of them can be names."""
    return words if any(word.islower() and len(word) > 2 and word not in _OF_NAMES for word in words) else []


def _longest_run(theirs: list[str], ours: list[str]) -> list[str]:
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    for at in range(len(ours) - RUN + 1):
        run = ours[at : at + RUN]
        if tuple(run) in runs and sum(word.islower() and word not in _OF_NAMES for word in run) > 1:
            return run
    return []


def _telling(theirs: list[str], ours: list[str], source_language: str, target_language: str) -> list[str]:
    words = set(_TELLING.get(_main(source_language), "").split())
    words -= set(_TELLING.get(_main(target_language), "").split())
    there = {word.lower() for word in theirs} & words
    found = list(dict.fromkeys(word for word in ours if word in there))
    return found if len(found) > 1 or (found and len(ours) < 2 * RUN) else []


def _without(text: str, names: Collection[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}(?:[:'’]?\w{{0,5}})\b", " ", text)
    return _ASIDE.sub(lambda aside: " " if len(aside[0].split()) <= LONGEST_ASIDE else aside[0], text)


def _main(language: str) -> str:
    return language.partition("-")[0]
