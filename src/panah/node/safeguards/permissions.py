"""Who may do what in this room. Whoever serves another state may do nothing here (domain reference 8.3, 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role
from panah.foundation.door.action import Harm
from panah.node.safeguards import files
from panah.node.safeguards.rules import COMPETENT, FORCE, SECOND_READER

_AT_WORK = ("border_officer", "registrar", *(role for role in RECEIVING if role != "consular_officer"))
_WITH_FORCE = sorted({role for roles in FORCE.values() for role in roles})
_LIFTING = sorted({role for roles in COMPETENT.values() for role in roles})


@rules.predicate
def serves_this_state(officer: Officer) -> bool:
    return not officer.serves_state and "consular_officer" not in officer.roles


@rules.predicate
def concerned(officer: Officer, obj: Any = None) -> bool:
    """The officer reads or works on the file that is named. Without a file the role alone is asked, as menus do."""
    return obj is None or files.concerns(officer, obj)


@rules.predicate
def concerned_by_office(officer: Officer, obj: Any = None) -> bool:
    """The same by office: break-glass opens a file for reading, and gives neither force nor a say over a hold."""
    return obj is None or files.concerns_by_office(officer, obj)


@dataclass(frozen=True)
class Asked:
    """An act of force that is asked for over a file."""

    file: Any
    act: Harm


@rules.predicate
def competent_for_it(officer: Officer, obj: Any = None) -> bool:
    """The officer's body does the act that is asked for, and has the case. Of a file alone: whether there is such an act at all."""
    if obj is None:
        return True
    file, acts = (obj.file, (obj.act,)) if isinstance(obj, Asked) else (obj, tuple(FORCE))
    does = any(not officer.roles.isdisjoint(FORCE[act]) for act in acts)
    return does and files.leads_by_office(officer, file)


oversees = has_role("supervisor", "ombudsman") & serves_this_state
at_work = has_role(*_AT_WORK) & serves_this_state & concerned

allow("safeguards.see_board", oversees)
allow("safeguards.see_holds", oversees | at_work)
# Placing protects, so everybody who works on the case may; lifting and force are for the few.
allow("safeguards.place_hold", (has_role("supervisor") & serves_this_state) | at_work)
allow(
    "safeguards.lift_hold", serves_this_state & (has_role(SECOND_READER) | (has_role(*_LIFTING) & concerned_by_office))
)
allow("safeguards.ask_coercive_act", has_role(*_WITH_FORCE) & serves_this_state & competent_for_it)
