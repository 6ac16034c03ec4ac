"""The register as it is looked up: read once, then asked without queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from cms.content.languages import script_of
from cms.translation.names.models import Mention, Name, NameForm, Status, Term, TermForm, Use


@dataclass(frozen=True)
class Spelling:
    """One form of a name or term."""

    text: str
    language: str
    use: str
    status: str = ""


@dataclass(frozen=True)
class Known:
    """A name or a term, with all its forms."""

    pk: int
    kind: str
    note: str
    spellings: tuple[Spelling, ...]
    mentioned_by: frozenset[UUID] = field(default=frozenset())

    @property
    def is_term(self) -> bool:
        """Whether it is a word and no name."""
        return not self.kind

    @property
    def is_word(self) -> bool:
        """Whether it takes the endings of words: a term, or a role, which is written small."""
        return self.is_term or self.kind == Name.Kind.ROLE

    def forms(self, language: str, *uses: str) -> list[str]:
        """Return the forms of a language; those that may be written when no use is named."""
        wanted = uses or (Use.PREFERRED, Use.ALLOWED)
        return [one.text for one in self.spellings if one.language == language and one.use in wanted]

    def best(self, language: str) -> list[str]:
        """Return what is to be written in a language."""
        return self.forms(language, Use.PREFERRED) or self.forms(language)

    def foreign_forms(self, language: str) -> list[str]:
        """Return what other languages write in the same letters, when this one has a form of its own."""
        own = set(self.forms(language))
        if self.is_term or not own:
            return []
        others = (
            one.text
            for one in self.spellings
            if one.language != language
            and one.use != Use.FORBIDDEN
            and one.status != Status.HISTORICAL
            and script_of(one.language) == script_of(language)
        )
        return [text for text in dict.fromkeys(others) if text not in own]


Register = tuple[Known, ...]

OwnerT = TypeVar("OwnerT", Name, Term)


def read_register() -> Register:
    """Return the whole register, in three queries."""
    mentions: dict[int, set[UUID]] = {}
    for pk, key in Mention.objects.values_list("name", "page__translation_key"):
        mentions.setdefault(pk, set()).add(key)
    names = _by_owner(
        (form.name, form) for form in NameForm.objects.select_related("name").order_by("sort_order", "pk")
    )
    terms = _by_owner(
        (form.term, form) for form in TermForm.objects.select_related("term").order_by("sort_order", "pk")
    )
    return (
        *(
            Known(name.pk, name.kind, name.note, forms, frozenset(mentions.get(name.pk, ())))
            for name, forms in names.items()
        ),
        *(Known(term.pk, "", term.definition, forms) for term, forms in terms.items()),
    )


def forms_of_pages(keys: Iterable[UUID]) -> dict[UUID, list[NameForm]]:
    """Return the forms of the names that belong to pages, those that may be written; one query."""
    rows = NameForm.objects.filter(name__page__translation_key__in=set(keys)).exclude(use=Use.FORBIDDEN)
    found: dict[UUID, list[NameForm]] = {}
    for row in rows.select_related("name__page").order_by("name", "sort_order", "pk"):
        if row.name.page:
            found.setdefault(row.name.page.translation_key, []).append(row)
    return found


def _by_owner(pairs: Iterable[tuple[OwnerT, NameForm | TermForm]]) -> dict[OwnerT, tuple[Spelling, ...]]:
    found: dict[OwnerT, list[Spelling]] = {}
    for owner, form in pairs:
        found.setdefault(owner, []).append(Spelling(form.text, form.language, form.use, getattr(form, "status", "")))
    return {owner: tuple(spellings) for owner, spellings in found.items()}
