"""What the action door answers, as pages: a stranger finds nothing (404), a stop is shown with its holds (409)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from panah.foundation.door.service import IdUsed, NotAllowed, NotFound, Stopped


class door_errors:  # noqa: N801 - Django names middleware as functions are named
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed | NotFound):
            raise Http404 from error
        if isinstance(error, Stopped):
            return render(request, "stopped.html", {"stop": error.stop}, status=409)
        if isinstance(error, IdUsed):
            return render(request, "409.html", {"sentence": str(error)}, status=409)
        return None
