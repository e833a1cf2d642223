"""Error pages in plain words. The urls module names these as its handlers; a stranger is told 404 and never 403."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from panah.web.context import Shell

# Seconds after which a browser or a sending system may try again.
_RETRY = "60"


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    # The context processors ask the session and the user, thus the database, which may be what failed.
    content = render_to_string(f"{status}.html", {"shell": Shell(request), **context})
    return HttpResponse(content, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also for those who may not: who has no right to a file does not learn that it exists."""
    return _page(request, 404)


def not_done(request: HttpRequest, sentence: str) -> HttpResponse:
    """409: the act does not fit the state of things; the sentence says why."""
    return _page(request, 409, sentence=sentence)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = _page(request, 405)
    response.headers["Allow"] = allowed
    return response


def too_many_attempts(request: HttpRequest, *_: Any) -> HttpResponse:
    """For AXES_LOCKOUT_CALLABLE."""
    return _page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = _page(request, 503)
    response.headers["Retry-After"] = _RETRY
    return response
