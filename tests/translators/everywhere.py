"""Every address of the admin, with an object of one's own and one of others: who is let in, and who is not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import ERROR, get_messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.test.client import encode_multipart
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Collection, Locale, Page, Site, UploadedFile, Workflow
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from cms.content.documents import declaration_for
from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors, set_up_reviewers, set_up_translators
from cms.translation.models import Agreement, Budget, Name, Policy, ReviewTask, Term, Work
from cms.translation.publishing import publish_translation
from cms.translation.reading import is_translated
from cms.translation.submitting import translate
from home.models import InfoPage
from tests.newsroom import LANGUAGES, Newsroom, add, add_partnership, add_people, add_topics, photograph, publish
from tests.translators.desk import WORDS, commit, in_language, read, save_draft, say, write_article

ROLES = ("administrator", "editor", "translator", "reviewer", "nobody")
SCOPES = ("own", "foreign")
BULK = "wagtail_bulk_action"


@dataclass
class Stage:
    """People, and for each what is theirs and what is not."""

    people: dict[str, User] = field(default_factory=dict)
    pages: dict[tuple[str, str], list[Page]] = field(default_factory=dict)
    translations: dict[tuple[str, str], list[Translation]] = field(default_factory=dict)
    sources: dict[tuple[str, str], list[Page]] = field(default_factory=dict)
    images: dict[str, ContentImage] = field(default_factory=dict)
    documents: dict[str, ContentDocument] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)
    parents: dict[tuple[str, str], list[Page]] = field(default_factory=dict)
    trees: dict[tuple[str, str], list[Page]] = field(default_factory=dict)
    reviews: dict[tuple[str, str], list[Page]] = field(default_factory=dict)
    entries: dict[str, list[Name | Term]] = field(default_factory=dict)


def set_the_stage(room: Newsroom) -> Stage:
    """Umeå writes Swedish and English, Kherson Ukrainian; all is translated, and some of it waits as a draft."""
    stage = Stage()
    _set_up_people(stage, room)
    article, kherson = write_article("sv"), write_article("uk", city="kherson")
    for page in (article, kherson):
        page.canonical_url = "https://www.umea.se/cherson"
        page.save_revision().publish()
    done = {}
    for page, languages in ((article, ("uk", "fi", "en")), (kherson, ("sv", "fi"))):
        for language in languages:
            translation = translate(read(page), language)
            say(translation, WORDS[language])
            publish_translation(translation)
            done[page.language, language] = translation
            save_draft(in_language(page, language), credit_line="Umeå")
    commit()
    secrets = [write_article("uk", city="kherson"), write_article("sv", city="kherson")]
    for secret in secrets:
        secret.unpublish()
    _share(stage, article, kherson, done, secrets)
    _share_places(stage, room, article, kherson)
    _add_one_of_each_kind(room)
    _add_entries(stage)
    _add_files(stage)
    commit()
    return stage


def _set_up_people(stage: Stage, room: Newsroom) -> None:
    for language in LANGUAGES:
        set_up_language_reviews(room.home(language))
    for city, languages in (("umea", ["sv", "en"]), ("kherson", ["uk"])):
        sections = [room.section(city, language) for language in LANGUAGES]
        for section in sections:
            section.languages = languages
        name = {"umea": "Umeå", "kherson": "Kherson"}[city]
        set_up_section_reviews(sections, set_up_editors(sections, name), name)
    groups = {
        "editor": Group.objects.get(name="Umeå editors"),
        "translator": set_up_translators(room.home("uk")),
        "reviewer": set_up_reviewers(room.home("uk")),
        "nobody": Group.objects.create(name="Nobody"),
    }
    # localize's right, with which its own views let somebody begin translations into every language.
    groups["nobody"].permissions.set(Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    stage.people["administrator"] = User.objects.create_superuser("administrator")
    for role, group in groups.items():
        stage.people[role] = User.objects.create_user(role)
        stage.people[role].groups.add(group)


def _share(
    stage: Stage, article: Page, kherson: Page, done: dict[tuple[str, str], Translation], secrets: list[Page]
) -> None:
    """Say what is whose."""
    uk, fi, en = (in_language(article, language) for language in ("uk", "fi", "en"))
    everything = [article, kherson, uk, fi, en]
    for role in ROLES:
        stage.pages[role, "own"] = {
            "administrator": everything,
            "editor": [article, en],
            "translator": [uk],
            "reviewer": [uk],
        }.get(role, [])
        stage.pages[role, "foreign"] = [page for page in everything if page not in stage.pages[role, "own"]]
        mine = {
            "administrator": list(done.values()),
            "editor": [done["sv", "en"]],
            "translator": [done["sv", "uk"]],
            "reviewer": [done["sv", "uk"]],
        }.get(role, [])
        stage.translations[role, "own"] = mine
        stage.translations[role, "foreign"] = [translation for translation in done.values() if translation not in mine]
        stage.sources[role, "own"] = [] if role == "nobody" else [article]
        stage.sources[role, "foreign"] = {"administrator": [], "nobody": [article, *secrets]}.get(role, secrets)


def _share_places(stage: Stage, room: Newsroom, article: Page, kherson: Page) -> None:
    """Say where each may write, look around, and review."""
    uk, fi, en = (in_language(article, language) for language in ("uk", "fi", "en"))
    mine, theirs = room.news("umea", "sv"), room.news("kherson", "uk")
    stage.parents = {
        ("administrator", "own"): [mine],
        ("editor", "own"): [mine],
        **{(role, "foreign"): [theirs, room.news("umea", "uk")] for role in ROLES if role != "administrator"},
    }
    in_ukrainian, others = [uk, kherson], [article, fi, en]
    for role in ("translator", "reviewer"):
        stage.trees[role, "own"], stage.trees[role, "foreign"] = in_ukrainian, others
    stage.trees["administrator", "own"] = [*in_ukrainian, *others]
    stage.trees["editor", "own"], stage.trees["editor", "foreign"] = [article, en], [uk, fi, kherson]
    stage.trees["nobody", "foreign"] = [*in_ukrainian, *others]
    stage.reviews = dict(stage.trees)
    # A city's editors do the first step of every review in their section, whatever its language.
    stage.reviews["editor", "own"], stage.reviews["editor", "foreign"] = [article, en, uk, fi], [kherson]
    stage.reviews["translator", "own"], stage.reviews["translator", "foreign"] = [uk], [kherson, *others]


def _add_one_of_each_kind(room: Newsroom) -> None:
    Name.objects.create(title="Kherson", kind="place")
    Agreement.objects.create(engine="wordlist", reference="Nothing leaves this hub.")
    Budget.objects.create(language="uk")
    Policy.objects.create(kind="news")
    Term.objects.create(title="pre-study", definition="The year before the application.")
    add_topics(room)
    add_people(room)
    add_partnership(room)
    publish(add(room.section("umea", "sv"), InfoPage(title="Om samarbetet", lead="Så arbetar vi.")))


def _add_entries(stage: Stage) -> None:
    """Add names and terms in Ukrainian only, and such as have forms in other languages, too."""
    for scope, languages in (("own", ("uk",)), ("foreign", ("uk", "fi"))):
        stage.entries[scope] = [Name(kind="place"), Term(definition="A city.")]
        for entry in stage.entries[scope]:
            for language in languages:
                entry.forms.create(text=f"Misto ({scope})", language=language)
            entry.save()


def _add_files(stage: Stage) -> None:
    root = Collection.get_first_root_node()
    for name in ("Umeå", "Kherson"):
        collection = root.get_children().get(name=name)
        scope = "own" if name == "Umeå" else "foreign"
        stage.collections[scope] = collection
        stage.images[scope] = ContentImage.objects.create(
            title=name, file=ContentFile(photograph(), name="bild.jpg"), collection=collection, width=1000, height=600
        )
        file = ContentFile(b"%PDF-1.4", name="brev.pdf")
        stage.documents[scope] = ContentDocument.objects.create(title=name, file=file, collection=collection)


NOT_WALKED = {
    "wagtailadmin_error_test",  # fails for everybody, which is what it is for
    "wagtailcore_login",
    "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete",  # for whoever is not signed in
}  # fmt: skip


def names() -> list[str]:
    """Return the name of every address of the admin, the bulk actions one by one."""
    found = {name for place, name in _walk(get_resolver()) if place.startswith("admin/")}
    return sorted((found | set(bulk_actions())) - NOT_WALKED - {BULK, ""})


def bulk_actions() -> dict[str, dict[str, str]]:
    """Return the arguments of every act on many objects at once, by the name under which the matrix knows it."""
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")  # finds them all
    return {
        f"{BULK} {model} {action}": {"app_label": app, "model_name": model, "action": action}
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    }


def _walk(resolver: Any, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        place = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, place, ":".join(filter(None, [space, entry.namespace])))
        elif isinstance(entry, URLPattern):
            yield place, ":".join(filter(None, [space, entry.name]))


def parameters(name: str) -> list[str]:
    """Return the names of the parameters of an address: of its longest form."""
    resolver: Any = get_resolver()
    *spaces, last = name.split(" ")[0].split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return max((list(params) for _pattern, params in _forms(resolver.reverse_dict.getlist(last))), key=len)


def _forms(possibilities: list[Any]) -> Iterator[tuple[str, list[str]]]:
    for possibility in possibilities:
        yield from possibility[0]


def is_let_in(stage: Stage, role: str, scope: str, name: str) -> bool | None:
    """Whether a person gets through with each of the objects; None where there are none."""
    verdicts = {}
    for arguments in arguments_of(stage, role, scope, name):
        client = Client()  # a new one each time: it is told of a refusal once more with the next answer
        client.force_login(stage.people[role])
        with transaction.atomic():
            verdicts[str(arguments)] = _visit(client, name, arguments)
            transaction.set_rollback(True)
    assert len(set(verdicts.values())) <= 1, f"{role}, {scope}, {name}: {verdicts}"
    return next(iter(verdicts.values()), None)


def has_object(name: str) -> bool:
    """Whether an address is about some object that can be one's own or not."""
    if name.startswith(BULK):
        return not name.startswith(f"{BULK} user")
    return name in ENTRIES or any(param in WHOSE for param in parameters(name))


