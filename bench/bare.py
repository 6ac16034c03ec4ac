"""A bare WSGI function that gives the bytes of a file, and `304` to whoever names their tag: the yardstick."""

import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

BODY = Path(os.environ["BENCH_BYTES"]).read_bytes()
TAG = f'"{sha256(BODY).hexdigest()[:32]}"'
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY))), ("ETag", TAG)]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer every request alike."""
    if environ.get("HTTP_IF_NONE_MATCH") == TAG:
        start_response("304 Not Modified", [("ETag", TAG)])
        return []
    start_response("200 OK", HEADERS)
    return [BODY]
