"""How a body leads its procedures: figures of the body's work, of no person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.db.models import Count, F, Min, Q

from panah.cores.lawbook import Unknown
from panah.foundation.spans import MinutesBetween, Spans
from panah.node.procedures import rules
from panah.node.procedures.models import Decision, Proceeding, Step, Term
from panah.node.registration import service as registration

GRANTS = frozenset({"grants", "grants_part"})
OVERTURNS = frozenset({"grants", "grants_part", "frees"})


@dataclass
class Leading:
    """The procedures of one code that a body opened and decided in a period, and those that are open there now.

    `with_counsel` are those of the opened ones in which somebody gives the person legal aid, as far as it is on record by now.
    `decided` holds of each decision at first instance how long it took; `granted` and `refused` are those of them that gave the person
    what the procedure can give, whole or in part, and those that did not. `statutory` holds of each verified term of law of the authority that
    was met or ran out in the period whether it was met in time.
    """

    procedure: str
    opened: int = 0
    with_counsel: int = 0
    decided: Spans = field(default_factory=Spans)
    granted: int = 0
    refused: int = 0
    statutory: list[bool] = field(default_factory=list)
    appeals: int = 0
    overturned: int = 0
    pending: int = 0
    oldest: datetime | None = None


def leading(body: str, first: datetime, after_last: datetime, now: datetime) -> list[Leading]:
    """By procedure, in seven queries."""
    found: defaultdict[str, Leading] = defaultdict(lambda: Leading(""))
    of_body = Proceeding.objects.filter(body=body).order_by().values("procedure")
    for row in of_body.filter(opened_at__gte=first, opened_at__lt=after_last).annotate(n=Count("*")):
        found[row["procedure"]].opened = row["n"]
    aided = of_body.filter(opened_at__gte=first, opened_at__lt=after_last, legal_aid__state=rules.GIVEN)
    for row in aided.annotate(n=Count("pk", distinct=True)):
        found[row["procedure"]].with_counsel = row["n"]
    for row in of_body.filter(ended_at=None).annotate(n=Count("*"), oldest=Min("opened_at")):
        found[row["procedure"]].pending, found[row["procedure"]].oldest = row["n"], row["oldest"]
    read = _reader()
    _decisions(found, read, body, first, after_last)
    _appeals(found, read, body, first, after_last)
    terms = Term.objects.filter(~Q(basis="target"), binds="authority", verified=True, body=body)
    met = terms.filter(done_at__gte=first, done_at__lt=after_last, due_at__isnull=False)
    over = terms.filter(done_at=None, due_at__gte=first, due_at__lt=min(after_last, now))
    in_time = Count("done_at", filter=Q(done_at__lte=F("due_at")))
    for row_met in met.order_by().values("procedure").annotate(n=Count("*"), kept=in_time):
        kept = row_met["kept"]
        found[row_met["procedure"]].statutory += [True] * kept + [False] * (row_met["n"] - kept)
    for late in over.order_by().values("procedure").annotate(n=Count("*")):
        found[late["procedure"]].statutory += [False] * late["n"]
    for code, one in found.items():
        one.procedure = code
    return sorted(found.values(), key=lambda one: one.procedure)


def _decisions(found: defaultdict[str, Leading], read: _Read, body: str, first: datetime, after_last: datetime) -> None:
    rows = Decision.objects.filter(body=body, signed_at__gte=first, signed_at__lt=after_last).order_by()
    took = MinutesBetween(F("signed_at"), F("step__proceeding__opened_at"))
    alike = rows.values_list("step__procedure", "step__proceeding__shape_on", "step__stage", "outcome", took)
    for procedure, on, stage, outcome, minutes, many in alike.annotate(many=Count("*")):
        appeal, means = read(procedure, on, stage, outcome)
        if appeal:
            continue
        found[procedure].decided.of_minutes[minutes] += many
        found[procedure].granted += many if means in GRANTS else 0
        found[procedure].refused += many if means == "refuses" else 0


def _appeals(found: defaultdict[str, Leading], read: _Read, body: str, first: datetime, after_last: datetime) -> None:
    pack = registration.node_pack()
    stages = {stage.id for shape in pack.procedures for stage in shape.stages if rules.is_appeal(shape, stage)}
    rows = Step.objects.filter(body=body, stage__in=sorted(stages), ended_at__gte=first, ended_at__lt=after_last)
    ended = rows.order_by().values("procedure", "proceeding__shape_on", "stage", "outcome")
    for row in ended.annotate(n=Count("*")):
        procedure = row["procedure"]
        appeal, means = read(procedure, row["proceeding__shape_on"], row["stage"], row["outcome"])
        if appeal and means:
            found[procedure].appeals += row["n"]
            found[procedure].overturned += row["n"] if means in OVERTURNS else 0


_Read = Callable[[str, date, str, str], tuple[bool, str]]


def _reader() -> _Read:
    """Whether a stage is the way of a remedy, and what an outcome of it means, each looked up once."""

    @cache
    def read(procedure: str, on: date, stage: str, outcome: str) -> tuple[bool, str]:
        shape = registration.node_pack().procedure(procedure, on)
        known = None if isinstance(shape, Unknown) else next((one for one in shape.stages if one.id == stage), None)
        if known is None or isinstance(shape, Unknown):
            return False, ""
        return rules.is_appeal(shape, known), rules.meaning(known, outcome)

    return read
