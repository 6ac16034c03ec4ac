"""Names: one person or place is called differently in each language and script."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.content.languages import language_choices
from cms.content.localize import same
from cms.content.parts import PagePart


class Script(models.TextChoices):
    """Scripts names are written in (ISO 15924)."""

    LATIN = "Latn", _("Latin")
    CYRILLIC = "Cyrl", _("Cyrillic")
    GREEK = "Grek", _("Greek")
    ARABIC = "Arab", _("Arabic")


class NameStatus(models.TextChoices):
    """What kind of name it is."""

    OFFICIAL = "official", _("Official: used by the people of the place, or by the person")
    EXONYM = "exonym", _("Exonym: what others call it, such as Cherson")
    HISTORICAL = "historical", _("Historical: no longer used")
    TRANSLITERATION = "transliteration", _("Transliteration: the same name in other letters")


class NamePart(PagePart):
    """One form of a name; readers who search for any of them find the page."""

    text = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    script = models.CharField(_("script"), max_length=4, choices=Script.choices, default=Script.LATIN)
    status = models.CharField(_("status"), max_length=16, choices=NameStatus.choices, default=NameStatus.OFFICIAL)

    override_translatable_fields = same("text", "language", "script", "status")

    class Meta(PagePart.Meta):
        abstract = True
        verbose_name = _("name")
