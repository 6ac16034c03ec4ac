"""What the API says of itself: its languages, its version, its health."""

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from cms.api.contract.components import ref
from cms.api.contract.operations import Operation
from cms.api.cors import CORS
from cms.api.delivery import Answer
from cms.api.parameters import read_nothing
from cms.api.views.address import Address, FixedAddress, as_bytes
from cms.content.languages import in_path, languages, name_of
from cms.publications.filling import in_contract
from cms.publications.freshness import freshness
from cms.publications.reading import count_published, epoch

VERSION = "1.0.0"
RELEASED = "2026-11-23"


class LanguagesAddress(FixedAddress):
    """The hub's languages."""

    def answer(self, request: Request, **path: str) -> Answer:
        """Return each language with its own name and its front door."""
        read_nothing(request.GET)
        return Answer(body=as_bytes([_language(language) for language in languages()]))

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="list_languages",
            tag="About",
            summary="The hub's languages",
            description="Each named in itself, with the address of its front door.",
            answer=ref("Languages"),
            answer_description="The languages.",
        )


class ApiInfoAddress(FixedAddress):
    """What this API is."""

    def answer(self, request: Request, **path: str) -> Answer:
        """Return name, version and state, as the Swedish REST API profile asks (VER.06, VER.07)."""
        read_nothing(request.GET)
        return Answer(
            body=as_bytes(
                {
                    "apiName": "Misto partner API",
                    "apiVersion": VERSION,
                    "apiReleased": RELEASED,
                    "apiDocumentation": f"{settings.PUBLIC_URL}/content/v1/docs",
                    "apiStatus": "active",
                }
            )
        )

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="get_api_info",
            tag="About",
            summary="What this API is",
            description="Name, version, day of release, documentation and state.",
            answer=ref("ApiInfo"),
            answer_description="What this API is.",
        )


class StatusAddress(Address):
    """What the hub holds."""

    def answer(self, request: Request, **path: str) -> Answer:
        """Return the epoch, the time of the last change, and how much is published in each language and kind."""
        read_nothing(request.GET)
        fresh = freshness()
        return Answer(
            body=as_bytes(
                {
                    "epoch": fresh.epoch,
                    "last_change_at": in_contract(fresh.changed_at) if fresh.changed_at else None,
                    "publications": count_published(),
                }
            ),
            changed_at=fresh.changed_at,
            next_change_at=fresh.next_change_at,
        )

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="get_status",
            tag="About",
            summary="What the hub holds",
            description=(
                "The epoch of its cursors, when anything last changed, and how many items are published in each "
                "language and kind."
            ),
            answer=ref("HubStatus"),
            answer_description="What the hub holds.",
        )


class LiveAddress(FixedAddress):
    """Whether the process is alive."""

    rate = None

    def answer(self, request: Request, **path: str) -> HttpResponse:
        """Say so, without asking anything else."""
        read_nothing(request.GET)
        return _healthy()

    def describe(self) -> Operation:
        """Say what this address is."""
        return _health("is_live", "Alive", "Answers as long as the process runs; asks nothing of the database.")


class ReadyAddress(Address):
    """Whether the hub can serve."""

    rate = None

    def answer(self, request: Request, **path: str) -> HttpResponse:
        """Read from the database; when that fails the answer is the problem `unavailable`."""
        read_nothing(request.GET)
        epoch()
        return _healthy()

    def describe(self) -> Operation:
        """Say what this address is."""
        return _health("is_ready", "Can serve", "Answers when publications can be read, and with 503 when not.")


def _language(language: str) -> dict[str, str]:
    home = f"{settings.PUBLIC_URL}/content/v1/{in_path(language)}/home"
    return {"language": language, "name": name_of(language), "url": home}


def _healthy() -> HttpResponse:
    headers = {"Cache-Control": "private, no-store", **CORS}
    return HttpResponse(as_bytes({"status": "ok"}), content_type="application/json", headers=headers)


def _health(name: str, summary: str, description: str) -> Operation:
    return Operation(
        name=name,
        tag="About",
        summary=summary,
        description=description,
        answer=ref("Health"),
        answer_description="All is well.",
        is_kept=False,
        is_counted=False,
    )
