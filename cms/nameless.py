"""The web process for granian, which puts its own name on every answer that names no server."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cms.wsgi import application as hub

if TYPE_CHECKING:
    from cms.api.front_door import Environ, StartResponse

NO_NAME = ("Server", "")


def application(environ: "Environ", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer the request, with a name of the server that says nothing."""

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        return start_response(status, [*headers, NO_NAME])

    return hub(environ, start)
