"""What a translator chooses besides words: other links, pictures and documents, all of them safe and there."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.core.exceptions import BadRequest
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Collection, GroupCollectionPermission, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.content.pages import ContentPage
from cms.translation.errors import TranslationIncomplete
from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate
from news.models import NewsPage
from tests.newsroom import add_image
from tests.translators.desk import UK, commit, in_language, rewrite, say, say_one, signed_in
from tests.translators.desk import open_segments as segments

LINKED = '<p>Läs mer på <a href="https://www.umea.se/">Umeå kommuns webbplats</a>.</p>'


@pytest.fixture
def picture() -> ContentImage:
    """A photograph."""
    return add_image("En talare visar bilder")


@pytest.fixture
def linked(article: NewsPage, picture: ContentImage) -> Translation:
    """The article with a link and a picture, its translation into Ukrainian begun and all words said."""
    rewrite(
        article,
        body=article._meta.get_field("body").to_python([{"type": "paragraph", "value": LINKED}]),
        image=picture,
        image_alt="En talare visar bilder",
    )
    translation = translate(NewsPage.objects.get(pk=article.pk), "uk")
    say(translation, UK)
    for segment in segments(translation):
        if "Läs mer" in segment.string.data:
            say_one(translation, segment, 'Докладніше на <a id="a1">сайті Умео</a>.')
        if segment.context.path == "image_alt":
            say_one(translation, segment, "Доповідач показує зображення")
    return translation


def put(client: Client, translation: Translation, segment: OverridableSegment, value: str) -> Any:
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    body = encode_multipart("misto", {"value": value})
    return client.put(url, body, content_type="multipart/form-data; boundary=misto")


def link_of(translation: Translation) -> OverridableSegment:
    return OverridableSegment.objects.get(source=translation.source, data_json='"https://www.umea.se/"')


def picture_of(translation: Translation) -> OverridableSegment:
    return OverridableSegment.objects.get(source=translation.source, context__path="image")


def let_choose(user: User) -> None:
    """Let somebody choose every picture."""
    right = Permission.objects.get(content_type__app_label="wagtailimages", codename="choose_image")
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.create(group=user.groups.get(), collection=root, permission=right)


def html_of(page: ContentPage) -> str:
    return str(page.body[0].value.source)  # type: ignore[attr-defined]


def test_a_translator_gives_a_link_of_their_language(linked: Translation, translator: User) -> None:
    answer = put(signed_in(translator), linked, link_of(linked), "https://www.umea.se/uk")
    assert answer.status_code == 201, answer.content
    page = publish_translation(linked)
    assert 'href="https://www.umea.se/uk"' in html_of(page)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "//evil.example/",
        "",
    ],
)
def test_a_link_never_leads_into_a_script(address: str, linked: Translation, translator: User) -> None:
    """Trap 10: stock localize takes it, and it reaches another city's site."""
    answer = put(signed_in(translator), linked, link_of(linked), address)
    assert answer.status_code == 400
    assert not SegmentOverride.objects.exists()


def test_a_translator_chooses_another_picture(linked: Translation, translator: User) -> None:
    other = add_image("Делегація в Умео")
    let_choose(translator)
    assert put(signed_in(translator), linked, picture_of(linked), str(other.pk)).status_code == 201
    assert publish_translation(linked).image == other  # type: ignore[attr-defined]


def test_nobody_chooses_a_picture_that_the_window_does_not_show_them(linked: Translation, translator: User) -> None:
    """Stock localize takes every picture there is, and shows it."""
    secret = add_image("Делегація в Умео")
    assert put(signed_in(translator), linked, picture_of(linked), str(secret.pk)).status_code == 403
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("value", ["999999", "no picture at all"])
def test_a_picture_that_is_not_there_is_refused(value: str, linked: Translation, translator: User) -> None:
    """Trap 15: stock localize takes it, and the page can never be published again."""
    assert put(signed_in(translator), linked, picture_of(linked), value).status_code == 400
    assert not SegmentOverride.objects.exists()


def test_a_picture_that_was_deleted_since_is_named_at_publishing(linked: Translation, translator: User) -> None:
    """Trap 15: stock localize answers with an error 500."""
    other = add_image("Делегація в Умео")
    let_choose(translator)
    put(signed_in(translator), linked, picture_of(linked), str(other.pk))
    other.delete()
    commit()
    with pytest.raises(TranslationIncomplete, match="no longer there"):
        publish_translation(linked)
    url = reverse("wagtailadmin_pages:edit", args=[in_language(linked.get_target_instance(), "uk").pk])
    answer = signed_in(translator).post(url, {"action": "publish"}, follow=True)
    assert answer.status_code == 200


def test_nobody_overrides_another_language(linked: Translation, translator: User) -> None:
    source = linked.source.get_source_instance()
    finnish = translate(source, "fi")
    answer = put(signed_in(translator), finnish, link_of(finnish), "https://www.umea.se/fi")
    assert answer.status_code == 403


def test_not_even_a_row_holds_a_script(linked: Translation) -> None:
    segment = link_of(linked)
    with pytest.raises(BadRequest):
        SegmentOverride.objects.create(
            locale=linked.target_locale, context=segment.context, data_json=json.dumps("javascript:alert(1)")
        )


@pytest.mark.parametrize("name", ["edit_string_translation", "edit_override"])
@pytest.mark.parametrize("sent", [{}, {"text": "https://www.umea.se/uk"}])
def test_a_value_that_is_missing_is_said_to_be(
    name: str, sent: dict[str, str], linked: Translation, translator: User
) -> None:
    """Stock localize fails: it takes the form for granted."""
    segment = link_of(linked) if name == "edit_override" else segments(linked)[0]
    url = reverse(f"wagtail_localize:{name}", args=[linked.pk, segment.pk])
    body = encode_multipart("misto", sent)
    answer = signed_in(translator).put(url, body, content_type="multipart/form-data; boundary=misto")
    assert (answer.status_code, answer.json()) == (400, {"error": "Nothing was sent that could be stored."})
    assert not SegmentOverride.objects.exists()


def test_no_page_is_chosen_for_one_language_alone() -> None:
    """Pages are pointed to by key, which is the same in each: whoever makes a choice of it asks what one may see."""
    models = [model for model in apps.get_models() if issubclass(model, TranslatableMixin)]
    fields = [(each.get_field(model), each) for model in models for each in get_translatable_fields(model)]
    own = [
        field
        for field, each in fields
        if field.is_relation and isinstance(each, SynchronizedField) and each.overridable
    ]
    streams = [field for field, _each in fields if isinstance(field, StreamField)]
    chosen = {field.related_model for field in own if field.many_to_one}
    chosen |= {block.model_class for stream in streams for block in choosers_in(stream.stream_block)}
    assert chosen == {ContentImage, ContentDocument}


def choosers_in(block: blocks.Block) -> Iterator[blocks.ChooserBlock]:
    """Yield the blocks in which something is chosen that each language may have otherwise."""
    if isinstance(block, blocks.ChooserBlock):
        yield block
    inner = [*getattr(block, "child_blocks", {}).values(), *filter(None, [getattr(block, "child_block", None)])]
    for each in inner:
        yield from choosers_in(each)
