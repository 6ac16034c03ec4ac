"""Everything there is to read in one answer, for who begins to keep a copy."""

from contextlib import suppress
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from rest_framework.request import Request

from cms.api.accepted import export_parameters
from cms.api.contract.components import ref
from cms.api.contract.operations import Operation
from cms.api.cors import CORS
from cms.api.delivery import FOR_MACHINES, MachineFile, MachineResponse, is_had
from cms.api.exports import MEDIA_TYPE, ExportFile, export_at, make_export
from cms.api.kept import best_encoding, cache_control
from cms.api.parameters import Narrowing, read_export
from cms.api.problems import ProblemError
from cms.api.rates import Rate, count_against
from cms.api.views.address import Address
from cms.publications.freshness import freshness

FILE_NAME = "export.ndjson"
MOST_TRIES = 3


class ExportAddress(Address):
    """The export."""

    media_type = MEDIA_TYPE
    rate = None  # counted where it is made: what lies there already is free

    def answer(self, request: Request, **path: str) -> HttpResponseBase:
        """Send the export as it is now, from a file that is made when it is not there yet."""
        http, narrowing = request._request, read_export(request.GET)
        encoding = best_encoding(http.headers.get("Accept-Encoding", ""))
        file = export_at(freshness(), narrowing)
        if is_had(http, file):
            _make_languages_known(http, file, narrowing)
            return _not_modified(file, encoding)
        opened = file.open(encoding)
        if opened is None:
            count_against(http, Rate.ANSWERS)
            file, opened = _make(narrowing, encoding)
        return _send(http, file, opened, encoding)

    def describe(self) -> Operation:
        """Say what this address is."""
        return Operation(
            name="export",
            tag="Sync",
            summary="Everything, line by line",
            description=(
                "Every published or withdrawn item, whole, each in its own language: one JSON object a line. The first "
                "line holds the `cursor` with which `changes` goes on from here, with the same `language` and `kind`; "
                "`generated_at` is the time of the last change in it. There are no tombstones."
            ),
            parameters=export_parameters(),
            answer=ref("ExportLine"),
            answer_description="A line with the cursor, then a line an item.",
            media_type=MEDIA_TYPE,
            more_headers=("Content-Disposition",),
        )


def _make(narrowing: Narrowing, encoding: str) -> tuple[ExportFile, BinaryIO]:
    for _try in range(MOST_TRIES):
        file = make_export(narrowing)
        opened = file.open(encoding)
        if opened is not None:
            return file, opened
    raise ProblemError("unavailable", "The hub has no room for an export at the moment.")


def _make_languages_known(http: HttpRequest, file: ExportFile, narrowing: Narrowing) -> None:
    """Make a deleted export again: only who has written it all knows which languages are in it.

    Whoever has it is told so in any case, though not in which languages, when there is no room or they ask too often.
    """
    if file.read_languages() is None:
        with suppress(ProblemError):
            count_against(http, Rate.ANSWERS)
            make_export(narrowing)


def _send(http: HttpRequest, file: ExportFile, opened: BinaryIO, encoding: str) -> HttpResponseBase:
    headers = _head(file, encoding)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    response = MachineFile(opened, media_type=MEDIA_TYPE, name=FILE_NAME, headers=headers)
    if http.method != "HEAD":
        return response
    opened.close()
    return MachineResponse(b"", status=200, headers=dict(response.headers))


def _not_modified(file: ExportFile, encoding: str) -> HttpResponse:
    response = MachineResponse(b"", status=304, headers=_head(file, encoding))
    del response["Content-Type"]  # Django's own
    return response


def _head(file: ExportFile, encoding: str) -> dict[str, str]:
    """Return what `200` and `304` both say."""
    head = {
        "ETag": file.tag(encoding),
        "Cache-Control": cache_control(file.next_change_at),
        "Vary": "Accept-Encoding",
        **CORS,
        **FOR_MACHINES,
        "Surrogate-Key": "all",
    }
    inside = file.read_languages()
    if inside is not None:
        head["Content-Language"] = ", ".join(inside)
    if file.changed_at is not None:
        head["Last-Modified"] = http_date(file.changed_at)
    return head
