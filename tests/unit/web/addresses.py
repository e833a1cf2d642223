"""The shared pages alone, without any room."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST
from uuid6 import uuid7

from panah.foundation.door.service import Harm, NotAllowed, Refused, Stop, Stopped


def raising(error: Exception):  # type: ignore[no-untyped-def]
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


STOP = Stop(Harm.REMOVAL, uuid7(), ({"code": "no_removal", "why": "Fear of return.", "lifted_by": "two authorities"},))

urlpatterns = [
    path("", include("panah.foundation.urls")),
    path("", include("panah.web.urls")),
    path("home/", lambda request: HttpResponse("home"), name="home"),
    path("only-post/", require_POST(lambda request: HttpResponse("done"))),
    path("not-allowed/", raising(NotAllowed("There is nothing here that you may do."))),
    path("refused/", raising(Refused("The referral was accepted already."))),
    path("stopped/", raising(Stopped("A safeguard stands against this act.", STOP))),
    path("busy/", raising(OperationalError("database is locked"))),
    path("broken/", raising(ValueError("secret"))),
]
handler400 = "panah.web.errors.bad_request"
handler403 = "panah.web.errors.not_found"
handler404 = "panah.web.errors.not_found"
handler500 = "panah.web.errors.server_error"
