"""What the web server refuses before the hub has seen it: answered as problems too."""

from django.http import HttpRequest, HttpResponse

from cms.api.problems import problem_of_status, problem_response

UNREAD = "/"
"""The path that such a problem names: the one that was asked for may not have been read."""


def refusal(status: int) -> HttpResponse:
    """Return the answer for a status that the web server decided on; nothing of the request is in it."""
    request = HttpRequest()
    request.path_info = UNREAD
    response = problem_response(request, problem_of_status(status))
    response["Content-Length"] = str(len(response.content))
    return response
