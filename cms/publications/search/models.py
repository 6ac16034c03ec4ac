"""What search knows of each published text, and of the spellings of each name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchText(models.Model):
    """The words of one published text; there is none for what lists do not show.

    Triggers of the database keep what it searches in: on PostgreSQL the columns `vector` and `head` of this table, on
    SQLite the full-text table `publications_words`. SQLite loses triggers when Django alters a table: a migration that
    does so makes them again.
    """

    publication = models.OneToOneField(
        "publications.Publication",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_text",
        verbose_name=_("publication"),
    )
    key = models.UUIDField(_("key"))
    language = models.CharField(_("language"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20)
    published_at = models.DateTimeField(_("date for readers"))
    title_words = models.TextField(_("words of the title"))
    name_words = models.TextField(_("words of the names"), blank=True)
    text_words = models.TextField(_("words of the text"), blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")

    def __str__(self) -> str:
        """Name the text for a log."""
        return f"{self.kind} {self.key} ({self.language})"


class SearchName(models.Model):
    """One spelling of a name, or of one of its words; those of the same key and part mean the same.

    What has no publication is a name or a word of the register that belongs to no page.
    """

    publication = models.ForeignKey(
        "publications.Publication",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="search_names",
        verbose_name=_("publication"),
    )
    key = models.UUIDField(_("key"))
    part = models.CharField(_("part of a name"), max_length=10)
    text = models.CharField(_("name"), max_length=300, db_index=True)
    stem = models.CharField(_("stem"), max_length=300, db_index=True)

    class Meta:
        verbose_name = _("spelling of a name")
        verbose_name_plural = _("spellings of names")
        indexes = [models.Index(fields=["key", "part"], name="searchname_key_part")]

    def __str__(self) -> str:
        """Name the spelling for a log."""
        return f"{self.text} ({self.key} {self.part})"
