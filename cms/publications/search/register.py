"""Names and words that belong to no page, as the register of translators knows them: found in all their forms."""

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import Model, QuerySet

from cms.publications.search.models import SearchName
from cms.publications.search.names import names_of
from cms.publications.search.texts import Spelling
from cms.translation.models import Name, NameForm, Term, TermForm
from cms.translation.names.models import Form, Use


def learn(*, using: str) -> bool:
    """Make search know the register's names and terms of no page as they are; say whether it knew them otherwise.

    People are found by their pages only: of whoever has none, searches need to know nothing.
    """
    names = NameForm.objects.using(using).filter(name__page=None).exclude(name__kind=Name.Kind.PERSON)
    terms = TermForm.objects.using(using)
    wanted = [*_rows(names, Name, "name_id"), *_rows(terms, Term, "term_id")]
    known = SearchName.objects.using(using).filter(publication=None)
    if {_facts(row) for row in wanted} == {_facts(row) for row in known}:
        return False
    known.delete()
    SearchName.objects.using(using).bulk_create(wanted)
    return True


def _rows(forms: QuerySet[NameForm] | QuerySet[TermForm], entry: type[Model], field: str) -> Iterator[SearchName]:
    by_entry: dict[int, list[Form]] = {}
    for form in forms.exclude(use=Use.FORBIDDEN).order_by(field, "sort_order", "pk"):
        by_entry.setdefault(getattr(form, field), []).append(form)
    for pk, found in by_entry.items():
        yield from names_of(None, _key_of(entry, pk), _spellings(found))


def _spellings(forms: Iterable[Form]) -> Iterator[Spelling]:
    return (Spelling(form.text, form.language, is_of_a_person=False) for form in forms)


def _key_of(entry: type[Model], pk: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"{entry._meta.label_lower}:{pk}")


def _facts(row: SearchName) -> tuple[UUID, str, str]:
    return row.key, row.text, row.stem
