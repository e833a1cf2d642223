"""Who may do what in this room: everybody who has a role has their own factors, and an administrator takes away those of others."""

import rules

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role


@rules.predicate
def has_a_role(officer: Officer) -> bool:
    """An account that is for something. Closed ones never come this far."""
    return bool(officer.roles)


allow("factors.own", has_a_role, other_state=True)
allow("factors.reset", has_role("administrator"))
