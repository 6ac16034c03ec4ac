"""What the source of a translation that somebody stopped says otherwise by now, for the form of its page."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.utils.safestring import SafeString

from cms.content.pages import ContentPage
from cms.translation.concordance.remembering import plain
from cms.translation.differences import difference, render
from cms.translation.digests import strings
from cms.translation.earlier import Then, find_then
from cms.translation.models import Provenance
from cms.translation.places import places_in
from cms.translation.sources import find_source_of_stopped

Texts = Mapping[str, list[str]]
"""What stands in each place, in the order of the page."""


@dataclass(frozen=True)
class Changed:
    """A text of the source that is another now, new or gone, with what editors call its place."""

    place: str
    change: SafeString


@dataclass(frozen=True)
class SourceChange:
    """What a source says otherwise than when the page was last in line with it, and since when."""

    since: datetime
    source: ContentPage
    is_kept: bool
    """Whether the hub still has what the source said then."""
    texts: tuple[Changed, ...] = ()


def find_change(page: ContentPage) -> SourceChange | None:
    """Return what changed in the source of a stopped translation; None where it is none, or is in line with it."""
    source = find_source_of_stopped(page)
    made = source and Provenance.objects.filter(key=page.translation_key, language=page.language).first()
    if source is None or not made or made.stale_since is None or made.translated_from != source.language:
        return None
    then = find_then(source, made.source_digest, made.stale_since)
    texts = tuple(_compare(then, source)) if then else ()
    return SourceChange(made.stale_since, source, is_kept=then is not None, texts=texts)


def _compare(then: Then, now: ContentPage) -> Iterator[Changed]:
    """Yield what is otherwise, in the order of the source as it is now; what is gone from it comes last."""
    before, after = _texts(strings(then.page, then.segments)), _texts(strings(now))
    places = {path: str(place) for path, place in places_in(then.page, before).items()}
    places |= {path: str(place) for path, place in places_in(now, after).items()}
    for path in dict.fromkeys([*after, *before]):
        for change in _differences(before.get(path, []), after.get(path, [])):
            yield Changed(places[path], change)


def _differences(before: list[str], after: list[str]) -> Iterator[SafeString]:
    """Yield the difference of each run of texts of one place that is another now."""
    for step, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step != "equal":
            yield render(difference(" ".join(before[start:end]), " ".join(after[from_:to])))


def _texts(found: Iterator[tuple[str, str]]) -> Texts:
    texts: dict[str, list[str]] = defaultdict(list)
    for path, html in found:
        texts[path].append(plain(html))
    return texts
