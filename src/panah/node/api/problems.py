"""Errors of the interface as problem documents (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import ValidationError as BadAction

from panah.foundation.door.service import IdUsed, NotAllowed, NotFound, Refused, Stopped
from panah.node.safeguards import service as safeguards

MEDIA_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """One problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def _field(place: tuple[Any, ...]) -> str:
    """Where in what was sent: without the frame's own two steps, `body` and the name of the argument."""
    steps = place[2:] if place[:2] == ("body", "sent") else place
    return ".".join(str(step) for step in steps) or "the request"


def register(api: NinjaAPI) -> None:
    """Answer every error that the door or the parser raises."""

    def stranger(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(404, "Not found", "There is nothing here for you.", code="not_found", field="")

    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(409, "Refused", str(error), code=error.code, field=error.field)

    def stopped(request: HttpRequest, error: Stopped) -> HttpResponse:
        holds = [safeguards.open_code(hold["code"]) for hold in error.stop.holds]
        return problem(409, "Stopped by a safeguard", str(error), code="stopped", field="", holds=holds)

    def used(request: HttpRequest, error: IdUsed) -> HttpResponse:
        return problem(409, "The id is used", str(error), code="id_used", field="action")

    def malformed(request: HttpRequest, error: ValidationError | BadAction) -> HttpResponse:
        errors = (
            error.errors
            if isinstance(error, ValidationError)
            else error.errors(include_url=False, include_context=False, include_input=False)
        )
        told = [{"field": _field(each["loc"]), "detail": each["msg"]} for each in errors]
        first = told[0] if told else {"field": "", "detail": "The request is malformed."}
        return problem(
            422,
            "Malformed",
            f"{first['field']}: {first['detail']}.",
            code="malformed",
            field=first["field"],
            errors=told,
        )

    def unsigned(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(
            401, "Not signed in", "Send a valid token: `Authorization: Bearer …`.", code="not_signed_in", field=""
        )

    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "Malformed", str(error), code="malformed", field="")

    handlers: tuple[tuple[type[Exception], Any], ...] = (
        (NotAllowed, stranger), (NotFound, stranger), (Http404, stranger), (Refused, refused), (Stopped, stopped), (IdUsed, used),
        (ValidationError, malformed), (BadAction, malformed), (AuthenticationError, unsigned), (HttpError, other),
    )  # fmt: skip
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)
