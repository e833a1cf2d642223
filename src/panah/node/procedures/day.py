"""What of procedures is next for a person, what is an officer's to do, and what of a story is for the lane alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.procedures import rules, service, shown, words
from panah.node.procedures.models import Decision, Detention, Hearing, Proceeding
from panah.node.profiling import service as profiling
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.registration.service import Cut, Facts
from panah.node.safeguards import service as safeguards
from panah.web.parts import Clock, Link
from panah.web.tasks import Line, Task

WEEK = timedelta(days=7)
RUNNING_OUT = 80
"""Percent of a term: the second warning."""


def next_for(officer: Officer, file: registration.PersonFile, now: datetime) -> Sequence[Clock]:
    """The terms that run in the procedures that the officer may read, and the hearings that are set in them."""
    found: list[Clock] = []
    for row in Proceeding.objects.filter(file=file.pk, ended_at=None).order_by("opened_at"):
        if may(officer, "procedures.read", row):
            url = reverse("procedure", args=[row.pk])
            found += [clock for clock in shown.clocks(row, now, url) if clock.done is None and clock.due is not None]
            found += [_hearing(one, now, url) for one in row.hearings.filter(held_at=None, at__gte=now - WEEK)]
    return found


def _hearing(one: Hearing, now: datetime, url: str) -> Clock:
    return Clock(_("Hearing"), min(now, one.at) - timedelta(days=1), one.at, now, kind="agreed", url=url)


def story_cut(officer: Officer, file: registration.PersonFile) -> Cut:
    """Leaves out the lines of procedures that tell a restricted fact by their mere name, for whom its lane is closed to."""
    closed = profiling.closed_lanes(officer, file)
    codes = {code for lane in closed for code in lane.procedures}
    rows = Proceeding.objects.filter(file=file.pk, procedure__in=codes) if codes else Proceeding.objects.none()
    hidden = set(rows.values_list("number", flat=True))

    def cut(code: str, facts: Facts) -> Facts | None:
        if not code.startswith("procedures."):
            return facts
        told = {facts.get("procedure"), facts.get("number"), facts.get("proceeding")}
        return facts if told.isdisjoint(codes | hidden) else None

    return cut


def found(officer: Officer, number: str, file: UUID | None) -> list[Link]:
    """The procedure of this number, or those of this file, that the officer may read."""
    rows = (
        Proceeding.objects.filter(Q(number=number) | Q(file=file)) if file else Proceeding.objects.filter(number=number)
    )
    return [
        Link(f"{row.number}: {words.procedure_title(row.procedure)}", _url(row))
        for row in rows.order_by("opened_at", "pk")
        if may(officer, "procedures.read", row)
    ]


def _mine(officer: Officer) -> QuerySet[Proceeding]:
    return service.open_to(officer).filter(ended_at=None)


def _decided_in(proceedings: QuerySet[Proceeding]) -> Exists:
    """Whether a decision belongs to one of these. Asked of each decision that waits: a database that keeps no figures of its tables
    would else go through all proceedings of the body to find the few decisions."""
    return Exists(proceedings.filter(steps=OuterRef("step")).order_by())


def terms_running_out(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Terms of the authority in the body's open procedures that are over or of which four fifths have gone."""
    late = Q(due_at__lt=now) | Q(warned__gte=RUNNING_OUT)
    rows = service.open_terms(officer).filter(late).order_by("due_at", "pk")[:limit]
    return [
        Line(
            f"{term.step.proceeding.number}: {words.parameter_title(term.parameter)}", _url(term.step.proceeding), term.due_at,
            str(words.BASES.get(term.basis, "")),
        )
        for term in rows.select_related("step__proceeding")
    ]  # fmt: skip


