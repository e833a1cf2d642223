"""The address to which nodes send."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from panah.cores.exchange.submission import MOST_BYTES
from panah.foundation.door.service import Refused
from panah.hub.intake import service

MEDIA = "application/jose"
PROBLEM = "application/problem+json"

# What is refused without being kept, by its stable code (RFC 9110). Everything else that a message can do wrong is a 400.
_STATUS = {"too_long": 413, "unknown_key": 403, "wrong_signature": 403, "id_used": 409, "at_once": 409}


@csrf_exempt
@require_POST
def submissions(request: HttpRequest) -> HttpResponse:
    """A signed message in, a signed receipt out: 201 taken in, 200 known already, 422 kept and refused with problems.

    The signature says who sends: there is no session, and so nothing that another site could use (CSRF).
    Bytes that no known sender signed are answered with a problem document (RFC 9457) and not kept.
    """
    if request.content_type != MEDIA:
        return _turned_away("wrong_media", f"The body must be a signed message, of the type {MEDIA}.", 415)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return _too_long()
    try:
        answer = service.take_in(request.body, "network")
    except RequestDataTooBig:
        return _too_long()
    except Refused as refusal:
        return _turned_away(refusal.code, str(refusal), _STATUS.get(refusal.code, 400))
    status = 422 if not answer.accepted else 200 if answer.known else 201
    return HttpResponse(answer.receipt, status=status, content_type=MEDIA)


def _too_long() -> HttpResponse:
    return _turned_away("too_long", f"The message is too long. Allowed are {MOST_BYTES} bytes.", 413)


def _turned_away(code: str, sentence: str, status: int) -> HttpResponse:
    body = {"type": "about:blank", "title": "Not taken in", "status": status, "code": code, "detail": sentence}
    return JsonResponse(body, status=status, content_type=PROBLEM)
