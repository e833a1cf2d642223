"""What the pages of this room show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cores.lawbook import Citation
from panah.cores.lawbook.book.speech import Speech
from panah.cores.lawbook.model import Value
from panah.foundation.access.models import Officer
from panah.node.labour import rules, words
from panah.node.labour.models import Enquiry, Insured, Permit, WorkRecord
from panah.node.labour.totals import Estimate
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.solutions.service import GRADES
from panah.web.parts import Column, Link, Table
from panah.web.reading import country_name, gregorian_day


def state_name(code: str) -> str:
    return country_name(code, get_language() or "en")


def _day(on: date) -> str:
    return gregorian_day(on, get_language() or "en")


def listed(rows: Sequence[WorkRecord], today: date) -> Table:
    """Records without a name, with the permit that ends next. `rows` come with their permits and enquiries."""
    return Table(
        caption=_("Records of work"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Opened")),
            Column(_("Next end of a permit")),
            Column(_("Funds that did not answer yet"), numeric=True),
            Column(_("Standing")),
        ],
        rows=[
            [
                Link(row.number, reverse("work_record", args=[row.pk])),
                registration.local_day(row.opened_at),
                _next_end(row, today),
                sum(1 for one in row.enquiries.all() if one.answered_on is None),
                words.of(words.OUTCOMES, row.outcome) if row.ended_at else _("open"),
            ]
            for row in rows
        ],
        empty=_("No record is here. Open one from a referral that you accepted."),
    )


def _next_end(row: WorkRecord, today: date) -> date | None:
    ends = [one.last for one in row.permits.all() if one.struck_at is None and one.last and one.last >= today]
    return min(ends, default=None)


def to_begin(officer: Officer) -> Table:
    """Accepted referrals of the officer's body for which it keeps no open record yet, those that wait longest first."""
    have = WorkRecord.objects.filter(body=officer.body, ended_at=None).values("file")
    accepted = referrals.waiting_for(officer).filter(status="accepted").exclude(file__in=have).order_by("answered_at")
    return Table(
        caption=_("Accepted referrals without a record of work"),
        columns=[Column(_("Number"), heading=True), Column(_("Accepted")), Column("")],
        rows=[
            [row.number, row.answered_at, Link(_("Open a record"), reverse("work_record_new", args=[row.pk]))]
            for row in accepted.only("number", "answered_at")[:50]
        ],
        empty=_("Every accepted referral has its record."),
    )


def periods(rows: Sequence[Insured]) -> list[dict[str, Any]]:
    """The lines of insured time, those that stand before those that were struck out."""
    return [
        {
            "row": row,
            "label": _period_label(row),
            "kind": words.of(words.KINDS, row.kind),
            "grade": str(GRADES.get(row.grade, row.grade)),
            "days": (row.last - row.first).days + 1 if row.last else None,
        }
        for row in sorted(rows, key=lambda one: one.struck_at is not None)
    ]


def _period_label(row: Insured) -> str:
    return f"{state_name(row.state)}, {_day(row.first)} – {_day(row.last) if row.last else '…'}"


def _permit_label(row: Permit) -> str:
    return f"{state_name(row.state)}, {words.of(words.PERMITS, row.kind)}, {_day(row.last) if row.last else '…'}"


def correctable(rows: Sequence[Insured] | Sequence[Permit]) -> list[tuple[str, str]]:
    """The lines that stand, as choices of what a new one corrects."""
    return [
        (str(row.pk), _period_label(row) if isinstance(row, Insured) else _permit_label(row))
        for row in rows
        if row.struck_at is None
    ]


def permits(rows: Sequence[Permit], today: date) -> list[dict[str, Any]]:
    """The permits with how they stand today."""
    found = []
    for row in sorted(rows, key=lambda one: one.struck_at is not None):
        standing = rules.standing(row.first, row.last, today)
        found.append(
            {
                "row": row,
                "label": _permit_label(row),
                "kind": words.of(words.PERMITS, row.kind),
                "grade": str(GRADES.get(row.grade, row.grade)),
                "standing": words.of(words.STANDING, standing),
                "tone": {"over": "danger", "ends_soon": "amber", "unknown": "amber"}.get(standing, "plain"),
            }
        )
    return found