PAGE = ("page_id", "page_to_move_id", "parent_page_id", "page_pk")
WHOSE = (
    *PAGE, "translation_id", "translation_source_id", "image_id", "document_id", "doc_id", "collection_id",
    "revision_id", "task_state_id", "workflow_state_id", "uploaded_file_id", "key",
)  # fmt: skip
FIXED: dict[str, Any] = {
    "action_name": "approve",
    "app_label": "news",
    "model_name": "newspage",
    "content_type_app_name": "news",
    "content_type_model_name": "newspage",
    "app_name": "content",
    "filter_spec": "width-100",
    "mode": "",
    "session_id": 1,
    "object_id": "1",
    "uidb64": "MQ",
    "token": "set-password",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}


def arguments_of(stage: Stage, role: str, scope: str, name: str) -> list[dict[str, Any]]:
    """Return the arguments of an address for each object in the scope."""
    if name.startswith(BULK):
        things = {
            "page": stage.pages[role, scope],
            "contentimage": [stage.images[scope]],
            "contentdocument": [stage.documents[scope]],
            "user": [stage.people["nobody"]],
        }
        said = bulk_actions()[name]
        return [{**said, "id": thing.pk} for thing in things[said["model_name"]]]
    params = parameters(name)
    made = []
    for thing in _things(stage, role, scope, name, params):
        said = {param: _value(param, thing, name) for param in params}
        made.append({param: value for param, value in said.items() if value not in ("", None)})
    return made


