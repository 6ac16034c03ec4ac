"""Carries an item over to another language the way translators do: string by string, in wagtail-localize."""

from collections.abc import Iterable, Iterator

from django.utils.translation import override
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.content.pages import ContentPage, Disclosure
from cms.demo.ground import find, get
from cms.demo.pages import MODELS, fill, has_text
from cms.demo.texts import Item
from cms.translation.concordance.remembering import remember
from cms.translation.digests import strings
from cms.translation.models import unconfirmed
from cms.translation.provenance import review
from cms.translation.publishing import publish_translation, save_translation_draft
from cms.translation.staleness import refresh
from cms.translation.submitting import translate as submit

TOOL = "language model"
"""What made the translations, and says so in each of them."""


class TextsDifferError(ValueError):
    """The texts of two languages do not have the same parts, so they cannot be paired."""


def translate(item: Item, languages: Iterable[str]) -> list[ContentPage]:
    """Publish the item's translations that are not there yet, and return them."""
    return [_translate(item, language) for language in languages if not _is_there(item, language)]


def say_how_they_were_made(item: Item, pages: Iterable[ContentPage]) -> None:
    """Mark these new translations as reviewed, but for the one that a machine made and nobody read."""
    reviewed = [page for page in pages if page.language != item.machine]
    if reviewed:
        refresh(_all_of(item))  # writes down what there is to review; otherwise the end of the transaction does
    for page in reviewed:
        review(page)


def begin(item: Item, language: str) -> None:
    """Translate what the item says in a language and leave the rest open: a draft that nobody sees."""
    if _is_there(item, language):
        return
    with override(language):
        translation = _begin(item, language)
        said = {"title": item.said["title"][language], "lead": item.said["lead"][language]}
        segments = {segment.context.path: segment for segment in _segments(translation)}
        _say(translation, ((segments[path], html) for path, html in said.items()))
        save_translation_draft(translation)


def _translate(item: Item, language: str) -> ContentPage:
    with override(language):
        translation = _begin(item, language)
        _say(translation, _pairs(item, language, translation))
        return publish_translation(translation)


def _all_of(item: Item) -> Iterable[ContentPage]:
    """Return the item in all its languages."""
    found: Iterable[ContentPage] = MODELS[item.kind].objects.filter(translation_key=item.key)
    return found


def _is_there(item: Item, language: str) -> bool:
    page = find(MODELS[item.kind], item.key, language)
    return page is not None and has_text(page)


def _begin(item: Item, language: str) -> Translation:
    source = get(MODELS[item.kind], item.key, item.source_of(language))
    target = find(MODELS[item.kind], item.key, language)
    return _take_over(source, target) if target else submit(source, language)


def _take_over(source: ContentPage, target: ContentPage) -> Translation:
    """Begin the translation of a page that the set-up has made in every language."""
    target.ai_disclosure = Disclosure.AUTONOMOUS
    target.save()
    frozen, _made = TranslationSource.update_or_create_from_instance(source)
    translation, _made = Translation.objects.get_or_create(source=frozen, target_locale=target.locale)
    return translation


def _pairs(item: Item, language: str, translation: Translation) -> Iterator[tuple[StringSegment, str]]:
    """Yield each of the source's segments with what the item says there in the other language."""
    page = fill(MODELS[item.kind](locale=translation.target_locale), item, language)
    texts = sorted(strings(page), key=lambda text: text[0])
    segments = _segments(translation)
    if [segment.context.path for segment in segments] != [path for path, _html in texts]:
        raise TextsDifferError(f"{item.kind}/{item.name}: {item.source} and {language} have different parts")
    yield from zip(segments, [html for _path, html in texts], strict=True)


def _segments(translation: Translation) -> list[StringSegment]:
    """Return the source's segments by path, those of one path in the order of the text."""
    stored = translation.source.stringsegment_set.select_related("context", "string")
    return sorted(stored, key=lambda segment: (segment.context.path, segment.order))


def _say(translation: Translation, texts: Iterable[tuple[StringSegment, str]]) -> None:
    """Write a translator's strings, over those of an earlier attempt."""
    rows = [
        StringTranslation(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=html,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=TOOL,
        )
        for segment, html in texts
    ]
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "tool_name", "updated_at"],
    )
    remember(rows)
    # Stored in one go, they leave the marks of what the memory had filled in there.
    unconfirmed(translation).filter(string_translation__tool_name=TOOL).delete()