def hearings(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Hearings of the week, and those of last week of which no record is kept."""
    coming, past = _("hearing"), _("keep the record of the hearing")
    rows = Hearing.objects.filter(
        held_at=None, at__gte=now - WEEK, at__lt=now + WEEK, proceeding__in=_mine(officer)
    ).select_related("proceeding")
    return [
        Line(
            f"{one.proceeding.number}: {coming if one.at >= now else past}",
            _url(one.proceeding),
            one.at,
        )
        for one in rows.order_by("at", "pk")[:limit]
    ]


def to_sign(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Drafts of colleagues that wait for a second officer."""
    rows = (
        Decision.objects.filter(_decided_in(_mine(officer)), signed_at=None, sent_back="")
        .exclude(drafted_by=officer.pk)
        .select_related("step__proceeding")
        .order_by("drafted_at", "pk")
    )
    return [
        Line(one.step.proceeding.number, _url(one.step.proceeding), detail=words.outcome_text(one.outcome))
        for one in rows[:limit]
    ]


def to_tell(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Signed decisions of which the person was not told: no time to appeal runs before."""
    rows = Decision.objects.filter(
        _decided_in(service.open_to(officer)), signed_at__isnull=False, notified_at=None
    ).select_related("step__proceeding")
    return [
        Line(one.step.proceeding.number, _url(one.step.proceeding), detail=words.outcome_text(one.outcome))
        for one in rows.order_by("signed_at", "pk")[:limit]
    ]


def own_reviews(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """The same for those who lead the procedure; who oversees has them on a list of all bodies already."""
    return [] if may(officer, "procedures.see_detained") else reviews(officer, now, limit)


def reviews(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Reviews of detention that were missed or are due within a week, and people who must be released."""
    due = Q(review_due__lt=now + WEEK) | Q(maximum_due__lt=now + WEEK)
    held = service.detained(officer) if may(officer, "procedures.see_detained") else Detention.objects.filter(
        released_at=None, proceeding__in=service.open_to(officer)
    )  # fmt: skip
    rows = held.filter(due).select_related("proceeding").order_by(F("review_due").asc(nulls_last=True), "pk")
    lines = []
    for one in rows[:limit]:
        ends = [at for at in (one.review_due, one.maximum_due) if at is not None]
        url = _url(one.proceeding) if may(officer, "procedures.read", one.proceeding) else reverse("detained")
        lines.append(Line(one.proceeding.number, url, min(ends), shown.state_of(one)))
    return lines


def to_begin(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Accepted referrals of the officer's lanes from which no procedure has arisen yet."""
    if not any(not officer.roles.isdisjoint(roles) for roles in rules.WORKED_ON_BY.values()):
        return []
    begun = Proceeding.objects.filter(file=OuterRef("file"), body=officer.body, referral=OuterRef("pk"))
    rows = referrals.waiting_for(officer).filter(~Exists(begun), status="accepted").only("number", "due_at")
    return [Line(one.number, reverse("procedure_new", args=[one.pk])) for one in rows[:limit]]


def second_words(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Holds of people in the body's procedures of which another body has said that they may fall."""
    people = _mine(officer).values("file")
    return [
        Line(safeguards.open_title(hold.code), reverse("hold", args=[hold.pk]))
        for hold in safeguards.waiting_for_second_word(officer).filter(subject__in=people)[:limit]
    ]


def leading(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """The open cases that the officer leads, with the term that ends next."""
    running = Q(steps__terms__done_at=None, steps__ended_at=None)
    rows = service.open_to(officer).filter(lead=officer.pk, ended_at=None)
    rows = rows.annotate(ends=Min("steps__terms__due_at", filter=running)).order_by(
        F("ends").asc(nulls_last=True), "pk"
    )
    return [Line(row.number, _url(row), row.ends, words.stage_title(row.procedure, row.stage)) for row in rows[:limit]]


def appointments(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Where the officer is to interpret: number, day and place."""
    return [
        Line(
            one.proceeding.number,
            reverse("appointment", args=[one.pk]),
            one.at,
            one.room if one.interpreter_says else _("say whether you come"),
        )
        for one in service.appointments(officer, now)[:limit]
    ]


def _url(row: Proceeding) -> str:
    return reverse("procedure", args=[row.pk])


TASKS = (
    Task("interpreting", gettext_lazy("Where you interpret"), "procedures.interpret", appointments, "appointments"),
    Task("led-cases", gettext_lazy("Cases that you lead"), "procedures.see", leading, "procedures"),
    Task("terms", gettext_lazy("Terms running out"), "procedures.see", terms_running_out, "procedures", "?list=late"),
    Task("hearings", gettext_lazy("Hearings of the week"), "procedures.see", hearings, "procedures"),
    Task("to-sign", gettext_lazy("Decisions to sign"), "procedures.see", to_sign, "procedures"),
    Task("to-tell", gettext_lazy("Decisions to tell the person"), "procedures.see", to_tell, "procedures"),
    Task("to-begin", gettext_lazy("Procedures to open"), "procedures.see", to_begin, "procedures"),
    Task("second-words", gettext_lazy("Holds that wait for a second word"), "procedures.see", second_words),
    Task("reviews", gettext_lazy("Reviews of detention"), "procedures.see", own_reviews),
    Task("reviews-overseen", gettext_lazy("Reviews of detention of every body"), "procedures.see_detained", reviews, "detained"),
)  # fmt: skip
