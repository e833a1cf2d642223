"""What of referrals is next for a person, what is an officer's to do, and what of a story is for the lane alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.profiling import service as profiling
from panah.node.referrals import outside, texts
from panah.node.referrals.models import Referral
from panah.node.referrals.permissions import in_lane_of
from panah.node.registration import service as registration
from panah.node.registration.service import Cut, Facts
from panah.web.parts import Clock, Link
from panah.web.tasks import Line, Task


def next_for(officer: Officer, file: registration.PersonFile, now: datetime) -> Sequence[Clock]:
    """The answers that are awaited, by the bodies whose turn it is."""
    closed = profiling.closed_lanes(officer, file)
    rows = Referral.objects.filter(file=file.pk, status=Referral.Status.SENT).order_by("due_at")
    sends = reverse("referrals_of_file", args=[file.pk]) if may(officer, "referrals.send", file) else ""
    return [
        Clock(
            _("Answer of: %(body)s") % {"body": outside.title_of(row.body)},
            row.sent_at,
            max(row.due_at, row.sent_at),
            now,
            kind="statutory" if row.due_basis == "statutory" else "target",
            url=reverse("referral", args=[row.pk]) if may(officer, "referrals.work", row) else sends,
        )
        for row in rows
        if not profiling.sight.hides(closed, "referral", row.to)
    ]


def story_cut(officer: Officer, file: registration.PersonFile) -> Cut:
    """Keeps back the lines of referrals whose recipient tells a restricted fact, from whom its lane is closed to."""
    closed = {to for lane in profiling.closed_lanes(officer, file) for to in lane.referrals}
    rows = Referral.objects.filter(file=file.pk, to__in=closed) if closed else Referral.objects.none()
    hidden = {str(one) for row in rows.values_list("pk", "number") for one in row}

    def cut(code: str, facts: Facts) -> Facts | None:
        if not code.startswith("referrals."):
            return facts
        told = {facts.get("to"), facts.get("referral"), facts.get("number"), facts.get("competent")}
        return facts if told.isdisjoint(closed | hidden) else None

    return cut


def found(officer: Officer, number: str, file: UUID | None) -> list[Link]:
    """The referral of this number, or those of this file, that the officer may open."""
    rows = Referral.objects.filter(Q(number=number) | Q(file=file)) if file else Referral.objects.filter(number=number)
    return [
        Link(_("Referral %(number)s") % {"number": row.number}, reverse("referral", args=[row.pk]))
        for row in rows.order_by("sent_at", "pk")
        if may(officer, "referrals.work", row)
    ]


def to_answer(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Referrals that wait for the answer of the officer's body."""
    rows = Referral.objects.filter(in_lane_of(officer), status=Referral.Status.SENT).order_by("due_at")
    return [
        Line(f"{row.number}: {texts.recipient(row.to)}", reverse("referral", args=[row.pk]), row.due_at, texts.urgency(row.urgency))
        for row in rows.only("number", "to", "due_at", "urgency")[:limit]
    ]  # fmt: skip


def unanswered(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Referrals from or to the supervisor's own office that have had no answer in time."""
    if "supervisor" not in officer.roles or not (officer.post or officer.body):
        return []
    own = Q(from_place=officer.post) & ~Q(from_place="") | Q(body=officer.body) & ~Q(body="")
    closed = {to for lane in profiling.sight.closed_to(officer.roles) for to in lane.referrals}
    rows = Referral.objects.filter(own, status=Referral.Status.SENT, due_at__lt=now).exclude(to__in=closed)
    board = reverse("board_list", args=["overdue-referrals"])
    return [
        Line(
            f"{row.number}: {outside.title_of(row.body)}",
            reverse("file", args=[row.file]) if row.from_place == officer.post else board,
            row.due_at,
        )
        for row in rows.only("number", "body", "due_at", "file", "from_place").order_by("due_at")[:limit]
    ]


TASKS = (
    Task("to-answer", gettext_lazy("Referrals to answer"), "referrals.see_queue", to_answer, "queue"),
    Task("unanswered", gettext_lazy("No answer in time"), "referrals.oversee", unanswered),
)
