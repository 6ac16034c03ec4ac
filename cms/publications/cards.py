"""What a publication says of itself to those that link to it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

Card = dict[str, Any]
Appointment = dict[str, Any]


def appointment_at(card: Card, day: date | None, chosen: UUID | None) -> Appointment | None:
    """Return the appointment held on that day: the chosen one if it was, else the first.

    Without a day: held when the person was last published. Time alone publishes a person again when a role begins or
    ends, so that what is read never depends on the clock.
    """
    held = held_on(card, day) if day else _held_lately(card)
    for appointment in held:
        if chosen and appointment["key"] == str(chosen):
            return appointment
    return held[0] if held else None


def role_at(card: Card, day: date | None, chosen: UUID | None) -> Card:
    """Return what a person's card shows of the appointment held on that day; the days themselves are not shown."""
    held = appointment_at(card, day, chosen) or {}
    return {"role": held.get("title"), "organisation": held.get("organisation"), "party": held.get("party")}


def held_on(card: Card, day: date) -> list[Appointment]:
    """Return the appointments held on that day, in the order of the person's page."""
    return [appointment for appointment in card.get("appointments", []) if _is_held(appointment, day)]


def changes_of_role(card: Card) -> Iterator[datetime]:
    """Yield the moments at which an appointment begins, or is over."""
    for appointment in card.get("appointments", []):
        if appointment["from"]:
            yield _midnight(date.fromisoformat(appointment["from"]))
        if appointment["to"]:
            yield _midnight(date.fromisoformat(appointment["to"]) + timedelta(days=1))


def shown_of(card: Card) -> Card:
    """Return what every card shows, whatever the day."""
    return {name: value for name, value in card.items() if name not in ("appointments", "held")}


def _held_lately(card: Card) -> list[Appointment]:
    return [appointment for appointment in card.get("appointments", []) if appointment["key"] in card["held"]]


def _is_held(appointment: Appointment, day: date) -> bool:
    first, last = appointment.get("from"), appointment.get("to")
    return (not first or first <= day.isoformat()) and (not last or day.isoformat() <= last)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
