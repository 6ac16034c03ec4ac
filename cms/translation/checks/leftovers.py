"""Words of the source that were left in a translation."""

import re
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from cms.content.languages import script_of
from cms.translation.checks.findings import Finding

RUN = 3
"""Words in a row that cannot stand in both languages by chance."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^()]*\)|«[^»]*»|[“”„\"][^“”\"]*[“”\"]|\S+\.[a-z]{2,}\S*")
LONGEST_ASIDE = 4
"""Words in brackets or quotation marks that may be quoted from the source: a name, a term."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_TELLING = {
    "sv": "och att är inte det som på till från också ett är har vid av för ska där när mellan eller",
    "en": "the and with which from that this have has been are was were between also into their its",
    "fi": "ja että ovat joka sekä myös kanssa mutta vai kun niin tämä olivat jossa joiden",
    "uk": "і й та що це який яка які також або між про від для коли було були",
}


def find_leftovers(
    source: str, target: str, source_language: str, target_language: str, names: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield the words that a translation still has in the source's language; names may stand in both."""
    if source_language == target_language:
        return
    left = _find(_without(source, names), _without(target, names), source_language, target_language)
    if left:
        sentence = _("“%(words)s” is still in the source’s language.") % {"words": " ".join(left)}
        yield Finding("leftovers", False, sentence)


def _find(source: str, target: str, source_language: str, target_language: str) -> list[str]:
    theirs, ours = _WORD.findall(source), _WORD.findall(target)
    return (
        _other_script(ours, set(theirs), source_language, target_language)
        or _longest_run(theirs, ours)
        or _telling(theirs, ours, source_language, target_language)
    )


def _other_script(ours: list[str], theirs: set[str], source_language: str, target_language: str) -> list[str]:
    """Return words of the source in its own letters, which the other language does not have."""
    if script_of(source_language) == script_of(target_language):
        return []
    is_cyrillic = script_of(source_language) == "Cyrl"
    foreign = [word for word in ours if word in theirs and bool(_CYRILLIC.search(word)) == is_cyrillic]
    return foreign if any(word.islower() and len(word) > 2 for word in foreign) else []


def _longest_run(theirs: list[str], ours: list[str]) -> list[str]:
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    for at in range(len(ours) - RUN + 1):
        run = ours[at : at + RUN]
        if tuple(run) in runs and sum(word.islower() for word in run) > 1:
            return run
    return []


def _telling(theirs: list[str], ours: list[str], source_language: str, target_language: str) -> list[str]:
    words = set(_TELLING.get(source_language.partition("-")[0], "").split())
    words -= set(_TELLING.get(target_language.partition("-")[0], "").split())
    there = {word.lower() for word in theirs} & words
    found = list(dict.fromkeys(word for word in ours if word in there))
    return found if len(found) > 1 or (found and len(ours) < 2 * RUN) else []


def _without(text: str, names: Collection[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}(?:[:'’]?\w{{0,5}})\b", " ", text)
    return _ASIDE.sub(lambda aside: " " if len(aside[0].split()) <= LONGEST_ASIDE else aside[0], text)
