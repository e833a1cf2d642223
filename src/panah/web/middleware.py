"""What the action door answers, as pages: a stranger finds nothing (404), a stop is shown with its holds (409)."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from panah.foundation.door.service import IdUsed, NotAllowed, NotFound, Refused, Stopped
from panah.web import errors, stops

log = logging.getLogger("django.request")


class door_errors:  # noqa: N801 - Django names middleware as functions are named
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.method_not_allowed(request, response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed | NotFound):
            raise Http404 from error
        if isinstance(error, Stopped):
            return render(request, "stopped.html", {"shown": stops.shown(error.stop)}, status=409)
        if isinstance(error, IdUsed):
            return errors.not_done(
                request, _("This page was sent already, and nothing was done twice. Open it anew to see what is kept.")
            )
        if isinstance(error, Refused):
            return errors.not_done(request, str(error))
        if isinstance(error, OperationalError):
            # The database is locked, full or away: a fault of the moment, of which the reader can only wait for the
            # end.
            log.exception("The database did not answer a request.")
            return errors.unavailable(request)
        return None
