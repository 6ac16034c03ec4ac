"""Names of a source that its translation has in no form: a machine wrote them as it pleased, or they were forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from cms.translation.names.matching import derived_pattern, plain
from cms.translation.names.models import Name
from cms.translation.names.offers import find_form, may_stand
from cms.translation.names.register import Known, Register

NAMED = (Name.Kind.PLACE, Name.Kind.PERSON, Name.Kind.ORGANISATION, Name.Kind.PARTY)
"""What a translation names when its source does. A role or a term people may put in other words."""


@dataclass(frozen=True)
class Missing:
    """A name or a term as the source writes it, and what this text has in no form."""

    found: str
    forms: tuple[str, ...]
    is_term: bool

    @property
    def sentence(self) -> str:
        """What to tell the translator."""
        forms = _(" or ").join(_("“%(form)s”") % {"form": form} for form in self.forms)
        said = {"found": self.found, "forms": forms}
        return _("The source says “%(found)s”; %(forms)s stands here in no form.") % said


def find_missing(
    source: str,
    target: str,
    languages: tuple[str, str],
    register: Register,
    *,
    key: UUID | None = None,
    with_words: bool = False,
) -> Iterator[Missing]:
    """Yield the names of a plain text that its translation has in no form; `with_words` its terms and roles, too.

    What is made of a name counts as the name: uumajalainen, херсонський.
    """
    source, target = plain(source), plain(target)
    small = source.lower()
    for known in register:
        if key in known.mentioned_by or not known.best(languages[1]) or not (with_words or known.kind in NAMED):
            continue
        if not may_stand(known, small, languages[0]):
            continue
        places = find_form(known, source, languages[0])
        if places and not _stands(known, target, languages[1]):
            start, end = min(places)
            yield Missing(source[start:end], tuple(known.best(languages[1])), known.is_term)


def _stands(known: Known, text: str, language: str) -> bool:
    if find_form(known, text, language):
        return True
    return not known.is_word and any(derived_pattern(form, language).search(text) for form in known.forms(language))
