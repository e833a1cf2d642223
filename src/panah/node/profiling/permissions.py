"""Who may do what in this room. A consular officer, or whoever serves another state, may do nothing here."""

from __future__ import annotations

from typing import Any

import rules

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role, may


@rules.predicate
def serves_this_state(officer: Officer) -> bool:
    return not officer.serves_state and "consular_officer" not in officer.roles


@rules.predicate
def at_own_post(officer: Officer, file: Any = None) -> bool:
    """The file belongs to the officer's post; asked in general, the officer has a post."""
    return bool(officer.post) and (file is None or file.place == officer.post)


@rules.predicate
def reads_the_file(officer: Officer, file: Any = None) -> bool:
    return file is None or may(officer, "registration.read_file", file)


_interviews = has_role("border_officer", "registrar") & at_own_post & serves_this_state

allow("profiling.interview", _interviews)
allow("profiling.confirm", has_role("border_officer", "registrar", "supervisor") & at_own_post & serves_this_state)
# The second reader of a decided profile: another officer of the same post (who decided is refused by the act).
allow("profiling.read_second", has_role("border_officer", "registrar", "supervisor") & at_own_post & serves_this_state)
allow(
    "profiling.see_proposal",
    has_role("border_officer", "registrar", "supervisor", "ombudsman") & serves_this_state & reads_the_file,
)
allow(
    "profiling.print_receipt", has_role("border_officer", "registrar", "supervisor") & at_own_post & serves_this_state
)
