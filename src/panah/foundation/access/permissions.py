"""Who may do what in this room."""

import rules

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role


@rules.predicate
def has_a_role(officer: Officer) -> bool:
    return officer.is_active and bool(officer.roles)


# An account is its officer's own, whatever role and state it serves.
allow("access.own", has_a_role, other_state=True)
allow("access.administer", has_role("administrator"))
# Never for those who serve another state.
allow("access.break_glass", has_role("supervisor", *(role for role in RECEIVING if role != "consular_officer")))
allow("access.review_break_glass", has_role("ombudsman", "national_coordinator"))
