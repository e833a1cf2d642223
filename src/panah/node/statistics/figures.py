"""The figures of one body's work, each with its definition: from what the rooms counted to what a reader may see. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from panah.foundation.spans import Spans
from panah.node.families.service import Seeking
from panah.node.procedures.service import Leading
from panah.node.referrals.service import Answering
from panah.node.solutions.service import Lasting
from panah.web.parts import Text

SMALLEST = 10
"""Fewer people than these, or a share of fewer, are shown only to those who may read the cases."""


@dataclass(frozen=True)
class Number:
    """A count, and where `of` is given the share that it is of that. `protected` where it is too small for the reader."""

    count: int
    of: int | None = None
    protected: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure of a kind of work: what it is called, its value, and what exactly it counts."""

    label: Text
    value: Number | float | datetime | None
    definition: Text


def of_referrals(one: Answering, *, exact: bool) -> list[Figure]:
    """How referrals of one kind were answered."""
    return [
        Figure(_("Received"), _count(one.received, exact), _("Referrals sent to the body in the period.")),
        Figure(
            _("Answered"), _part(len(one.answered), one.received, exact), _("Of these, accepted or declined by now.")
        ),
        Figure(
            _("Median days to the answer"),
            _days(one.answered, exact),
            _("From sending to the answer; half took longer."),
        ),
        Figure(
            _("In statutory time"),
            _share(one.statutory, exact),
            _("Answered by the term of the law, of all whose term has come or that were answered."),
        ),
        Figure(
            _("In target time"), _share(one.target, exact), _("The same where no law sets a term and we promised one.")
        ),
        Figure(_("Waiting now"), _stock(one.pending, exact), _("Sent and not answered, whenever they came.")),
        Figure(
            _("Oldest waiting since"), one.oldest if exact else None, _("When the one that waits longest was sent.")
        ),
    ]


def of_procedure(one: Leading, *, exact: bool) -> list[Figure]:
    """How one procedure was led."""
    known = one.granted + one.refused
    return [
        Figure(_("Opened"), _count(one.opened, exact), _("Procedures opened in the period.")),
        Figure(
            _("With counsel"),
            _part(one.with_counsel, one.opened, exact),
            _("Of these, people to whom somebody gives legal aid, as far as it is on record by now."),
        ),
        Figure(
            _("Decided"),
            _count(len(one.decided), exact),
            _("Decisions signed in the period, without those on appeals."),
        ),
        Figure(
            _("Median days to the decision"),
            _days(one.decided, exact),
            _("From opening to the signature; half took longer."),
        ),
        Figure(
            _("Granted"),
            _part(one.granted, known, exact, beside=len(one.decided) - known),
            _("Whole or in part, of those granted and refused in the period, and of nothing else."),
        ),
        Figure(
            _("In statutory time"),
            _share(one.statutory, exact),
            _("Met in time, of the verified terms of the authority that were met or ran out in the period."),
        ),
        Figure(
            _("Overturned on appeal"),
            _part(one.overturned, one.appeals, exact),
            _("Of the appeals that ended in the period."),
        ),
        Figure(
            _("Open now"), _stock(one.pending, exact), _("Procedures that have not ended, whenever they were opened.")
        ),
        Figure(
            _("Oldest open since"), one.oldest if exact else None, _("When the one that is open longest was opened.")
        ),
    ]


def of_plans(one: Lasting, *, exact: bool) -> list[Figure]:
    """How plans toward one solution went on. Who was not reached is in every whole, and in no part but its own."""
    return [
        Figure(_("Opened"), _count(one.opened, exact), _("Plans made in the period.")),
        Figure(
            _("Reached at follow-ups"),
            _part(one.reached, one.asked, exact),
            _("Of all follow-ups whose day came in the period, tried or not. Of the others nothing is known."),
        ),
        Figure(
            _("Say that they are safe"),
            _part(one.safe, one.asked, exact, beside=one.reached - one.safe),
            _("Of the same whole. Not reached, not asked and refused are not known, and no success."),
        ),
        Figure(
            _("Say that they work"),
            _part(one.works, one.asked, exact, beside=one.reached - one.works),
            _("Of the same whole. Not reached, not asked and refused are not known, and no success."),
        ),
        Figure(_("Dangers told"), _count(one.dangers, exact), _("Dangers of which the body was told in the period.")),
        Figure(_("Open now"), _stock(one.pending, exact), _("Plans that have not ended, whenever they were made.")),
        Figure(_("Oldest open since"), one.oldest if exact else None, _("When the one that is open longest was made.")),
    ]


def of_tracing(one: Seeking, *, exact: bool) -> list[Figure]:
    """How families were sought, and how they are who came together."""
    return [
        Figure(_("Opened"), _count(one.opened, exact), _("Tracing requests opened in the period.")),
        Figure(
            _("Sought by children"), _part(one.of_children, one.opened, exact), _("Of these, by a child or who is treated so.")
        ),
        Figure(
            _("Contact or together"),
            _part(one.found, one.closed, exact),
            _("Of the requests closed in the period, those that ended so."),
        ),
        Figure(
            _("Still together when asked"),
            _part(one.together, one.asked, exact),
            _("Of all follow-ups of families brought together whose day came in the period. Not reached is not known, and no success."),
        ),
        Figure(_("Open now"), _stock(one.pending, exact), _("Requests that are not closed, whenever they were opened.")),
        Figure(
            _("Silent now"),
            _part(one.silent, one.pending, exact) if exact else None,
            _("Of these, those whose next step is overdue."),
        ),
        Figure(
            _("Oldest open since"), one.oldest if exact else None, _("When the one that is open longest was opened.")
        ),
    ]  # fmt: skip


def _count(count: int, exact: bool) -> Number:
    return Number(count, protected=not exact and count < SMALLEST)


def _part(count: int, of: int, exact: bool, *, beside: int = 0) -> Number | None:
    """A part of a whole: too small where the part or the rest of it is, or what stands `beside` the whole in another figure."""
    if of == 0:
        return None
    small = min(count, of - count) < SMALLEST or 0 < beside < SMALLEST
    return Number(count, of, protected=not exact and small)


def _share(kept: Sequence[bool], exact: bool) -> Number | None:
    return _part(sum(kept), len(kept), exact)


def _days(spans: Spans, exact: bool) -> float | Number | None:
    """The median in days, to one place."""
    middle = spans.median()
    if middle is None:
        return None
    return Number(0, protected=True) if not exact and len(spans) < SMALLEST else round(middle / timedelta(days=1), 1)


def _stock(count: int, exact: bool) -> Number:
    """What is there now changes by single people from day to day, so it is told in tens."""
    if exact:
        return Number(count)
    return Number(count // SMALLEST * SMALLEST, protected=count < SMALLEST)
