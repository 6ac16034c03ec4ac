"""A bare WSGI function that gives the bytes of a file, and `304` to whoever names their tag: the yardstick.

It says the very head that Misto says, too: what differs is what it takes to know that this is the answer.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODY = Path(os.environ["BENCH_BYTES"]).read_bytes()
HEADS = json.loads(Path(os.environ["BENCH_HEADS"]).read_bytes())
WHOLE, NOT_MODIFIED = ([tuple(header) for header in HEADS[status]] for status in ("200", "304"))
TAG = dict(WHOLE)["ETag"]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer every request alike."""
    if environ.get("HTTP_IF_NONE_MATCH") == TAG:
        start_response("304 Not Modified", NOT_MODIFIED)
        return []
    start_response("200 OK", WHOLE)
    return [BODY]
