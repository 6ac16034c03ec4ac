"""Whoever reviews a language keeps its names and terms, sees those of others, and changes none of them."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.demo.rights import set_up_reviewers
from cms.translation.models import Mention, Name, Term
from tests.newsroom import Newsroom
from tests.translators.desk import signed_in

COUNTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
THEIRS = "Forms in other languages are changed by their reviewers. Nothing was saved."
EVERYBODYS = "It holds in every language, and there are forms that others keep: an administrator changes it."


@pytest.fixture
def reviewer(room: Newsroom) -> User:
    """Who reviews Finnish."""
    user = User.objects.create_user("fi-reviewer")
    user.groups.add(set_up_reviewers(room.home("fi")))
    return user


@pytest.fixture
def kherson() -> Name:
    """A name with forms in three languages, of which one is never to be written."""
    name = Name(kind="place", note="Обласний центр.")
    for place, (text, language, use) in enumerate(
        (
            ("Cherson", "sv", "preferred"),
            ("Kherson", "sv", "forbidden"),
            ("Херсон", "uk", "preferred"),
            ("Herson", "fi", "preferred"),
        ),
        start=1,
    ):
        name.forms.create(text=text, language=language, use=use, sort_order=place)
    name.save()
    return name


def rows_of(entry: Any, *languages: str) -> list[dict[str, Any]]:
    """Return the rows of an entry's forms as its page sends them; all where no language is named."""
    return [
        {"id": form.pk, "text": form.text, "language": form.language, "use": form.use, "status": "official"}
        for form in entry.forms.all()
        if not languages or form.language in languages
    ]


def row(text: str, language: str, use: str = "preferred") -> dict[str, Any]:
    return {"text": text, "language": language, "use": use, "status": "official"}


def send(
    user: User, entry: Any, *rows: dict[str, Any], mentions: tuple[dict[str, Any], ...] = (), **fields: Any
) -> Any:
    """Send the form of a name with these rows."""
    data = {"note": entry.note, **fields}
    for prefix, listed in (("forms", rows), ("mentions", mentions)):
        known = sorted(listed, key=lambda one: "id" not in one)
        said = {"TOTAL_FORMS": len(known), "INITIAL_FORMS": sum("id" in one for one in known)}
        data |= {f"{prefix}-{name}": value for name, value in (COUNTS | said).items()}
        for number, one in enumerate(known):
            data |= {f"{prefix}-{number}-{name}": value for name, value in one.items()}
            data[f"{prefix}-{number}-ORDER"] = number + 1
    url = reverse("names:edit", args=[entry.pk]) if entry.pk else reverse("names:add")
    return signed_in(user).post(url, data)


def forms_of(entry: Any) -> set[tuple[int, str, str, str, int]]:
    """Return everything that is stored of an entry's forms."""
    found = type(entry).objects.get(pk=entry.pk).forms
    return set(found.values_list("pk", "text", "language", "use", "sort_order"))


def words(answer: Any) -> str:
    """Return what a page says."""
    return " ".join(strip_tags(answer.content.decode()).split())


def test_a_reviewer_adds_changes_and_takes_away_forms_of_their_language(reviewer: User, kherson: Name) -> None:
    [own] = rows_of(kherson, "fi")
    others = {form for form in forms_of(kherson) if form[2] != "fi"}
    answer = send(reviewer, kherson, own | {"text": "Hersoni"}, row("Cherson", "fi", "forbidden"), note="Kaupunki.")
    assert answer.status_code == 302
    assert {form[1:4] for form in forms_of(kherson) - others} == {
        ("Hersoni", "fi", "preferred"), ("Cherson", "fi", "forbidden"),
    }  # fmt: skip
    assert others < forms_of(kherson)
    taken = [one | {"DELETE": "1"} for one in rows_of(Name.objects.get(), "fi")]
    assert send(reviewer, kherson, *taken).status_code == 302
    assert forms_of(kherson) == others


