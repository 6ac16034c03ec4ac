"""Whatever people choose from gives nothing away: no draft of another city, and no file of a closed collection."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml.html import fromstring
from wagtail.models import Collection, GroupCollectionPermission, Page, PageViewRestriction
from wagtail.search.backends import get_search_backend
from wagtail_localize.models import StringSegment, Translation

from cms.content.documents import declarations
from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.translation.acts import ROLES, Reach
from cms.translation.matrix import CHOOSE_FILES, CHOOSE_PAGES, LIST_PAGES, READ_PAGES, USE_FILES, find_act
from cms.translation.publishing import publish_translation
from cms.translation.submitting import translate
from tests.editors.forms import article, edit
from tests.newsroom import Newsroom, photograph, publish
from tests.translators.desk import UK, commit, read, save_draft, say, signed_in, write_article
from tests.translators.everywhere import BULK, FIXED, Stage, names, parameters

TELLING = (CHOOSE_PAGES, LIST_PAGES, READ_PAGES, CHOOSE_FILES, USE_FILES)
TOLD_NOTHING = {
    "wagtailadmin_api:pages:action",  # acts
    "wagtailadmin_api:documents:find", "wagtailadmin_api:images:find", "wagtailadmin_api:pages:find",  # lead on
    "wagtaildocs_chooser:create", "wagtailimages_chooser:create",  # take what is new
    "wagtailadmin_tag_model_autocomplete",  # there are no other tags
    # name no page and no file, says the matrix
    "wagtailadmin_choose_page_anchor_link", "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_pages:choose_parent", "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_create", "wagtailadmin_workflows:task_chooser_results",
    "wagtailadmin_workflows:task_chosen", "wagtailembeds:chooser", "wagtailembeds:chooser_upload",
}  # fmt: skip

SECRET = ("samtal om hamnen", "Ingen vet om detta", "strandat-", "Bunkerns", "bunkerns-2024", "bunkertagg", "Skyddsrum")
OPEN_PAGES = ("Misto", "samarbete med", "Janet", "Om samarbetet", "Demokrati", "Umeå", "Умео")
OPEN_FILES = ("Torget om", "torget-2024", "torgtagg")
ASKED = [
    "",
    *(f"q={word}" for word in ("strandade", "samarbete", "Умео")),
    *(f"search={word}" for word in ("bunkerns", "torget", "strandade", "samarbete")),
    *(f"term={word}" for word in ("bunker", "torg")),
]
"""What people look for; of the words above, an answer that repeats the question has none that is secret."""


@dataclass
class Things:
    """What is looked for, secret and open."""

    pages: list[Page] = field(default_factory=list)
    images: list[ContentImage] = field(default_factory=list)
    documents: list[ContentDocument] = field(default_factory=list)

    def of(self, param: str, name: str) -> list[Any]:
        """Return the objects that an address with this parameter may be about."""
        if "image" in name:
            return self.images
        return self.documents if "doc" in name or param == "doc_id" else self.pages


@pytest.fixture
def things(stage: Stage, room: Newsroom) -> Things:
    """Of each kind a draft of others and something public; a picture and a document of a closed and an open collection.

    In a hub set up by the book everybody with a right on files may choose any; here each collection has its own.
    """
    drafts = [_draft(declared.kind, declared.model, room) for declared in declarations()]
    public = write_article("sv", city="kherson")
    save_draft(public, title="Strandade samtal om hamnen", lead="Ingen vet om detta.")
    shown = [declared.model.objects.filter(live=True, locale=public.locale).first() for declared in declarations()]
    shown += [*stage.pages["translator", "own"], room.news("umea", "sv")]
    found = Things([*drafts, public, public.get_parent(), *_hidden(), *shown])
    root = Collection.get_first_root_node()
    closed, open_ = root.add_child(name="Skyddsrum"), root.get_children().get(name="Umeå")
    GroupCollectionPermission.objects.filter(collection=root).update(collection=open_)
    for title, tag, collection in (("Bunkerns plan", "bunkertagg", closed), ("Torget om natten", "torgtagg", open_)):
        name = f"{title.split()[0].lower()}-2024"
        picture = ContentFile(photograph(), name=f"{name}.jpg")
        image = ContentImage(title=title, file=picture, collection=collection, width=1000, height=600)
        document = ContentDocument(
            title=title, file=ContentFile(b"%PDF-1.4", name=f"{name}.pdf"), collection=collection
        )
        for thing in (image, document):
            thing.save()
            thing.tags.add(tag)
        found.images.append(image)
        found.documents.append(document)
    for thing in (*Page.objects.specific(), *found.images, *found.documents):
        get_search_backend().add(thing)  # as after a commit
    return found


def _draft(kind: str, model: Any, room: Newsroom) -> Page:
    parents = {
        "home": Page.get_first_root_node(),
        "news": room.news("kherson", "sv"),
        "partners": room.home("sv"),
        "partnerships": room.partnerships("kherson", "sv"),
        "people": room.people("kherson", "sv"),
        "topics": room.topics("sv"),
    }
    parent = parents.get(kind, room.section("kherson", "sv"))
    page = model(title=f"Strandade samtal om hamnen, {kind}", slug=f"strandat-{kind}", live=False)
    page.locale = room.home("sv").locale
    for name, value in {
        "lead": "Ingen vet om detta.",
        "code": "strandat-1",
        "country": "UA",
        "languages": ["sv"],
    }.items():
        if hasattr(page, name):
            setattr(page, name, value)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision()
    return page


def _hidden() -> list[Page]:
    """Return translations of what was restricted since: a draft, and the new draft of one that is public."""
    found = []
    for is_public in (False, True):
        source = write_article("sv", city="kherson")
        translation = translate(source, "uk")
        if is_public:
            say(translation, UK)
            publish_translation(translation)
        commit()
        PageViewRestriction.objects.create(page=source, restriction_type="login")
        for page in (source, translation.get_target_instance()):
            save_draft(page, title="Strandade samtal om hamnen", lead="Ingen vet om detta.")
            found.append(read(page))
    return found


def test_whatever_offers_something_to_choose_is_declared_and_looked_at() -> None:
    telling = {name for name in _choosing() if (act := find_act(name)) and act.what in TELLING}
    assert telling.isdisjoint(TOLD_NOTHING)
    assert telling | TOLD_NOTHING == set(_choosing())


@pytest.mark.parametrize("role", ROLES)
def test_everybody_is_offered_what_the_matrix_says_and_nothing_secret(role: str, stage: Stage, things: Things) -> None:
    """An administrator is shown the secrets at each of these addresses: they could be found."""
    odd = []
    for name in _choosing():
        act = find_act(name)
        answers = "\n".join(_answers(signed_in(stage.people[role]), name, things))
        gives_away = _found(SECRET, answers)
        if role != "administrator":
            odd += [f"{name} gives away {words}" for words in gives_away]
        elif not gives_away and name not in TOLD_NOTHING:
            odd.append(f"{name} shows an administrator no secret")
        if name in TOLD_NOTHING or act is None:
            continue
        is_offered = act.reach(role) != Reach.NONE and (act.what == CHOOSE_PAGES or role != "nobody")
        offered = _found(OPEN_FILES if act.what in (CHOOSE_FILES, USE_FILES) else OPEN_PAGES, answers)
        if bool(offered) != is_offered:
            odd.append(f"{name} offers {offered}, and {'something' if is_offered else 'nothing'} is declared")
    assert not odd, "\n" + "\n".join(odd)


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_no_page_of_the_admin_gives_a_secret_away(role: str, stage: Stage, things: Things) -> None:
    """Use, history, reports, lists, searches, previews, comparisons: every other address that can be looked at."""
    odd = []
    for name in set(names()) - set(_choosing()):
        if not name.startswith(BULK):
            answers = "\n".join(_answers(signed_in(stage.people[role]), name, things, ["", "q=strandade"]))
            odd += [f"{name} gives away {words}" for words in _found(SECRET, answers)]
    assert not odd, "\n" + "\n".join(odd)


def test_a_picture_that_one_may_not_choose_stays_on_the_page_that_one_edits(stage: Stage, things: Things) -> None:
    [page] = [page for page in stage.pages["editor", "own"] if page.language == "sv"]
    closed = things.images[0]
    page.image, page.image_alt = closed, "Bunkern"
    publish(page)
    client = signed_in(stage.people["editor"])
    assert closed.title in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    typed = article(title=page.title, lead="Ett nytt stycke.", image=closed.pk, image_alt="Bunkern", slug=page.slug)
    assert edit(client, page, typed).status_code == 302
    assert read(page).get_latest_revision_as_object().lead == "Ett nytt stycke."
    assert read(page).get_latest_revision_as_object().image == closed


@pytest.mark.parametrize(("role", "title"), [("editor", "Cherson"), ("administrator", "Strandad kommun")])
def test_the_way_through_the_section_of_another_city_has_its_live_title(
    role: str, title: str, stage: Stage, room: Newsroom
) -> None:
    section = room.section("kherson", "sv")
    save_draft(section, title="Strandad kommun")
    address = reverse("wagtailadmin_choose_page_child", args=[room.news("kherson", "sv").pk])
    window = fromstring(signed_in(stage.people[role]).get(address).json()["html"])
    link = f"//a[contains(@href, '/choose-page/{section.pk}/')]"
    assert [" ".join(one.text_content().split()) for one in window.xpath(link)] == [title]


@pytest.mark.parametrize("odd", ["x", "", "9" * 40, "-1"])
def test_what_is_no_number_chooses_nothing(stage: Stage, odd: str) -> None:
    client = signed_in(stage.people["editor"])
    answer = client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": odd})
    assert (answer.status_code, answer.json()["result"]) == (200, [])


def _choosing() -> list[str]:
    return [name for name in names() if re.search("choose|chosen|autocomplete|^wagtailadmin_api", name)]


def _found(words: tuple[str, ...], answers: str) -> list[str]:
    return [word for word in words if word in answers]


def _answers(client: Client, name: str, things: Things, questions: Iterable[str] = ASKED) -> Iterator[str]:
    """Yield what an address answers: about each object, or to everything that one may ask of a list."""
    for arguments, asked in _visits(name, things, questions):
        url = f"{reverse(name, kwargs=arguments)}?{asked}"
        with transaction.atomic():
            client.raise_request_exception = False
            answer = client.get(url)
            transaction.set_rollback(True)
        if not answer.streaming:
            said = answer.content.decode(errors="replace")
            yield json.dumps(json.loads(said), ensure_ascii=False) if "json" in answer["Content-Type"] else said


def _of_translation(page: Page) -> dict[str, int]:
    """Return the numbers by which localize's addresses know a translation and the first of its texts."""
    begun = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id).first()
    if begun is None:
        return {}
    segment = StringSegment.objects.filter(source=begun.source).first()
    return {"translation_id": begun.pk, "translation_source_id": begun.source_id, "segment_id": segment.pk}


def _visits(name: str, things: Things, questions: Iterable[str]) -> Iterator[tuple[dict[str, Any], str]]:
    params = parameters(name)
    if not params:
        ids = [("id", thing.pk) for thing in things.of("pk", name)]
        yield from (({}, query) for query in (*questions, urlencode(ids)))
        return
    for thing in things.of(params[0], name):
        known = {**FIXED, "destination_id": getattr(thing, "path", ""), "revision_id": None}
        if isinstance(thing, Page):
            known |= {"destination_id": thing.get_parent().pk, "revision_id": thing.latest_revision_id}
            known |= {"key": thing.translation_key, "language": "uk", **_of_translation(thing)}
        arguments = {param: known.get(param, thing.pk) for param in params}
        if None not in arguments.values():
            yield {param: value for param, value in arguments.items() if value != ""}, ""
