"""Papers of a proceeding as PDF: a signed decision, an invitation to a hearing, a certificate of registration."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from panah.foundation.access.service import officer_of, required
from panah.foundation.door.service import NotFound
from panah.node.procedures import papers, service
from panah.node.procedures.models import Decision, Hearing, Proceeding
from panah.node.profiling.service import sheets
from panah.node.registration import service as registration


@required("procedures.see")
@require_safe
def decision(request: HttpRequest, proceeding_id: UUID, decision_id: UUID) -> HttpResponse:
    """A decision in the officer's language and the person's, or the one asked for. A draft is not printed."""
    row = service.read(officer_of(request), proceeding_id, paper="decision")
    found = Decision.objects.filter(pk=decision_id, step__proceeding=row).exclude(signed_at=None).first()
    if found is None:
        raise NotFound("There is no such signed decision.")
    return _answer(row, papers.of_decision(row, found, _tags(request, row)))


@required("procedures.see")
@require_safe
def hearing(request: HttpRequest, proceeding_id: UUID, hearing_id: UUID) -> HttpResponse:
    """An invitation to a hearing that was not held yet."""
    row = service.read(officer_of(request), proceeding_id, paper="hearing")
    found = Hearing.objects.filter(pk=hearing_id, proceeding=row, held_at=None).first()
    if found is None:
        raise NotFound("There is no such hearing.")
    return _answer(row, papers.of_hearing(row, found, _tags(request, row)))


@required("procedures.see")
@require_safe
def certificate(request: HttpRequest, proceeding_id: UUID, paper: str) -> HttpResponse:
    """A certificate that the application is registered, while it is open."""
    row = service.read(officer_of(request), proceeding_id, paper="certificate")
    found = next((one for one in papers.certificates(row) if one.code == paper), None)
    if found is None:
        raise NotFound("There is no such paper.")
    return _answer(row, papers.of_registration(row, found, _tags(request, row)))


def _tags(request: HttpRequest, row: Proceeding) -> tuple[str, ...]:
    wanted = request.GET.get("language", "") or registration.file_by_id(row.file).language
    return papers.languages(get_language() or "en", wanted)


def _answer(row: Proceeding, sheet: sheets.Sheet) -> HttpResponse:
    response = HttpResponse(papers.as_pdf(sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.number}.pdf"'
    return response