@pytest.mark.parametrize(
    "change",
    [{"text": "Kherson"}, {"use": "forbidden"}, {"language": "fi"}, {"DELETE": "1"}],
    ids=["written otherwise", "forbidden", "moved to their own language", "deleted"],
)
def test_nobody_touches_a_form_of_a_language_they_do_not_review(
    reviewer: User, kherson: Name, change: dict[str, str]
) -> None:
    [own], [theirs, _never] = rows_of(kherson, "fi"), rows_of(kherson, "sv")
    before = forms_of(kherson)
    answer = send(reviewer, kherson, own | {"text": "Hersoni"}, theirs | change)
    assert THEIRS in words(answer)
    assert "Hersoni" in answer.content.decode()
    assert forms_of(kherson) == before


@pytest.mark.parametrize("is_new", [True, False], ids=["a new form", "a form of their own"])
def test_nobody_writes_a_form_into_a_language_they_do_not_review(reviewer: User, kherson: Name, is_new: bool) -> None:
    [own] = rows_of(kherson, "fi")
    before = forms_of(kherson)
    rows = [own, row("Umeå", "sv", "forbidden")] if is_new else [own | {"language": "sv", "use": "forbidden"}]
    assert THEIRS in words(send(reviewer, kherson, *rows))
    assert forms_of(kherson) == before


def test_a_row_of_another_name_stays_where_it_is(reviewer: User, kherson: Name) -> None:
    other = Name(kind="place")
    other.forms.create(text="Vasa", language="sv")
    other.save()
    before = forms_of(other)
    send(reviewer, kherson, *rows_of(kherson, "fi"), rows_of(other)[0] | {"language": "fi", "DELETE": "1"})
    assert forms_of(other) == before


def test_forms_of_others_are_shown_and_cannot_be_typed_in(reviewer: User, kherson: Name) -> None:
    page = signed_in(reviewer).get(reverse("names:edit", args=[kherson.pk]))
    assert "Cherson · svenska · Write this" in words(page)
    assert "Kherson · svenska · Never write this" in words(page)
    assert "Херсон · українська · Write this" in words(page)
    assert re.findall(r'aria-readonly="true">\s*(.*?)\s*<', page.content.decode()) == ["Place", "–"]  # and no page
    formset = page.context["form"].formsets["forms"]
    assert [form["text"].value() for form in formset.initial_forms] == ["Herson"]
    assert formset.empty_form.fields["language"].choices == [("fi", "suomi")]


def test_an_administrator_keeps_all_forms(admin_user: User, kherson: Name) -> None:
    rows = [one | {"use": "allowed"} for one in rows_of(kherson)]
    assert send(admin_user, kherson, *rows, row("Kherson", "en"), kind="place", page="").status_code == 302
    assert {form[3] for form in forms_of(kherson)} == {"allowed", "preferred"}
    assert Name.objects.get().title == "Kherson"


@pytest.mark.parametrize("field", ["kind", "page", "mentions"])
def test_what_holds_in_every_language_is_changed_by_whoever_keeps_every_form(
    room: Newsroom, reviewer: User, admin_user: User, kherson: Name, field: str
) -> None:
    page = room.section("kherson", "sv")
    said: dict[str, Any] = {"kind": "person"} if field == "kind" else {"page": page.pk}
    if field == "mentions":
        said = {"mentions": ({"page": page.pk, "why": "Namnen själva."},)}
    own = rows_of(kherson, "fi")
    assert EVERYBODYS in words(send(reviewer, kherson, *own, **said))
    kherson.refresh_from_db()
    assert (kherson.kind, kherson.page, Mention.objects.count()) == ("place", None, 0)
    rest: dict[str, Any] = {"kind": "place", "page": ""}
    assert send(admin_user, kherson, *rows_of(kherson), **(rest | said)).status_code == 302
    kherson.refresh_from_db()
    assert (kherson.kind, kherson.page, Mention.objects.count()) != ("place", None, 0)


