"""The models of this app, for Django to find."""

from partners.partners import PartnerName, PartnerPage
from partners.partnerships import (
    Area,
    Member,
    PartnershipContact,
    PartnershipDocument,
    PartnershipIndexPage,
    PartnershipPage,
    Phase,
)
from partners.people import Appointment, PeopleIndexPage, PersonContact, PersonName, PersonPage

__all__ = [
    "Appointment",
    "Area",
    "Member",
    "PartnerName",
    "PartnerPage",
    "PartnershipContact",
    "PartnershipDocument",
    "PartnershipIndexPage",
    "PartnershipPage",
    "PeopleIndexPage",
    "PersonContact",
    "PersonName",
    "PersonPage",
    "Phase",
]