def _things(stage: Stage, role: str, scope: str, name: str, params: list[str]) -> list[Any]:
    """Return the objects that an address is about."""
    who = (role, scope)
    if name == "wagtail_localize:submit_page_translation":
        return list(stage.sources[who])
    if name == "wagtail_localize:update_translations":
        return [one for one in stage.translations[who] if scope == "own" or not _has_part(stage, role, one)]
    if name in ENTRIES:
        return [entry for entry in stage.entries[scope] if isinstance(entry, ENTRIES[name])]
    if "workflow" in name and "page_id" in params:
        return list(stage.reviews.get(who, []))
    if name.startswith(LOOKING_AROUND):
        return list(stage.trees.get(who, []))
    if name == "wagtailadmin_pages:copy":
        originals = set(Page.objects.exclude(is_translated()).values_list("pk", flat=True))
        return [page for page in stage.pages[who] if page.pk in originals]
    if name in WRITING_BELOW:
        return list(stage.parents.get(who, []))
    found: dict[str, list[Any]] = {
        **dict.fromkeys(("translation_id", "key"), stage.translations[who]),
        "image_id": [stage.images[scope]],
        "document_id": [stage.documents[scope]],
        "doc_id": [stage.documents[scope]],
        "collection_id": [stage.collections[scope]],
        "uploaded_file_id": list(_uploads(stage, role, scope, name)),
        **dict.fromkeys((*PAGE, "revision_id_a"), stage.pages[who]),
    }
    return next((list(found[param]) for param in params if param in found), [None])


