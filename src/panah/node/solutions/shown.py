"""What the pages of this room show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.node.procedures import service as procedures
from panah.node.profiling import service as profiling
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.solutions import family, rules, words
from panah.node.solutions.models import FollowUp, Plan, Service, Standing
from panah.web.parts import Column, Link, Table

LONGEST_LIST = 200
LAST_ROUNDS = 6


def listed(plans: Sequence[Plan], now: datetime) -> Table:
    """Plans without a name, with the follow-up that is due next."""
    nearest: dict[UUID, FollowUp] = {}
    waiting = FollowUp.objects.filter(plan__in=[plan.pk for plan in plans], done_at=None).order_by("-due_at")
    for row in waiting:
        nearest[row.plan_id] = row
    return Table(
        caption=_("Plans"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Toward")),
            Column(_("Made")),
            Column(pgettext("plan", "Began")),
            Column(_("Next follow-up")),
            Column(_("Standing")),
        ],
        rows=[
            [
                Link(plan.number, reverse("solution", args=[plan.pk])),
                words.of(words.TOWARD, plan.toward),
                plan.opened_at,
                plan.began_on,
                nearest[plan.pk].due_at if plan.pk in nearest and not plan.ended_at else None,
                _state(plan, nearest.get(plan.pk), now),
            ]
            for plan in plans
        ],
        empty=_("No plan is here. Make one from a referral that you accepted."),
    )


def _state(plan: Plan, nearest: FollowUp | None, now: datetime) -> str:
    if plan.ended_at:
        return words.of(words.OUTCOMES, plan.outcome)
    if any(danger.closed_at is None for danger in plan.dangers.all()):
        return _("in danger")
    if nearest and nearest.due_at <= now:
        return _("follow-up due")
    return _("open")


def to_begin(officer: Officer) -> Table:
    """Accepted referrals of the officer's body for which it has no open plan yet, those that wait longest first."""
    have = Plan.objects.filter(body=officer.body, ended_at=None).values("file")
    accepted = referrals.waiting_for(officer).filter(status="accepted").exclude(file__in=have).order_by("answered_at")
    return Table(
        caption=_("Accepted referrals without a plan"),
        columns=[Column(_("Number"), heading=True), Column(_("Accepted")), Column("")],
        rows=[
            [row.number, row.answered_at, Link(_("Make a plan"), reverse("solution_new", args=[row.pk]))]
            for row in accepted.only("number", "answered_at")[:50]
        ],
        empty=_("Every accepted referral has its plan."),
    )


def due(rows: Iterable[FollowUp]) -> Table:
    """Whom to ask next."""
    return Table(
        caption=_("Follow-ups that come next"),
        columns=[Column(_("Number"), heading=True), Column(pgettext("follow-up", "After")), Column(_("Until")), Column(_("Tries"), numeric=True)],
        rows=[
            [
                Link(row.plan.number, reverse("solution", args=[row.plan_id])),
                months(row.months),
                row.due_at,
                len(row.tries.all()),
            ]
            for row in rows
        ],
        empty=_("No follow-up is due."),
    )  # fmt: skip


def months(count: int) -> str:
    return _("%(count)s mo.") % {"count": count}


def people(plan: Plan, areas: Sequence[str]) -> list[dict[str, Any]]:
    """Everybody of the plan, and how each stood on the days on which they were asked."""
    files = family.files_of(plan)
    named = {row.pk: row for row in registration.PersonFile.objects.filter(pk__in=files).prefetch_related("names")}
    said: dict[UUID, list[Standing]] = {}
    for row in plan.standings.filter(area__in=areas):
        said.setdefault(row.file, []).append(row)
    return [_picture(named[file], said.get(file, []), areas) for file in files]


def _picture(file: registration.PersonFile, said: list[Standing], areas: Sequence[str]) -> dict[str, Any]:
    found = rules.rounds((rules.Stand(row.area, row.level, row.asked_on) for row in said), areas)[-LAST_ROUNDS:]
    last = {row.area: row for row in said}
    return {
        "number": file.number,
        "name": registration.display_name(file),
        "rounds": [{"on": one.on, "known": one.known, "stands": one.stands, "of": len(areas)} for one in found],
        "lines": [
            {
                "area": words.of(words.AREAS, area),
                "cells": [words.of(words.LEVELS, str(one.levels.get(area, rules.UNKNOWN))) for one in found],
                "last": last.get(area),
            }
            for area in areas
            if area in last
        ],
        "never": [words.of(words.AREAS, area) for area in areas if area not in last],
    }


