"""The leaflets that a person takes along, on paper."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from panah.cores.screening.codes import LEAFLETS
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, required
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.foundation.languages import of_tag
from panah.node.profiling import leaflets, rules
from panah.node.profiling.actions import latest_proposal
from panah.node.profiling.service import profile_for
from panah.node.registration import service as registration


@required("profiling.print_receipt")
@require_safe
def leaflets_pdf(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The leaflets named by `leaflet`, else all that the latest proposal asks for, in the person's language or the one asked for."""
    officer = cast(Officer, request.user)
    file = registration.file_by_id(file_id)
    if not may(officer, "profiling.print_receipt", file):
        raise NotFound("There is no such file.")
    codes = request.GET.getlist("leaflet") or _asked_for(officer, file_id)
    if not set(codes) <= set(LEAFLETS):
        raise Http404
    wanted = of_tag(request.GET.get("language", "") or file.language)
    tag = wanted.tag if wanted else "en"
    pack = registration.node_pack()
    made = [leaflets.leaflet_of(code, tag, pack, file.place) for code in dict.fromkeys(codes)]
    facts = {"language": tag, "leaflets": [each.code for each in made]}
    journal.note_read("profiling.leaflets_printed", by=officer.pk, place=officer.post, subject=file_id, facts=facts)
    response = HttpResponse(leaflets.as_pdf(made), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file.number}-leaflets.pdf"'
    return response


def _asked_for(officer: Officer, file_id: UUID) -> list[str]:
    proposal = latest_proposal(file_id)
    return list(profile_for(officer, proposal)["information"] if proposal else ()) or list(rules.BEFORE_INTERVIEW)
