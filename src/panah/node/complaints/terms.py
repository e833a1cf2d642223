"""Until when a complaint is to be answered: by the pack where it has a term that binds the authority, else by a target that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.model import DURATIONS
from panah.cores.lawbook.terms import due
from panah.node.complaints import rules
from panah.node.complaints.models import Complaint
from panah.node.registration import service as registration


@dataclass(frozen=True)
class Answer:
    """When the term begins and ends. `term` names the parameter of the pack; empty for a target of ours."""

    started_at: datetime
    due_at: datetime
    term: str


def day_of(moment: datetime) -> date:
    """The day as the state's clocks show it."""
    return moment.astimezone(_zone()).date()


def answer_due(received_on: date) -> Answer:
    """Terms of the pack's procedure `complaint` that bind the authority and run from the filing; a term that is not
    verified may warn as well as a target can."""
    pack = registration.node_pack()
    begin = datetime.combine(received_on, time.min, _zone())
    shape = pack.procedure("complaint", received_on)
    names = [] if isinstance(shape, Unknown) else [name for stage in shape.stages for name in stage.terms]
    for name in names:
        parameter = pack.parameters.get(name)
        if parameter is None or parameter.unit not in DURATIONS or parameter.binds != "authority":
            continue
        end = due(parameter, {"application": received_on}, calendar_of(pack))
        if not isinstance(end, Unknown):
            return Answer(begin, end.at, name)
    return Answer(begin, begin + rules.TARGET, "")


def by_law(row: Complaint) -> bool:
    """Whether the law sets the day of the answer, and not a target: of this project, or of a guideline in the pack."""
    return registration.node_pack().basis_on(row.term, row.received_on) == "statutory" if row.term else False


def _zone() -> ZoneInfo:
    return ZoneInfo(registration.node_pack().timezone)