def enquiries(rows: Sequence[Enquiry], today: date) -> list[dict[str, Any]]:
    """What funds were asked, and what came."""
    return [
        {
            "row": row,
            "way": words.of(words.WAYS, row.way),
            "result": words.of(words.RESULTS, row.result) if row.result else "",
            "late": row.answered_on is None and row.answer_by < today,
            "open": row.answered_on is None or row.result == "no_answer",
        }
        for row in rows
    ]


def source(citation: Citation | None) -> str:
    return safeguards.source_text([citation]) if citation else ""


def sums(found: Estimate) -> Table:
    """The days of each state. A number stands only where a source allows to count it; else it is not known."""
    unknown = _("not known")
    return Table(
        caption=_("Days of insurance, on %(day)s") % {"day": _day(found.on)},
        columns=[
            Column(_("State"), heading=True),
            Column(_("Own days shown by papers"), numeric=True),
            Column(_("Own days with what was told"), numeric=True),
            Column(_("Days that it could count together"), numeric=True),
            Column(_("Days in two states, counted once"), numeric=True),
            Column(_("Days before the agreement"), numeric=True),
            Column(_("Its part")),
        ],
        rows=[
            [
                state_name(one.state),
                one.shown,
                one.told,
                one.together.days if one.together else (unknown if found.answer == "unknown" else None),
                one.together.coinciding if one.together else None,
                one.together.before_force if one.together else None,
                f"{one.together.own}\u00a0/\u00a0{one.together.days}" if one.together and one.together.days else None,
            ]
            for one in found.sums
        ],
        empty=_("No insured time is written down yet."),
    )


def summed(found: Estimate) -> dict[str, Any]:
    """The estimate in words: under which agreement, where that stands, and what nobody knows."""
    home = next((one.together for one in found.sums if one.state == found.home and one.together), None)
    return {
        "answer": found.answer,
        "why": words.of(words.WHY, found.why),
        "agreement": words.of(words.AGREEMENTS, found.agreement),
        "source": source(found.citation),
        "verified": found.verified,
        "least": found.least,
        "least_source": source(found.least_citation),
        "enough": home.enough if home else None,
        "left_out": [state_name(code) for code in found.left_out if found.answer == "added"],
        "without_end": found.without_end,
        "told": any(one.told != one.shown for one in found.sums),
        "table": sums(found),
    }


def to_ask(found: Estimate, rows: Sequence[Enquiry]) -> list[dict[str, Any]]:
    """The states whose fund was not asked yet, with what to ask it."""
    days = {one.state: one.told for one in found.sums}
    states = [state for state, count in days.items() if count]
    joined = {one.state for one in found.sums if one.together}
    return [
        {
            "state": state_name(state),
            "days": days[state],
            "joined": state in joined,
            "home": state == found.home,
        }
        for state in rules.to_ask(found.home, states, (row.state for row in rows))
    ]


def terms(on: date) -> Table:
    """What the pack of this state says of work permits and quotas, each with where it stands. What it does not know says so."""
    pack, tag = registration.node_pack(), get_language() or "en"
    speech = Speech(pack, tag if tag in ("en", "ru") else "en", on)
    rows = []
    for name, parameter in sorted(pack.parameters.items()):
        if not name.startswith("labour/"):
            continue
        value = parameter.value_on(on)
        known = isinstance(value, Value)
        cited = value.citation if isinstance(value, Value) else None
        rows.append(
            [
                speech.title(parameter.what),
                speech.value(value) if isinstance(value, Value) else _("not known"),
                source(cited) or None,
                None if not known else _("yes") if isinstance(value, Value) and value.verified else _("not verified"),
            ]
        )
    return Table(
        caption=_("What the pack of this state says of work, on %(day)s") % {"day": _day(on)},
        columns=[Column(_("Rule"), heading=True), Column(_("Value")), Column(_("Source")), Column(_("Verified"))],
        rows=rows,
        empty=_("The pack says nothing of work."),
    )
