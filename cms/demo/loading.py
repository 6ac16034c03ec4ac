"""Loads the demo: the ground, the accounts, then item by item the original and its translations.

Each item is one transaction and what is there already is left alone, so a load can be repeated, and one that was
interrupted can be run again.
"""

from collections.abc import Generator, Iterator
from dataclasses import replace

from django.core.management import call_command
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.content.pages import ContentPage, Disclosure
from cms.demo.accounts import make_accounts
from cms.demo.agreements import record_agreement
from cms.demo.bodies import block_id
from cms.demo.drawings import DRAWINGS
from cms.demo.ground import Declaration, find, get, publish, put, set_up_homes, set_up_partner, set_up_topics
from cms.demo.media import image
from cms.demo.pages import MODELS, fill, has_text
from cms.demo.register import fill_register
from cms.demo.reviews import set_up_language_reviews, set_up_section_reviews
from cms.demo.rights import set_up_editors, set_up_translators
from cms.demo.texts import Item, items, key_of, partner_files, topics
from cms.demo.translating import begin, say_how_they_were_made, translate
from home.models import HomePage
from news.models import NewsIndexPage
from partners.models import PartnerPage, PartnershipIndexPage, PeopleIndexPage

WRITTEN_IN = ("sv", "uk", "fi", "en")
"""The languages that every text of the demo is in."""

INDEXES = {"news": NewsIndexPage, "people": PeopleIndexPage, "partnerships": PartnershipIndexPage}


def load() -> Generator[str, None, None]:
    """Load everything that is missing, yielding a sentence about each part."""
    with disable_reference_index_auto_update():  # a tenth of the time; the index of what uses what is made at the end
        yield from _load_everything()
    call_command("rebuild_references_index", verbosity=0)
    yield "index: what uses what"


def _load_everything() -> Iterator[str]:
    yield f"languages and homes: {', '.join(set_up_homes(key_of('home', 'home')))}"
    for file in partner_files():
        declared = Declaration.read(file)
        sections = set_up_partner(replace(declared, key=key_of("partners", declared.slug)))
        editors = set_up_editors(sections.values(), declared.name)
        set_up_section_reviews(sections.values(), editors, declared.name)
        yield f"section: {declared.title['en']}"
    labels = topics()
    set_up_topics(labels, {code: key_of("topics", code) for code in labels}, ai_disclosure=Disclosure.AUTONOMOUS)
    yield f"topics: {', '.join(labels)}"
    for home in HomePage.objects.select_related("locale"):
        set_up_translators(home)
        set_up_language_reviews(home)
    yield f"accounts: {', '.join(account.username for account in make_accounts())}"
    for name in DRAWINGS:
        image(name)
    yield f"pictures: {len(DRAWINGS)}"
    for item in items():
        yield f"{item.kind}: {_load(item)}"
    yield f"register: {fill_register()} names and terms"
    yield f"machine suggestions: {record_agreement()}"


@transaction.atomic
def _load(item: Item) -> str:
    """Load one item; return its title and the languages it is published in."""
    first = item.before_it_was_extended()
    _write(first)
    made = translate(first, [item.stale] if item.stale else [])
    if item.is_extended:
        _extend(item)
    made += translate(item, item.translations)
    say_how_they_were_made(item, made)
    if item.half_done:
        begin(item, item.half_done)
    return f"{item.said['title'][item.source]} ({', '.join([item.source, *item.translations])})"


def _write(item: Item) -> None:
    """Publish the original, unless it is there."""
    page = find(MODELS[item.kind], item.key, item.source)
    if page is not None and has_text(page):
        return
    with override(item.source):
        if page is not None:
            publish(fill(page, item, item.source))
            return
        page = MODELS[item.kind](locale=Locale.objects.get(language_code=item.source))
        slug = item.said.get("slug", {}).get(item.source, "")
        put(_parent(item), fill(page, item, item.source), language=item.source, key=item.key, slug=slug)


def _extend(item: Item) -> None:
    """Publish the original again, with what was added later, unless that has been done."""
    page = get(MODELS[item.kind], item.key, item.source)
    later = {block_id(item, block["id"]) for block in item.said["body"] if block.get("later")}
    if later - {block.id for block in page.body}:
        with override(item.source):
            publish(fill(page, item, item.source))


def _parent(item: Item) -> ContentPage:
    parent: ContentPage = HomePage.objects.get(locale__language_code=item.source)
    if item.section:
        parent = PartnerPage.objects.child_of(parent).get(slug=item.section)
    if item.kind in INDEXES:
        parent = INDEXES[item.kind].objects.child_of(parent).get()
    return parent
