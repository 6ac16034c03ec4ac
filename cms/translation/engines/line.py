"""The line to an engine: one JSON request, tried again where that is safe, its answer bounded in time and bytes."""

import json
import time
from collections.abc import Collection, Mapping
from ssl import SSLCertVerificationError
from typing import Any
from urllib.parse import urlsplit

from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, ProxyError, SSLError

from cms.translation.engines.engine import EngineFailed, Trouble

TIMEOUT = Timeout(connect=5, read=20)
"""Seconds for a connection, and for each silence of the other side."""

LONGEST_ANSWER = 60
"""Seconds in which an answer must be there, however it trickles."""

MOST_BYTES = 2_000_000
"""Bytes of an answer: many times what the longest request can come back as."""

TRIES_AGAIN = 2
BETWEEN = 0.5
LONGEST_WAIT = 5
"""Seconds that we wait before another attempt, whatever the other side asks for."""

HERE = ("localhost", "127.0.0.1", "::1")
BUSY = 429
BROKEN = (500, 502, 503, 504)
TROUBLES = {
    400: Trouble.REFUSED,
    401: Trouble.KEY,
    403: Trouble.KEY,
    413: Trouble.REFUSED,
    429: Trouble.BUSY,
    456: Trouble.QUOTA,
}


def post(url: str, data: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
    """Send texts, which the other side counts, as JSON and return the JSON that comes back; raise `EngineFailed`.

    They are sent again only when they certainly were not translated: what is counted twice was reserved once.
    """
    return ask("POST", url, data, headers, again=(BUSY,))


def ask(
    method: str,
    url: str,
    data: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    again: Collection[int] = (BUSY, *BROKEN),
) -> Any:
    """Ask for something, with JSON where there is something to send; return the JSON that comes back.

    It is asked again when nobody is reached, and after an answer of a status in `again`. Raise `EngineFailed` when
    nothing of use comes back.

    Only HTTPS leaves this machine. No redirect is followed: what it leads to has no agreement. A key belongs into the
    headers or the data, never into the address, which the log may show.
    """
    if not is_safe(url):
        raise EngineFailed(Trouble.UNREACHABLE, is_unsent=True)
    body_sent = None if data is None else json.dumps(data).encode()
    sent = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
    with PoolManager(retries=_retries(again), timeout=TIMEOUT) as pool:
        try:
            answer = pool.request(method, url, body=body_sent, headers=sent, redirect=False, preload_content=False)
            body = _read(answer)
        except (HTTPError, OSError) as failed:
            raise EngineFailed(Trouble.UNREACHABLE, is_unsent=_is_unsent(failed)) from None
    if answer.status not in (200, 201):
        raise EngineFailed(_trouble(answer.status), answer.status)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise EngineFailed(Trouble.ODD) from None


def is_safe(url: str) -> bool:
    """Whether texts may be sent there: over HTTPS, or to this machine itself."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and str(parts.hostname) in HERE)
    )


def _retries(again: Collection[int]) -> Retry:
    return Retry(
        total=TRIES_AGAIN,
        redirect=0,
        other=0,
        read=0,  # the other side may have done the work, and counted it, without our hearing of it
        allowed_methods=None,
        status_forcelist=again,
        backoff_factor=BETWEEN,
        backoff_max=LONGEST_WAIT,
        retry_after_max=LONGEST_WAIT,
        raise_on_status=False,
        raise_on_redirect=False,
    )


def _is_unsent(failed: Exception) -> bool:
    """Whether there was no connection over which anything could be sent."""
    reason = failed.reason if isinstance(failed, MaxRetryError) else failed
    if isinstance(reason, ProxyError):
        reason = reason.original_error
    is_stranger = isinstance(reason, SSLError) and isinstance(reason.args[0], SSLCertVerificationError)
    return is_stranger or isinstance(reason, ConnectTimeoutError)


def _read(answer: BaseHTTPResponse) -> bytes:
    deadline = time.monotonic() + LONGEST_ANSWER
    body = b""
    while chunk := answer.read1(65_536):
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > deadline:
            answer.close()
            raise EngineFailed(Trouble.ODD)
    return body


def _trouble(status: int) -> Trouble:
    return TROUBLES.get(status) or (Trouble.UNREACHABLE if status >= 500 else Trouble.ODD)
