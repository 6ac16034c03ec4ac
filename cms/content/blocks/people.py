"""Blocks of people and links: quote, contact, links to read on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.fields import (
    AppointmentBlock,
    LanguageBlock,
    LineBlock,
    LinesBlock,
    TargetBlock,
    UntranslatedLine,
    UntranslatedText,
)
from cms.content.blocks.public import PublicStruct, WholeStruct, or_none
from cms.content.documents import Context
from frontend_contract.models.blocks import (
    Contact,
    ContactDetails,
    LinkList,
    LinkListItem,
    OriginalWords,
    Quote,
    Speaker,
)
from frontend_contract.models.links import Pointer

# pydantic looks for a class with its parameters each time it is named with them.
_Quote, _Speaker = Quote[Pointer], Speaker[Pointer]
_Contact, _ContactDetails = Contact[Pointer], ContactDetails[Pointer]
_LinkList, _LinkListItem = LinkList[Pointer], LinkListItem[Pointer]


class QuoteBlock(PublicStruct):
    """Somebody's own words."""

    is_quote = True
    """Nobody is quoted in words that only a machine has read (see cms.translation.places)."""

    text = LinesBlock(
        label=_("Words"),
        rows=3,
        help_text=_("The words alone, without dash or quotation marks: each city sets its own."),
    )
    person = TargetBlock(
        "people",
        label=_("Speaker"),
        required=False,
        help_text=_("Readers see the name, and the office the person held when this text was published."),
    )
    appointment = AppointmentBlock(
        label=_("Office"), required=False, help_text=_("Only for a speaker who held two at once. Empty: the first.")
    )
    name = LineBlock(
        label=_("Or: name"), required=False, max_length=150, help_text=_("For a speaker without a page here.")
    )
    role = LineBlock(label=_("Role"), required=False, max_length=150)
    original_language = LanguageBlock(
        label=_("Original language"), required=False, help_text=_("When the words were said in another language.")
    )
    original_text = UntranslatedText(label=_("Original words"), required=False, rows=2)

    def clean(self, value: Any) -> Any:
        """Check that the speaker is said once, and the original wholly."""
        cleaned = super().clean(value)
        errors = {} if self.is_deferred_validation else _find_errors(cleaned)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def publish(self, value: Any, block_id: str, context: Context) -> Quote[Pointer]:
        """Return the words and who said them."""
        return _Quote(
            type="quote",
            id=block_id,
            html="",
            text=value["text"].strip(),
            speaker=_speaker(value, context),
            original=_original(value, block_id, context),
        )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's own words, with name and office.")
        preview_value = {
            "text": "Det är viktigt att stå upp för demokrati och frihet. Självklart ska Umeå bidra på de sätt vi kan.",
            "name": "Janet Ågren",
            "role": "kommunalråd, Umeå kommun",
        }


def _find_errors(value: Any) -> dict[str, ValidationError]:
    person, name, appointment = value["person"], or_none(value["name"]), value["appointment"]
    errors = {}
    if person and name:
        errors["name"] = _("Choose a speaker or write a name, not both.")
    elif not person and not name:
        errors["person"] = _("Say who spoke: choose a speaker, or write a name.")
    if person and or_none(value["role"]):
        errors["role"] = _("The office comes from the speaker's page. Leave this empty.")
    if appointment and not person:
        errors["appointment"] = _("Choose a speaker first.")
    elif appointment and appointment not in _find_keys(person):
        errors["appointment"] = _("This office belongs to somebody else.")
    if bool(or_none(value["original_text"])) != bool(value["original_language"]):
        missing = "original_language" if value["original_text"] else "original_text"
        errors[missing] = _("Give the original words and their language, or neither.")
    return {field: ValidationError(message) for field, message in errors.items()}


def _find_keys(person: Any) -> set[str]:
    page = person.find_page()
    return {str(held.translation_key) for held in page.appointments.all()} if page else set()


def _speaker(value: Any, context: Context) -> Speaker[Pointer] | None:
    if value["person"]:
        pointer = Pointer(
            pointer="people",
            id=value["person"].key,
            at=context.published_at.date(),
            appointment=value["appointment"] or None,
        )
        return _Speaker(name="", role=None, party=None, person=pointer)
    name = or_none(value["name"])
    return _Speaker(name=name, role=or_none(value["role"]), party=None, person=None) if name else None


