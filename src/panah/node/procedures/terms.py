"""Facts and terms of a proceeding: laid down with a stage, reckoned anew whenever a fact or a pause changes.

Called by actions.py inside its transactions, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.dealings import Procedure
from panah.cores.lawbook.text import parse_mapping
from panah.foundation.door.service import Refused
from panah.node.procedures.models import Proceeding
from panah.node.registration import service as registration

BY_ITSELF: Final = frozenset({"application", "registration", "detention_start", "apprehension", "identification"})
"""Facts that happen with the beginning of their stage. Others, such as a notification, are said by an act of their own."""


OF_AN_ACT: Final = frozenset(
    {
        "notification",
        "knowledge_of_decision",
        "decision",
        "removal_decision",
        "detention_start",
        "detention_review",
        "waiver_declared",
    }
)
"""Facts that only the act itself writes down. Moved by a word, they could shorten a time to appeal or lengthen a detention."""


def shape_of(row: Proceeding) -> Procedure:
    """The shape of the procedure that applies to this proceeding. Refused where the pack has it no longer."""
    shape = registration.node_pack().procedure(row.procedure, row.shape_on)
    if isinstance(shape, Unknown):
        raise Refused(
            f"{shape.why} The proceeding was opened under version {row.pack_version} of the pack; put that back.",
            code="no_shape",
        )
    return shape


def local_day(moment: datetime) -> date:
    """The day of a moment as the state's clocks show it."""
    return moment.astimezone(ZoneInfo(registration.node_pack().timezone)).date()


@lru_cache(maxsize=2)
def _read_closed_list(root: Path) -> Mapping[str, Any]:
    name = root / "_schema" / "facts.yaml"
    return parse_mapping(name.read_bytes(), "_schema/facts.yaml")


def closed_list() -> Mapping[str, Any]:
    """The facts that can start a clock and the causes that can stop one (packs/_schema/facts.yaml)."""
    return _read_closed_list(registration.node_pack().root)


def fact_codes() -> tuple[str, ...]:
    """The codes of the facts that can start a clock."""
    return tuple(one["code"] for one in closed_list()["facts"])


def recordable() -> tuple[str, ...]:
    """The facts that an officer may say by themselves."""
    return tuple(code for code in fact_codes() if code not in OF_AN_ACT)


def cause_codes() -> tuple[str, ...]:
    """The codes of the causes that can stop one."""
    return tuple(one["code"] for one in closed_list()["causes"])


def facts_of(row: Proceeding) -> dict[str, date]:
    """Every fact by its code, the last word on each: a moment, or a day where the hour is not known."""
    return {fact.code: local_day(fact.at) if fact.to_the_day else fact.at for fact in row.facts.all()}
