"""Names and terms with their forms in each language, and the pages that may mention a wrong one."""

import re
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

from cms.content.languages import language_choices

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class Use(models.TextChoices):
    """Whether a form is to be written."""

    PREFERRED = "preferred", _("Write this")
    ALLOWED = "allowed", _("May be written")
    FORBIDDEN = "forbidden", _("Never write this")


class Script(models.TextChoices):
    """Scripts that names are written in (ISO 15924)."""

    LATIN = "Latn", _("Latin")
    CYRILLIC = "Cyrl", _("Cyrillic")


class Status(models.TextChoices):
    """What kind of form it is."""

    OFFICIAL = "official", _("Official: used by the people of the place, or by the person")
    EXONYM = "exonym", _("Exonym: what others call it, such as Cherson")
    HISTORICAL = "historical", _("Historical: no longer used")
    TRANSLITERATION = "transliteration", _("Transliteration: the same name in other letters")


class Entry(ClusterableModel):
    """Something that has forms; its title and its spellings are taken from them, for lists and searches."""

    title = models.CharField(_("title"), max_length=200, editable=False)
    spellings = models.TextField(_("forms"), editable=False)

    class Meta:
        abstract = True
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the entry with its forms."""
        forms = list(self.forms.all())
        # Without an English one a title stays: who writes another language does not rename what others know it by.
        best = sorted(
            forms, key=lambda form: (form.use != Use.PREFERRED, form.language != "en", form.text != self.title)
        )
        self.title = best[0].text[:200] if best else self.title
        self.spellings = " · ".join(dict.fromkeys(form.text for form in forms))
        with transaction.atomic():
            super().save(*args, **kwargs)


class Form(Orderable):
    """One way to write something in a language."""

    text = models.CharField(_("form"), max_length=200)
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    use = models.CharField(_("use"), max_length=10, choices=Use.choices, default=Use.PREFERRED)

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the form together with what follows from it."""
        with transaction.atomic():
            super().save(*args, **kwargs)


class Name(Entry):
    """What somebody or something is called."""

    class Kind(models.TextChoices):
        PLACE = "place", _("Place")
        ORGANISATION = "organisation", _("Organisation")
        ROLE = "role", _("Role")
        PARTY = "party", _("Party")
        PERSON = "person", _("Person")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    note = models.TextField(
        _("note"), blank=True, help_text=_("What translators should know, and where it comes from.")
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("The person or partner of this name: partner cities and searches then know all its forms."),
    )

    class Meta(Entry.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")


class NameForm(Form):
    """One form of a name."""

    name = ParentalKey(Name, on_delete=models.CASCADE, related_name="forms")
    script = models.CharField(_("script"), max_length=4, choices=Script.choices, default=Script.LATIN)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.OFFICIAL)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the form with the script it is written in, which nobody should have to choose."""
        self.script = Script.CYRILLIC if _CYRILLIC.search(str(self.text)) else Script.LATIN
        super().save(*args, **kwargs)

    class Meta(Form.Meta):
        verbose_name = _("form of a name")
        verbose_name_plural = _("forms of names")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "text", "language"], name="one_form_of_a_name_per_language")
        ]


class Mention(Orderable):
    """A page that speaks about the forms of a name themselves, and so may show them all, in every language."""

    name = ParentalKey(Name, on_delete=models.CASCADE, related_name="mentions")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    why = models.CharField(_("why"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("page that mentions other forms")
        verbose_name_plural = _("pages that mention other forms")

    def __str__(self) -> str:
        return f"{self.name_id}: {self.page_id}"


class Term(Entry):
    """A word that means the same thing in all texts."""

    definition = models.TextField(_("definition"), help_text=_("What is meant, in a sentence or two."))

    class Meta(Entry.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")


class TermForm(Form):
    """A word for a term."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="forms")

    class Meta(Form.Meta):
        verbose_name = _("word for a term")
        verbose_name_plural = _("words for terms")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["term", "text", "language"], name="one_form_of_a_term_per_language")
        ]
