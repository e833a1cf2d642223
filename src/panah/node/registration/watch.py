"""The firewall's alarm: whoever serves another state and opens what is not theirs is told 404, and those who watch are told of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from panah.foundation.access.models import Officer
from panah.foundation.access.service import serves_other_state
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.node.registration.actions import ReportForeignTry


class firewall:  # noqa: N801 - Django names middleware as functions are named
    """Pages and REST alike: every answer of 404 at an address that exists raises the alarm, each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        officer, match = getattr(request, "user", None), request.resolver_match
        if (
            response.status_code == 404
            and match is not None
            and isinstance(officer, Officer)
            and serves_other_state(officer)
        ):
            page = (match.url_name or match.route)[:80]
            perform(
                ReportForeignTry(
                    by=officer.pk, place=officer.post, happened_at=now(), page=page, asked=_asked(match.kwargs)
                )
            )
        return response


def _asked(named: dict[str, object]) -> UUID | None:
    """The first id among the parts of an address; None where there is none."""
    for value in named.values():
        try:
            return UUID(str(value))
        except ValueError:
            continue
    return None
