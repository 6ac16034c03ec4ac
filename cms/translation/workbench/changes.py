"""What changed in the source: of each new text what it was before, and what is gone, though readers still have it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from wagtail_localize.models import StringTranslation, Translation

from cms.content.pages import ContentPage
from cms.translation.concordance.remembering import plain
from cms.translation.differences import difference, render
from cms.translation.digests import strings
from cms.translation.models import Provenance, StringVersion
from cms.translation.pairing import Placed, find_divided, pair
from cms.translation.places import Place, places_in
from cms.translation.workbench.rows import Before, Key, Row, key_of
from cms.translation.workbench.texts import has_marks, to_typed


@dataclass(frozen=True)
class Gone:
    """A text that the source no longer has, and its translation, which readers still have."""

    place: Place
    source: str
    text: str


@dataclass(frozen=True)
class Change:
    """What the source says otherwise than it did when the published translation was made, and since when."""

    since: datetime
    new: tuple[Row, ...]
    gone: tuple[Gone, ...]


@dataclass(frozen=True)
class _Published:
    """The translation that readers have: where in it each text stands, and what each string said when it was made."""

    page: ContentPage
    standing: Mapping[tuple[str, str], int]
    said: Mapping[Key, str]

    def find(self, path: str, key: Key) -> int | None:
        """Return where the translation of a string stands; nothing when it was made without this string."""
        return self.standing.get((path, self.said.get(key, "")))


def compare(translation: Translation, rows: Iterable[Row]) -> tuple[list[Row], Change | None]:
    """Return the rows with what each new one was before, and what changed while the translation is stale.

    New is a text without translation; while the translation is stale also one that it was published without, so that
    whoever reviews it sees the change, too. A constant number of queries.
    """
    rows, said = list(rows), _read_said(translation)
    wanted = {row.key for row in rows}
    earlier = [each for each in said if key_of(each) not in wanted]
    made = Provenance.objects.filter(
        key=translation.source.object_id, language=translation.target_locale.language_code, stale_since__isnull=False
    ).first()
    published = _read_published(translation, said, made) if made else None
    new = {row.number for row in rows if _is_new(row, published)}
    was = pair(
        (Placed(row.key, row.segment.context.path, plain(row.source)) for row in rows if row.number in new),
        (Placed(each, each.context.path, plain(each.translation_of.data)) for each in earlier),
        find_divided([translation.source_id])[translation.source_id],
    )
    compared = [_compare(row, was, is_stale=bool(made)) if row.number in new else row for row in rows]
    if made is None or made.stale_since is None or published is None:
        return compared, None
    gone = _gone(published, (each for each in earlier if each not in was.values()))
    return compared, Change(made.stale_since, tuple(row for row in compared if row.is_new), tuple(gone))


def _is_new(row: Row, published: _Published | None) -> bool:
    if published is None:
        return row.said is None
    return published.find(row.segment.context.path, row.key) is None


def _compare(row: Row, was: Mapping[Key, StringTranslation], *, is_stale: bool) -> Row:
    before = _before(row, was[row.key]) if row.key in was else None
    return replace(row, before=before, is_new=is_stale)


def _before(row: Row, was: StringTranslation) -> Before:
    marked = has_marks(row.source, was.data)
    change = render(difference(plain(was.translation_of.data), plain(row.source)))
    return Before(change=change, text=to_typed(was.data, marked=marked))


def _gone(published: _Published, earlier: Iterable[StringTranslation]) -> Iterator[Gone]:
    """Yield what readers still have of strings that the source has no longer, in its order."""
    standing = {each: published.find(each.context.path, key_of(each)) for each in earlier}
    found = sorted((place, each.pk, each) for each, place in standing.items() if place is not None)
    places = places_in(published.page, {each.context.path for *_order, each in found}) if found else {}
    for *_order, each in found:
        yield Gone(places[each.context.path], plain(each.translation_of.data), published.said[key_of(each)])


def _read_said(translation: Translation) -> list[StringTranslation]:
    """Return what was ever said in this language of the source's texts, newest first."""
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        translation_of__locale=translation.source.locale_id,
        locale=translation.target_locale_id,
    )
    return list(rows.exclude(data="").select_related("translation_of", "context").order_by("-updated_at", "-pk"))


def _read_published(translation: Translation, said: Iterable[StringTranslation], made: Provenance) -> _Published:
    page: ContentPage = translation.get_target_instance()
    at = page.live_revision.created_at if page.live_revision else made.stale_since
    versions = StringVersion.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id, changed_at__lte=at
    ).order_by("pk")
    # What was stored without a history counts as it is.
    texts = {key_of(each): each.data for each in said if each.created_at <= at}
    texts |= {(context, string): text for context, string, text in versions.values_list("context", "string", "after")}
    shown = dict.fromkeys((path, plain(html)) for path, html in strings(page))
    return _Published(
        page=page,
        standing={place: number for number, place in enumerate(shown)},
        said={key: plain(text) for key, text in texts.items() if text},
    )