def _original(value: Any, block_id: str, context: Context) -> OriginalWords | None:
    """Return the words as they were said: as the editor wrote them, else as the text has them this one came from."""
    if or_none(value["original_text"]):
        return OriginalWords(language=value["original_language"], text=value["original_text"].strip())
    source = context.source
    body = getattr(source, "body", None) or []
    said = next((block.value["text"].strip() for block in body if block.id == block_id), None)
    return OriginalWords(language=source.language, text=said) if source and said else None


class ContactBlock(PublicStruct):
    """Whom to turn to."""

    person = TargetBlock(
        "people",
        label=_("Person"),
        required=False,
        help_text=_("What you leave empty below comes from the person's page."),
    )
    name = LineBlock(label=_("Name"), required=False, max_length=150)
    role = LineBlock(label=_("Role"), required=False, max_length=150)
    organisation = LineBlock(label=_("Organisation"), required=False, max_length=150)
    email = blocks.EmailBlock(
        label=_("E-mail"), required=False, help_text=_("An address of the office, never a private one.")
    )
    phone = UntranslatedLine(
        label=_("Telephone"),
        required=False,
        max_length=40,
        help_text=_("With the country's code, such as +46 90 16 10 00."),
    )
    url = blocks.URLBlock(label=_("Web address"), required=False)

    def clean(self, value: Any) -> Any:
        """Check that there is somebody to turn to."""
        cleaned = super().clean(value)
        somebody = cleaned["person"] or or_none(cleaned["name"]) or or_none(cleaned["organisation"])
        if not somebody and not self.is_deferred_validation:
            message = _("Say whom to turn to: choose a person, or write a name or an organisation.")
            raise blocks.StructBlockValidationError(block_errors={"name": ValidationError(message)})
        return cleaned

    def publish(self, value: Any, block_id: str, context: Context) -> Contact[Pointer]:
        """Return how to reach them."""
        said = {name: or_none(value[name]) for name in ("name", "role", "organisation", "email", "phone", "url")}
        person = value["person"]
        pointer = Pointer(pointer="people", id=person.key, at=context.published_at.date()) if person else None
        return _Contact(type="contact", id=block_id, html="", contact=_ContactDetails(**said, person=pointer))

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("Whom to turn to with questions.")
        preview_value = {
            "name": "Umeå kommun",
            "role": "Internationella frågor",
            "email": "international@umea.example",
            "url": "https://www.umea.se/",
        }


class LinkBlock(WholeStruct):
    """A link to a page of this hub, or to an address outside."""

    page = TargetBlock(label=_("Page here"), required=False)
    url = blocks.URLBlock(label=_("Or: address outside"), required=False)
    title = LineBlock(
        label=_("Text of the link"), required=False, max_length=150, help_text=_("Empty: the title of the page here.")
    )
    description = LineBlock(
        label=_("Description"), required=False, max_length=300, help_text=_("What readers find there.")
    )

    def clean(self, value: Any) -> Any:
        """Check that the link leads to one place, and says where."""
        cleaned = super().clean(value)
        errors = {}
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            errors["page"] = ValidationError(_("Choose a page here or give an address outside, one of both."))
        if cleaned["url"] and not or_none(cleaned["title"]):
            errors["title"] = ValidationError(_("Write where the link leads: an address read aloud helps nobody."))
        if errors and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class LinkListBlock(PublicStruct):
    """Links to read on."""

    title = LineBlock(label=_("Title"), required=False, max_length=150)
    links = blocks.ListBlock(LinkBlock(label=_("Link")), label=_("Links"))

    def publish(self, value: Any, block_id: str, context: Context) -> LinkList[Pointer]:
        """Return the links."""
        return _LinkList(
            type="link_list",
            id=block_id,
            html="",
            title=or_none(value["title"]),
            links=[_link(link, context) for link in value["links"] if link["page"] or link["url"]],
        )

    class Meta:
        icon = "link"
        label = _("Links")
        description = _("Where to read on, at the end of a text or of a part of it.")
        preview_value = {
            "title": "Läs mer",
            "links": [
                {
                    "url": "https://icld.se/",
                    "title": "Internationellt centrum för lokal demokrati",
                    "description": "Om programmet för kommunala partnerskap",
                }
            ],
        }


def _link(link: Any, context: Context) -> LinkListItem[Pointer]:
    target = link["page"].as_pointer() if link["page"] else None
    if target and target.pointer == "people":
        target = target.model_copy(update={"at": context.published_at.date()})
    return _LinkListItem(
        title=or_none(link["title"]),
        description=or_none(link["description"]),
        url=None if target else or_none(link["url"]),
        target=target,
    )
