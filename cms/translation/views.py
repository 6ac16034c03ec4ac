"""localize's views, safe: who may write which language, and nothing published on the way."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.tasks import background
from wagtail_localize.views.edit_translation import preview_translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.content.errors import PublishingRefused
from cms.content.receipts import note_taken
from cms.translation.errors import TranslationRefused
from cms.translation.memory import prefill_all
from cms.translation.permissions import languages_to_write, may_read
from cms.translation.publishing import publish_translation
from cms.translation.schedules import say_when
from cms.translation.sources import with_page
from cms.translation.submitting import translate_all, translate_below


class SubmitForm(SubmitTranslationForm):
    """Which languages a page is to be translated into: those that its reader may write."""

    def __init__(self, page: Page, *args: Any, user: Any, **kwargs: Any) -> None:
        """Offer the user's languages."""
        super().__init__(page, *args, **kwargs)
        mine = self.fields["locales"].queryset.filter(language_code__in=languages_to_write(user, page))
        self.fields["locales"].queryset = mine


class SubmitView(SubmitPageTranslationView):
    """Begins translations of a published page."""

    object: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show a page only to those who may read it and write some other language."""
        page = self.get_object()
        if not may_read(request.user, page) or not languages_to_write(request.user, page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_subtitle(self) -> str:
        """Return the published title; localize shows that of the draft."""
        return str(self.object.title)

    def get_form(self) -> SubmitForm:
        """Return the form: one per request, so that it keeps what was found wrong."""
        if not hasattr(self, "_form"):
            wanted = Locale.objects.filter(language_code=self.request.GET.get("select_locale"))
            data = self.request.POST if self.request.method == "POST" else None
            self._form = SubmitForm(self.object, data, user=self.request.user, initial={"locales": wanted})
        return self._form

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        """Begin the translations, all or none."""
        languages = [locale.language_code for locale in form.cleaned_data["locales"]]
        try:
            begun = translate_all(self.object, languages, self.request.user)
        except (TranslationRefused, PublishingRefused) as refused:
            form.add_error("locales", str(refused))
            response: HttpResponse = self.render_to_response(self.get_context_data())
            return response
        if form.cleaned_data["include_subtree"]:
            background.enqueue(translate_below, [self.object.pk, languages, self.request.user], {})
        names = ", ".join(str(locale.get_display_name()) for locale in form.cleaned_data["locales"])
        messages.success(self.request, self.get_success_message(names))
        only = begun[0].get_target_instance() if len(begun) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(only))


class UpdateForm(forms.Form):
    """Nothing to choose: new text is given to translators, and what is live stays as it is."""


class UpdateView(UpdateTranslationsView):
    """Gives translators the published text of a source; publishing it does the same by itself."""

    object: TranslationSource

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let those in who may write the source or one of its translations, and read the source."""
        made = self.get_object()
        source = made.get_source_instance()
        pages = [source, *_targets(made)]
        if not may_read(request.user, source) or not any(
            page.permissions_for_user(request.user).can_edit() for page in pages
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_object(self) -> TranslationSource:
        """Return the source, while its page is there."""
        found: TranslationSource = get_object_or_404(with_page(), pk=self.kwargs["translation_source_id"])
        return found

    def get_form(self) -> UpdateForm:
        """Return the form."""
        return UpdateForm(self.request.POST or None)

    @transaction.atomic
    def form_valid(self, form: UpdateForm) -> HttpResponseRedirect:
        """Extract the published text; a draft is nobody's to translate yet."""
        page = self.object.get_source_instance()
        if page.live:
            source, _created = TranslationSource.update_or_create_from_instance(page)
            prefill_all(source)
            messages.success(self.request, self.get_success_message())
        else:
            messages.error(self.request, _("Publish the page first: what is translated is the published text."))
        return redirect(self.get_success_url() or self.get_default_success_url())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it; there is nothing that could be filled in wrongly."""
        return self.form_valid(self.get_form())


def preview(request: HttpRequest, translation_id: int, mode: str | None = None) -> HttpResponse:
    """Show a translation as readers would see it; what is open shows the source."""
    rows = Translation.objects.filter(source__in=with_page()).select_related("source")
    translation = get_object_or_404(rows, pk=translation_id)
    get_object_or_404(Page, translation_key=translation.source.object_id, locale=translation.target_locale_id)
    shown: HttpResponse = preview_translation(request, translation_id, mode)
    return shown


def publish(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Publish a translation from localize's editor, or say why not."""
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    try:
        published = publish_translation(translation, request.user)  # type: ignore[arg-type]  # signed in
    except (PublishingRefused, TranslationRefused) as refused:
        messages.error(request, str(refused))
    else:
        names = {"page": published.title, "language": translation.target_locale.get_display_name()}
        messages.success(request, say_when(published) or _("Published “%(page)s” in %(language)s.") % names)
        note_taken(request)
    return redirect(request.path)


def lead_to_queue(request: HttpRequest) -> HttpResponse:
    """Lead from localize's report to the queue, which shows its reader what is theirs."""
    return redirect("desk_queue")


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say why no page becomes an alias of another language's page."""
    messages.error(request, _("A page is never an alias of another language: readers would get the wrong one."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page_id]))


def _targets(source: TranslationSource) -> list[Page]:
    """Return the pages that are translated from a source."""
    locales = source.translations.filter(enabled=True).values("target_locale")
    return list(Page.objects.filter(translation_key=source.object_id, locale__in=locales).specific())
