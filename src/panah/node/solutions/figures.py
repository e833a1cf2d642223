"""Terms and figures of the pack that this room reckons with."""

from __future__ import annotations

from datetime import date

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.terms import Due, due
from panah.node.registration import service as registration
from panah.node.solutions import rules


def ends(name: str, facts: dict[str, date | None]) -> Due | None:
    """When the pack's term ends; None where the pack has no such term or lacks a fact."""
    pack = registration.node_pack()
    parameter = pack.parameters.get(name)
    if parameter is None:
        return None
    found = due(parameter, facts, calendar_of(pack))
    return None if isinstance(found, Unknown) else found


def months_of(found: Due) -> int:
    return int(found.value.number)


def tries_needed(on: date) -> int:
    """How many tries on different days there are before somebody counts as not reached; the floor's where the pack is silent."""
    parameter = registration.node_pack().parameters[rules.TRIES]
    value = parameter.value_on(on)
    return 3 if isinstance(value, Unknown) else int(value.number)


def last_next_try(on: date) -> date | None:
    """Until when somebody who was not reached is tried again: as long as the pack waits before it asks for the first time. None where
    it is silent."""
    found = ends(rules.FOLLOW_UPS[1], {"returned": on})
    return registration.local_day(found.at) if found else None


def is_national(file: registration.PersonFile) -> bool:
    """Whether this state is one of the person's own."""
    return registration.node_pack().country in file.citizenships
