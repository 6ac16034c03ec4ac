"""The concordance as a page of the admin."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cms.content.languages import name_of
from cms.translation.concordance.filters import ConcordanceForm
from cms.translation.concordance.finding import find_pairs, read_pairs
from cms.translation.concordance.questions import ask
from cms.translation.queue.reach import Reach, reach_of

PER_PAGE = 20


def concordance(request: HttpRequest) -> HttpResponse:
    """Show the earlier translations that have the words somebody looks for."""
    reach = reach_of(request.user)
    form = ConcordanceForm(request.GET, reach=reach)
    context = {"form": form, **_answer(request, form, reach)}
    return TemplateResponse(request, "translation/concordance/concordance.html", context)


def _answer(request: HttpRequest, form: ConcordanceForm, reach: Reach) -> dict[str, Any]:
    """Return what was found, or a sentence on why nothing was looked for; nothing when nothing was asked."""
    if not form.is_valid():
        return {"sentence": " ".join(str(message) for messages in form.errors.values() for message in messages)}
    if not form.cleaned_data["q"]:
        return {}
    question, languages = ask(form.cleaned_data["q"]), form.languages()
    if not question:
        return {"sentence": _("Type a word of at least two letters.")}
    if languages is None:
        return {"sentence": _("Choose two different languages.")}
    found = find_pairs(question, languages, form.cleaned_data["where"], request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return {
        "found": read_pairs(list(page.object_list), question, languages, reach),
        "page_obj": page,
        "total": len(found),
        "languages": languages,
        "source_name": name_of(languages.source),
        "target_name": name_of(languages.target),
        "is_asked": True,
    }