def _uploads(stage: Stage, role: str, scope: str, name: str) -> Iterator[UploadedFile]:
    """Yield a file that somebody has just uploaded with others, and not described; one's own only if one may upload."""
    if "upload" not in name or (scope == "own" and role not in ("administrator", "editor")):
        return
    model, file = (ContentImage, "ny.jpg") if "images" in name else (ContentDocument, "ny.pdf")
    others = stage.people["nobody" if role == "administrator" else "administrator"]
    yield UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(model),
        file=ContentFile(photograph() if model is ContentImage else b"%PDF-1.4", name=file),
        uploaded_by_user=stage.people[role] if scope == "own" else others,
    )


ENTRIES: dict[str, type[Name | Term]] = {"names:delete": Name, "terms:delete": Term}
LOOKING_AROUND = ("wagtailadmin_explore", "wagtailadmin_api:pages:detail")
WRITING_BELOW = ("wagtailadmin_pages:add", "wagtailadmin_pages:add_subpage", "wagtailadmin_pages:preview_on_add")


def _has_part(stage: Stage, role: str, translation: Translation) -> bool:
    """Whether a role writes the source, or another translation of it: then newest text concerns them too."""
    mine = [*stage.pages[role, "own"], *stage.sources[role, "own"]]
    return translation.source.object_id in [str(page.translation_key) for page in mine] or any(
        str(page.translation_key) == str(translation.source.object_id) for page in mine
    )


def _value(param: str, thing: Any, name: str) -> Any:
    match param:
        case "page_id" | "page_to_move_id" | "parent_page_id" | "page_pk" | "image_id" | "document_id" | "doc_id":
            return thing.pk
        case "collection_id" | "translation_id" | "uploaded_file_id":
            return thing.pk
        case "key":
            return thing.source.object_id
        case "language":
            return thing.target_locale.language_code
        case "translation_source_id":
            return thing.source_id
        case "string_segment_id" | "segment_id":
            return StringSegment.objects.filter(source=thing.source).first().pk
        case "overridable_segment_id":
            return OverridableSegment.objects.filter(source=thing.source).first().pk
        case "destination_id":
            return thing.get_parent().pk
        case "revision_id":
            return thing.latest_revision_id
        case "task_state_id" | "workflow_state_id":
            return 0  # set when the page is in review
        case "task_id":
            return ReviewTask.objects.first().pk
        case "workflow_pk":
            return Workflow.objects.first().pk
        case "pk":
            return _pk(thing, name)
    return FIXED[param]


