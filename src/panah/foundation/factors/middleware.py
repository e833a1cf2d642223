"""Nobody gets past their password alone who has a second factor, or must have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.factors.service import is_required

PROVEN = "second_factor"
"""Where the session keeps the mark of the factor that was proven; it ends with the mark."""

# What somebody needs who has no second factor yet and must have one.
_BEFORE_ENROLMENT = frozenset(
    {
        "second_factor",
        "second_factor_app",
        "second_factor_passkey",
        "recovery_codes",
        "login",
        "logout",
        "language",
        "theme",
        "keys",
    }
)


class second_factor:  # noqa: N801 - Django names middleware as functions are named
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        officer = request.user
        if not isinstance(officer, Officer):
            return None
        if request.session.get(PROVEN, "") != str(officer.second_factor or ""):
            logout(request)
            return _away(request, "login")
        name = request.resolver_match.url_name if request.resolver_match else ""
        if officer.second_factor is None and is_required() and name not in _BEFORE_ENROLMENT:
            if request.method == "POST":
                messages.warning(request, _("What you sent last was not recorded. Add a second factor first."))
            return _away(request, "second_factor")
        return None


def _away(request: HttpRequest, to: str) -> HttpResponse:
    return HttpResponse(status=401) if "HX-Request" in request.headers else redirect(to)
