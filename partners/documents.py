"""What is public about partners, people and partnerships."""

from datetime import date

from cms.content.blocks import public_body
from cms.content.documents import Context, document
from cms.content.files import public_file
from cms.content.main_image import main_image
from cms.content.rich_text import public_html
from frontend_contract.models.blocks import ContactDetails, StoredBlock
from frontend_contract.models.content import (
    Coordinates,
    Member,
    Name,
    PartnerContent,
    PartnershipContent,
    PersonContent,
    Phase,
    Role,
)
from frontend_contract.models.links import Party, Pointer
from partners import models
from partners.contacts import ContactPart
from partners.models import PartnerPage, PartnershipPage, PersonPage
from partners.names import NamePart


@document(PartnerPage, kind="partners")
def partner(page: PartnerPage, context: Context) -> PartnerContent[Pointer, StoredBlock]:
    """Return what is public about a partner."""
    return PartnerContent[Pointer, StoredBlock](
        country=page.country,
        languages=page.languages,
        website=page.website or None,
        logo=main_image(page),
        coordinates=_coordinates(page),
        names=[_name(row) for row in page.names.all()],
        body=public_body(page.body, context),
    )


@document(PersonPage, kind="people")
def person(page: PersonPage, context: Context) -> PersonContent[Pointer, StoredBlock]:
    """Return what is public about a person. The ground for showing them stays in the house."""
    held = sorted(page.appointments.all(), key=lambda row: row.start or date.min, reverse=True)
    return PersonContent[Pointer, StoredBlock](
        name=page.title,
        names=[_name(row) for row in page.names.all()],
        roles=[_role(row) for row in held],
        portrait=main_image(page),
        contacts=[_contact(row, None) for row in page.contacts.all()],
        body=public_body(page.body, context),
    )


@document(PartnershipPage, kind="partnerships")
def partnership(page: PartnershipPage, context: Context) -> PartnershipContent[Pointer, StoredBlock]:
    """Return what is public about a partnership."""
    day = context.published_at.date()
    return PartnershipContent[Pointer, StoredBlock](
        lead=page.lead.strip(),
        image=main_image(page),
        members=[_member(row) for row in page.members.all() if row.key],
        programme=page.programme or None,
        funder=page.funder or None,
        theme=page.theme or None,
        areas=[row.text for row in page.areas.all()],
        phases=[_phase(row, context) for row in page.phases.all()],
        documents=[public_file(row.document, title=row.title) for row in page.documents.all() if row.document],
        contacts=[_contact(row, _person(row, day)) for row in page.contacts.all()],
        body=public_body(page.body, context),
    )


def _coordinates(page: PartnerPage) -> Coordinates | None:
    if page.latitude is None or page.longitude is None:
        return None
    return Coordinates(lat=float(page.latitude), lon=float(page.longitude))


def _name(row: NamePart) -> Name:
    return Name.model_validate({"text": row.text, "language": row.language, "script": row.script, "status": row.status})


def _role(row: models.Appointment) -> Role:
    return Role(
        title=row.title,
        organisation=row.organisation or None,
        party=Party(letter=row.party_letter, name=row.party_name) if row.is_elected and row.party_letter else None,
        start=row.start,
        end=row.end,
    )


def _member(row: models.Member) -> Member[Pointer]:
    return Member[Pointer](partner=Pointer(pointer="partners", id=row.key), part=row.part or None, joined=row.joined)


def _phase(row: models.Phase, context: Context) -> Phase:
    return Phase.model_validate(
        {
            "title": row.title,
            "type": row.type,
            "from": row.start,
            "to": row.end,
            "text": public_html(row.text, context.targets) or None,
        }
    )


def _person(row: models.PartnershipContact, day: date) -> Pointer | None:
    return Pointer(pointer="people", id=row.key, at=day) if row.key else None


def _contact(row: ContactPart, person: Pointer | None) -> ContactDetails[Pointer]:
    said = {name: getattr(row, name) or None for name in ("name", "role", "organisation", "email", "phone", "url")}
    return ContactDetails[Pointer](**said, person=person)
