"""The trace that a request belongs to (W3C Trace Context, level 1): kept, passed on, and written into the log."""

import logging
import re
import secrets
from contextvars import ContextVar

_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?P<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?P<flags>[0-9a-f]{2})(-.*)?"
)
_of_this_request: ContextVar[str] = ContextVar("traceparent", default="")


def continued(traceparent: str) -> str:
    """Return the header for our part of a trace: its id with a parent id of our own; a malformed one begins anew."""
    found = _TRACEPARENT.fullmatch(traceparent.strip())
    # A version that we do not know may go on behind the flags; ours may not.
    if found is None or (traceparent.strip().startswith("00") and found[3]):
        return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    return f"00-{found['trace']}-{secrets.token_hex(8)}-{found['flags']}"


def begin_trace(traceparent: str) -> None:
    """Let everything this request does know its trace."""
    _of_this_request.set(traceparent)


def current_trace() -> str:
    """Return the traceparent to pass on with requests to others; empty outside a trace."""
    return _of_this_request.get()


class TraceFilter(logging.Filter):
    """Writes the id of the trace into log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add `trace` to the record."""
        record.trace = f" [trace {trace.split('-')[1]}]" if (trace := current_trace()) else ""
        return True