def _pk(thing: Any, name: str) -> Any:
    if thing is not None:
        return thing.pk
    space = name.split(":")[0]
    if name.startswith("wagtailadmin_workflows") and name.endswith("_task"):
        return ReviewTask.objects.first().pk
    if space.startswith("choose_") and space != "choose_any":
        return declaration_for(space.removeprefix("choose_")).model.objects.first().pk
    if space == "wagtailadmin_collections":
        return Collection.objects.last().pk
    models: dict[str, Any] = {
        "wagtailadmin_workflows": Workflow,
        "names": Name,
        "terms": Term,
        "machine_agreements": Agreement,
        "machine_budgets": Budget,
        "machine_rules": Policy,
        "wagtaillocales": Locale,
        "wagtailsites": Site,
        "wagtailusers_users": User,
        "wagtailusers_groups": Group,
        "wagtaildocs_chooser": ContentDocument,
        "wagtailimages_chooser": ContentImage,
    }
    model = models.get(space)
    if model:
        return model.objects.order_by("pk").first().pk
    if "images" in name:
        return ContentImage.objects.first().pk
    if "documents" in name:
        return ContentDocument.objects.first().pk
    return Page.objects.get(url_path="/sv/umea/").pk


def prepare(client: Client, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Bring the page of an address about reviews to its review; return the arguments with the review's numbers.

    Who gives a text to a colleague is on it: so says what is stored, also where they have no right to it.
    """
    if name == "desk_assign":
        Work.objects.create(**arguments, assignee_id=client.session["_auth_user_id"])
        return arguments
    page = Page.objects.filter(pk=arguments.get("page_id")).first()
    arguments = dict(arguments)
    if page and "workflow" in name:
        state = _bring_to_review(page.specific, client)
        for param, value in (("task_state_id", state.current_task_state_id), ("workflow_state_id", state.pk)):
            if param in arguments:
                arguments[param] = value
        if "task_id" in arguments:
            arguments["task_id"] = state.current_task_state.task_id
    return arguments


def _visit(client: Client, name: str, arguments: dict[str, Any]) -> bool:
    """Go there: look, and where that is not possible, press the button."""
    arguments = prepare(client, name, arguments)
    if name.startswith(BULK):
        return _visit_many(client, **arguments)
    answer = _knock(client, reverse(name, kwargs=arguments))
    if name.startswith("wagtailadmin_explore") and arguments:
        return bool(answer.status_code == 200)  # others are led to the part of the tree that is theirs
    return not is_refusal(answer)


def _visit_many(client: Client, app_label: str, model_name: str, action: str, id: int) -> bool:
    """Ask to act on an object as on many, and whether that may be; where it would be deleted, see whether it is."""
    things = apps.get_model(app_label, model_name).objects.filter(pk=id)
    url = f"{reverse(BULK, args=[app_label, model_name, action])}?id={id}"
    answer = client.get(url)
    is_let_in = bool(answer.status_code == 200 and answer.context["items"])
    if action == "delete":
        client.post(url, {})
        assert things.exists() is not is_let_in, f"{url}: said {is_let_in}, and did otherwise"
    return is_let_in


def _knock(client: Client, url: str) -> Any:
    """Look, and where there is nothing to look at, press the button; None when the view asked what to write."""
    body = encode_multipart("misto", {"value": "Умео"})
    ways = (
        lambda: client.get(url),
        lambda: client.post(url, {"next": reverse("wagtailadmin_account"), "as": client.session["_auth_user_id"]}),
        lambda: client.put(url, body, content_type="multipart/form-data; boundary=misto"),
    )
    for way in ways:
        try:
            answer = way()
        except (MultiValueDictKeyError, KeyError):
            return None
        if answer.status_code != 405:
            break
    return answer


def _bring_to_review(page: Any, client: Client) -> Any:
    """Start the page's review, and take it on to the step of who is signed in, if there is one."""
    administrator = User.objects.get(username="administrator")
    user = User.objects.get(pk=client.session["_auth_user_id"])
    state = page.get_workflow().start(page, administrator)
    while not state.is_at_final_task and not state.current_task_state.task.specific.get_actions(page, user):
        state.current_task_state.specific.approve(user=administrator)
        state.refresh_from_db()
    return state


def is_refusal(answer: Any) -> bool:
    """Whether somebody was sent away: forbidden, not found, or led elsewhere with a message that says so."""
    if answer is None:
        return False
    if answer.status_code in (403, 404):
        return True
    if answer.status_code != 302:
        return False
    return any(message.level == ERROR for message in get_messages(answer.wsgi_request))
