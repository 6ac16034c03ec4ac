"""What every published page has in common, whatever its type."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, PagePermissionTester
from wagtail_localize.fields import SynchronizedField

from cms.content.forms import ContentPageForm
from cms.content.images import ContentImage
from cms.content.localize import LocalField, SlugField, same
from cms.content.paths import public_path
from cms.content.previews import show_preview
from cms.content.references import indexed_once
from cms.content.slugs import free_slug


class Disclosure(models.TextChoices):
    """Whether artificial intelligence took part in writing a text (EU AI Act, Regulation 2024/1689, Article 50)."""

    NONE = "none", pgettext_lazy("artificial intelligence", "None: written by people")
    ASSISTED = "assisted", pgettext_lazy("artificial intelligence", "Assisted: a person wrote with its help")
    AUTONOMOUS = "autonomous", pgettext_lazy("artificial intelligence", "Autonomous: written by it")


class ContentPage(Page):
    """A page that editors own and partner cities receive as a document."""

    slug: Any  # Wagtail has no types

    published_at = models.DateTimeField(
        _("date for readers"),
        null=True,
        blank=True,
        help_text=_("What readers see and lists sort by, in every language. Empty: when it is first published."),
    )
    canonical_url = models.URLField(
        _("your own page"),
        blank=True,
        help_text=_("Where this text stands on your own website, if it does. Partners can link to it."),
    )
    license = models.CharField(
        _("licence of the text"),
        max_length=40,
        blank=True,
        default="CC-BY-4.0",
        help_text=_("How partners may use the text. CC-BY-4.0: freely, when they name the source."),
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=200,
        blank=True,
        help_text=_("How partners name the source. Empty: the name of the partner."),
    )
    ai_disclosure = models.CharField(
        _("artificial intelligence"),
        max_length=12,
        choices=Disclosure.choices,
        default=Disclosure.NONE,
        help_text=_("Say it when it took part in writing this text, in this language."),
    )

    base_form_class = ContentPageForm
    search_auto_update = False  # Wagtail's reads the row again and does nothing with it; ours comes after the commit
    show_in_menus_default = False
    rights: ClassVar[type[PagePermissionTester]] = PagePermissionTester
    """Who may do what: upper rooms put their own rules here when they start."""

    exclude_fields_in_copy: ClassVar[list[str]] = ["published_at", "canonical_url"]
    override_translatable_fields: ClassVar[list[Any]] = [
        SlugField("slug"),
        LocalField("ai_disclosure"),
        LocalField("seo_title"),
        LocalField("search_description"),
        *same("license", "published_at", "show_in_menus"),
        SynchronizedField("canonical_url"),
    ]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The BCP 47 code of the language this page is written in."""
        return str(self.locale.language_code)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what the user may do with this page."""
        return self.rights(user, self)

    def describe_card(self) -> dict[str, Any]:
        """Return what cards of this page show beside its title and path; page types with more to show say it."""
        return {}

    def find_last_major_change(self) -> tuple[datetime, str] | None:
        """Return when this text last changed in a way that matters to readers, and how."""
        return None

    def find_next_change(self, after: datetime) -> datetime | None:
        """Return when time alone will next change this page's document, its images apart."""
        return None

    def is_permitted(self, at: datetime) -> bool:
        """Whether there is, at that time, a ground for showing this page at all."""
        return True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Check the page, giving a draft the slug its title suggests: Django would drop a Cyrillic one."""
        self._suggest_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """Check what a draft needs."""
        self._suggest_slug()
        super().minimal_clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the page; its slug is made from the title when it first goes live, and never changes after."""
        with transaction.atomic():
            if self.live and self.path and not _was_published(self):
                self.slug = free_slug(self, str(self.slug) if self._is_placed() else "")
            with indexed_once(self, only=kwargs.get("update_fields")):
                super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> Self:
        """Read a revision, but keep the slug of a page that has been published: addresses are promises."""
        page: Self = super().with_content_json(content)
        if self.first_published_at:
            page.slug, page.url_path = self.slug, self.url_path
        return page

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Where people read the page: the hub's own reading page, made from the publication."""
        found = super().get_url_parts(request)
        return (found[0], settings.PUBLIC_URL, public_path(self)) if found else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft to its editor as readers would see it."""
        return show_preview(request, self)

    def _is_placed(self) -> bool:
        """Whether the page is made live at once, as by the set-up or a copy: then its slug was chosen with it."""
        return bool(self._state.adding and self.first_published_at)

    def _suggest_slug(self) -> None:
        if not self.slug and self.title and (self.path or getattr(self, "_cached_parent_obj", None)):
            self.slug = free_slug(self)


class Illustrated(models.Model):
    """A page with one main image, described for this very use."""

    image = models.ForeignKey(
        ContentImage, verbose_name=_("image"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the image shows, for those who cannot see it. Read aloud instead of the image."),
    )
    image_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The image says nothing that the text does not. Screen readers pass over it."),
    )
    image_caption = models.CharField(_("caption"), max_length=300, blank=True, help_text=_("Printed below the image."))

    class Meta:
        abstract = True


class IndexPage(Page):
    """A place in the tree where pages of one sort lie; it is no document, and readers never see it."""

    override_translatable_fields: ClassVar[list[Any]] = [
        SlugField("slug"),
        LocalField("seo_title"),
        LocalField("search_description"),
    ]
    max_count_per_parent = 1
    search_auto_update = False  # as above
    preview_modes: ClassVar[list[Any]] = []
    show_in_menus_default = False
    rights: ClassVar[type[PagePermissionTester]] = PagePermissionTester

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what the user may do with this page."""
        return self.rights(user, self)

    def get_url_parts(self, request: Any = None) -> None:
        """Nowhere: there is nothing to read."""


def _was_published(page: ContentPage) -> bool:
    """Whether the stored page has ever been live."""
    return bool(page.pk and type(page).objects.filter(pk=page.pk, first_published_at__isnull=False).exists())
