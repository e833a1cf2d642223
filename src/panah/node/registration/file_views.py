"""A person's file: on top what stands against harm, who the person is, what happened, what is next; and the same story on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.node.registration import clocks, files, service, shown
from panah.node.registration.actions import node_pack
from panah.node.registration.models import PersonFile, Status
from panah.node.registration.rules import local_day
from panah.node.registration.timeline import Told, story
from panah.node.registration.words import room_title
from panah.node.safeguards import service as safeguards
from panah.web import reading
from panah.web.local_time import in_local_time
from panah.web.paper import fonts


@required("registration.read_file")
@require_safe
@in_local_time
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The page of a file; with `?room=` only what happened in one room."""
    officer = officer_of(request)
    found = service.file_for(officer, file_id)
    told, room = _story(officer, found), request.GET.get("room", "")
    context = _case(officer, found) | {
        "events": [one.event for one in told if not room or one.room == room],
        "rooms": _rooms(told, room),
        "room": room,
        "next": shown.next_step(found, officer),
        "pages": [*shown.pages_of(found, officer), *safeguards.pages_for(officer, found), *files.pages(officer, found)],
        "may_amend": found.closed_at is None
        and found.status != Status.ARRIVED
        and may(officer, "registration.amend", found),
        "may_close": found.closed_at is None and may(officer, "registration.close_file", found),
    }
    return render(request, "registration/file.html", context)


@required("registration.read_file")
@require_safe
@in_local_time
def printed(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The same story as PDF, as far as this officer may read it."""
    from panah.web.paper.printing import printed as as_pdf  # WeasyPrint takes a second to load, and few requests print

    officer = officer_of(request)
    found = service.file_for(officer, file_id, printed=True)
    answer = HttpResponse(as_pdf(paper(officer, found), fonts.BY_ADDRESS), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


def paper(officer: Officer, found: PersonFile) -> str:
    """The paper as one page of HTML in the reader's language, with no address in it but those of the fonts."""
    tag = shown.reader()
    direction = reading.direction(tag)
    context = _case(officer, found) | {
        "events": [one.event for one in _story(officer, found)],
        "tag": tag,
        "direction": direction,
        "printed_by": officer.display_name,
        "printed_at": now(),
        "rules": f"{node_pack().code} {node_pack().version}",
    }
    return render_to_string("registration/file_paper.html", context | fonts.context(direction))


def _story(officer: Officer, found: PersonFile) -> tuple[Told, ...]:
    return story(officer, found, reads=may(officer, "registration.see_reads"))


def _case(officer: Officer, found: PersonFile) -> dict[str, Any]:
    """What page and paper have in common."""
    prefetch_related_objects([found], "names", "documents")
    return {
        "file": found,
        "name": service.display_name(found),
        "facts": shown.person_facts(found),
        "holds": safeguards.shown(officer, found.pk),
        "badges": shown.badges(found, local_day(now(), node_pack()), held=False),
        "clocks": clocks.of_file(officer, found, node_pack(), now()),
        "place": service.place_title(found.place),
    }


def _rooms(told: Iterable[Told], room: str) -> list[shown.ListLink]:
    """The parts of the story, in the order in which they begin."""
    codes = dict.fromkeys(one.room for one in told if one.room)
    return [shown.ListLink(room_title(code), f"?room={code}", code == room) for code in codes]
