"""The calendar of all meetings, the register as a file, and the feeds for calendar programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from uuid6 import uuid7

from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.meetings import feed, rules, seats, shown
from panah.hub.meetings.acts import MakeFeed, RevokeFeed
from panah.hub.meetings.models import Delegation, FeedKey, Meeting
from panah.hub.meetings.words import Kind, State
from panah.hub.participants import service as participants
from panah.web import deeds, spreadsheet
from panah.web.parts import Column, Link, Table

ROWS_A_PAGE = 60


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What comes and what was, with what is not known said to be not known."""
    rows, kind = _wanted(request)
    today = participants.today()
    coming = [row for row in rows if _comes(row, today)]
    past = [row for row in reversed(rows) if not _comes(row, today)]
    page = Paginator(past, ROWS_A_PAGE).get_page(request.GET.get("page"))
    names = shown.Names()
    context = {
        "coming": _table(coming, names, _("Coming meetings"), _("No coming meeting is known.")),
        "past": _table(
            page.object_list, names, _("Earlier meetings, the last first"), _("No meeting is in the register yet.")
        ),
        "page": page,
        "kinds": [(one.value, one.label) for one in Kind],
        "kind": kind,
        "may_convene": may(request.user, "meetings.lead"),
        "may_subscribe": may(request.user, "meetings.subscribe"),
        "feed": f"{settings.PANAH_ADDRESS}{reverse('meetings_feed')}",
    }
    return render(request, "meetings/calendar.html", context)


@require_safe
def register_file(request: HttpRequest, form: str) -> HttpResponse:
    """The register as CSV or XLSX, in order of time."""
    if form not in spreadsheet.FORMATS:
        raise Http404
    rows, _kind = _wanted(request)
    return spreadsheet.answer(_table(rows, shown.Names(), "", ""), "meetings", form)


@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """The public meetings for calendar programs."""
    return HttpResponse(feed.public_calendar(), content_type="text/calendar; charset=utf-8")


@required("meetings.subscribe")
@never_cache
def own_feed_page(request: HttpRequest) -> HttpResponse:
    """One's own secret address: made, shown once, revoked."""
    officer, made = officer_of(request), ""
    standing = FeedKey.objects.filter(officer=officer, revoked_at=None).first()
    if request.method == "POST":
        common: dict[str, Any] = {"id": _id(request), "by": officer.pk, "place": officer.post, "happened_at": now()}
        if request.POST.get("act") == "revoke":
            if standing is not None:
                perform(RevokeFeed(**common, feed=standing.pk))
            messages.success(request, _("The address works no more."))
            return redirect("meetings_own")
        secret = feed.new_secret()
        perform(MakeFeed(**common, feed=uuid7(), feed_digest=feed.digest_of(secret)))
        made = f"{settings.PANAH_ADDRESS}{reverse('meetings_own_feed', args=[secret])}"
        standing = FeedKey.objects.filter(officer=officer, revoked_at=None).first()
    way = [Link(_("Meetings"), reverse("meetings"))]
    context = {**deeds.ids(), "made": made, "standing": standing, "way": way}
    return render(request, "meetings/own_feed.html", context)


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST["action"])
    except (KeyError, ValueError) as error:
        raise Http404 from error


@require_safe
@never_cache
def own_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address. It opens nothing else: no session begins, and the calendar links to pages that ask to sign in."""
    officer = feed.officer_of(secret)
    content = feed.own_calendar(officer) if officer is not None else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def visible(request: HttpRequest) -> QuerySet[Meeting]:
    """The meetings of which the reader may know: public ones, those that they are invited to, all for who leads."""
    reader = seats.reader_of(request.user)
    if reader.leads:
        return Meeting.objects.all()
    mine = Delegation.objects.filter(participant=reader.participant or "-", withdrawn_at=None)
    return Meeting.objects.filter(Q(public=True) | Q(pk__in=mine.values("meeting")))


def _wanted(request: HttpRequest) -> tuple[list[Meeting], str]:
    kind = request.GET.get("kind", "")
    if kind and kind not in Kind.values:
        raise Http404
    found = visible(request)
    if kind:
        found = found.filter(kind=kind)
    return sorted(
        found, key=lambda row: (rules.in_order(row.begins, row.earliest, row.latest), row.place, row.code)
    ), kind


def _comes(row: Meeting, today: Any) -> bool:
    return row.state == "planned" and rules.upcoming(today, row.begins, row.ends, row.latest)


def _table(rows: Any, names: shown.Names, caption: str, empty: str) -> Table:
    return Table(
        caption=caption,
        columns=[
            Column(_("Meeting"), heading=True),
            Column(_("When")),
            Column(_("Where")),
            Column(_("Kind")),
            Column(_("Chair")),
            Column(_("How it stands")),
        ],
        rows=[
            (
                Link(shown.title_of(row), reverse("meeting", args=[row.code])),
                shown.when(row) or _("not known"),
                shown.where(row) or _("not known"),
                Kind(row.kind).label,
                names.of(row.chair) if row.chair else _("not known"),
                "" if row.kind == Kind.MILESTONE else State(row.state).label,
            )
            for row in rows
        ],
        empty=empty,
    )