def steps(officer: Officer, plan: Plan, areas: Sequence[str], today: Any) -> list[dict[str, Any]]:
    """The steps, those that are open first, each with how its referral stands as far as the officer may know."""
    closed = profiling.sight.closed_to(officer.roles)
    by_kind = {row.to: row for row in referrals.of_file(plan.file)}
    rows = plan.steps.filter(area__in=areas).select_related("danger")
    return [
        {
            "row": row,
            "area": words.of(words.AREAS, row.area),
            "what": row.what or _("Referral because of the danger that was told"),
            "who": words.who(row.who),
            "basis": "" if row.due_basis in ("agreed", "at_once") else words.parameter_title(row.due_basis),
            "result": words.of(words.RESULTS, row.result) if row.result else "",
            "grade": words.of(words.GRADES, row.grade) if row.grade else "",
            "late": row.ended_at is None and row.due_on < today,
            "other_body": row.who not in ("person", "office"),
            "referral": by_kind[row.who].get_status_display()
            if row.who in by_kind and not profiling.sight.hides(closed, "referral", row.who)
            else "",
        }
        for row in sorted(rows, key=lambda one: (one.ended_at is not None, one.due_on))
    ]


def offered_who(officer: Officer) -> list[tuple[str, str]]:
    """Who can do a step. Lanes that are restricted are offered to those who serve them."""
    closed = profiling.sight.closed_to(officer.roles)
    kinds = [
        to
        for to in referrals.recipients()
        if to != "own_consulate" and not profiling.sight.hides(closed, "referral", to)
    ]
    return [(code, words.who(code)) for code in ("person", "office", *kinds) if code != "security_service"]


def follow_ups(plan: Plan, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "months": months(row.months),
            "state": words.of(words.FOLLOW_UPS, rules.follow_up_state(row.reached, row.due_at, now)),
            "due": row.done_at is None and row.due_at <= now,
            "open": row.done_at is None
            and (bool(row.tries.all()) or rules.reminder_due(row.from_at, row.due_at, 0, now) > 0),
            "tries": [
                {
                    "row": one,
                    "how": words.of(words.HOW, one.how),
                    "said": [
                        (_("Safe"), words.of(words.SAID, one.safe)),
                        (_("Works"), words.of(words.SAID, one.works)),
                        (_("Still in the job that was found here"), words.of(words.SAID, one.same_job)),
                        (_("Wants to leave again"), words.of(words.SAID, one.wants_to_leave)),
                        (_("Why"), ", ".join(words.of(words.DRIVERS, code) for code in one.why_leave)),
                        (_("Lives"), words.of(words.WHERE, one.where)),
                    ]
                    if one.reached
                    else [],
                }
                for one in row.tries.all()
            ],
        }
        for row in plan.follow_ups.order_by("turn").prefetch_related("tries")
    ]


def services(rows: QuerySet[Service]) -> Table:
    return Table(
        caption=_("Help that was given"),
        columns=[
            Column(_("What"), heading=True),
            Column(_("Day")),
            Column(_("How much money"), numeric=True),
            Column(_("Receipt")),
        ],
        rows=[
            [
                " · ".join(filter(None, (words.of(words.SERVICES, row.kind), row.what))),
                row.on,
                f"{row.amount} {row.currency}" if row.amount else None,
                Link(row.number, reverse("solution_receipt", args=[row.pk])) if row.number else None,
            ]
            for row in rows
        ],
        empty=_("Nothing was given yet."),
    )


def dangers(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "told": ", ".join(referrals.recipient_title(lane) for lane in row.told),
            "replies": [{"row": one, "safe": words.of(words.SAID, one.safe)} for one in row.replies.all()],
        }
        for row in plan.dangers.prefetch_related("replies")
    ]


def bans(officer: Officer, file: registration.PersonFile) -> list[Any]:
    """The bans on entry that stand on record, for who may know that there are such bans. Why they were imposed is not told here."""
    known = profiling.profiles_for(officer, file, ["entry_banned_abroad"])
    return list(procedures.standing_bans(file.pk)) if known else []


def ban(officer: Officer, file: registration.PersonFile, on: date) -> dict[str, Any] | None:
    """An entry ban of another state of which the person spoke: on what it is contested, and which lawful ways to work it leaves open."""
    decided = profiling.confirmed(file.pk)
    if decided is None or "entry_banned_abroad" not in profiling.profiles_for(officer, file, decided.profiles):
        return None
    record: Mapping[str, Any] = decided.record.get("labour", {})
    state = str(record.get("entry_ban_by", ""))
    home = "own_national_returning" in decided.profiles
    barred = {state, *(row.state for row in bans(officer, file))}
    tag = get_language() or "en"
    ways = []
    for way in registration.node_pack().channels_on(on, "out" if home else "in"):
        open_to = [code for code in way.countries if not (home and code in barred)]
        fits = home or not way.countries or not set(file.citizenships).isdisjoint(way.countries)
        if fits and not way.holders and (open_to or not way.countries):
            title = way.title.get(tag) or way.title.get("en", "")
            ways.append({"title": title, "countries": open_to if home else [], "verified": way.verified})
    return {"state": state, "remedies": [str(word) for word in words.REMEDIES.values()], "ways": ways}