def test_whoever_keeps_every_form_says_what_holds_in_every_language(room: Newsroom, reviewer: User) -> None:
    page = room.section("umea", "fi")
    said = {"mentions": ({"page": page.pk, "why": "Nimistä."},), "kind": "place", "page": page.pk}
    assert send(reviewer, Name(), row("Uumaja", "fi"), **said).status_code == 302
    name = Name.objects.get()
    assert (name.title, name.page_id, name.mentions.count()) == ("Uumaja", page.pk, 1)
    assert send(reviewer, name, *rows_of(name), kind="organisation", page="", note="").status_code == 302
    assert Name.objects.get().kind == "organisation"


def test_what_holds_in_every_language_is_shown_to_be_read(room: Newsroom, reviewer: User, kherson: Name) -> None:
    page = room.section("kherson", "fi")
    kherson.page = Page.objects.get(pk=page.pk)
    kherson.mentions.create(page=kherson.page, why="Kertoo nimistä.")
    kherson.save()
    said = words(signed_in(reviewer).get(reverse("names:edit", args=[kherson.pk])))
    assert "Place" in said
    assert f"{room.section('kherson', 'en').title} · Kertoo nimistä." in said
    assert send(reviewer, kherson, *rows_of(kherson, "fi")).status_code == 302
    assert Name.objects.get().page_id == page.pk
    assert Mention.objects.count() == 1


def test_a_title_of_others_stays_when_a_form_is_added(reviewer: User, kherson: Name) -> None:
    assert kherson.title == "Cherson"
    first = kherson.forms.get(text="Cherson")
    type(first)._default_manager.filter(pk=first.pk).update(sort_order=9)  # theirs come before it from now on
    send(reviewer, kherson, *rows_of(Name.objects.get(), "fi"), row("Hersoni", "fi"))
    assert Name.objects.get().title == "Cherson"


def test_a_name_with_forms_of_others_is_not_deleted(reviewer: User, kherson: Name) -> None:
    answer = signed_in(reviewer).post(reverse("names:delete", args=[kherson.pk]), follow=True)
    assert "Nothing was deleted: there are forms in other languages" in words(answer)
    assert Name.objects.get().forms.count() == 4


def test_a_term_of_their_language_is_theirs_alone(reviewer: User) -> None:
    mine, shared = Term(definition="Mitä sovitaan."), Term(definition="Året före.")
    mine.forms.create(text="aiesopimus", language="fi")
    shared.forms.create(text="esiselvitys", language="fi")
    shared.forms.create(text="förstudie", language="sv")
    for term in (mine, shared):
        term.save()
        signed_in(reviewer).post(reverse("terms:delete", args=[term.pk]))
    assert list(Term.objects.all()) == [shared]


def test_whoever_may_keep_names_and_reviews_nothing_changes_no_form(room: Newsroom, kherson: Name) -> None:
    """Rights that somebody gave by hand open the page, and no language."""
    user = User.objects.create_user("terminologist")
    user.user_permissions.set(set_up_reviewers(room.home("fi")).permissions.all())
    page = signed_in(user).get(reverse("names:edit", args=[kherson.pk]))
    assert "Herson · suomi · Write this" in words(page)
    assert 'id="id_forms-ADD"' not in page.content.decode()
    assert THEIRS in words(send(user, kherson, row("Hersoni", "fi")))


def test_a_form_that_a_colleague_has_added_meanwhile_is_not_added_twice(reviewer: User, kherson: Name) -> None:
    seen = rows_of(kherson, "fi")
    send(reviewer, kherson, *seen, row("Hersoni", "fi"))
    before = forms_of(kherson)
    assert "“Hersoni” was added meanwhile" in words(send(reviewer, kherson, *seen, row("Hersoni", "fi")))
    assert send(reviewer, kherson, *seen, row("Hersonin kaupunki", "fi")).status_code == 302
    assert before < forms_of(kherson)
