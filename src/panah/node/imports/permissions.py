"""Who may take a file in: those who register people at their own post."""

from __future__ import annotations

from typing import Any

import rules

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role


@rules.predicate
def serves_this_state(officer: Officer) -> bool:
    return not officer.serves_state and "consular_officer" not in officer.roles


@rules.predicate
def at_own_post(officer: Officer, there: Any = None) -> bool:
    """The import belongs to the officer's post; asked in general, the officer has a post."""
    return bool(officer.post) and (there is None or there.place == officer.post)


allow("imports.take_in", has_role("border_officer", "registrar") & at_own_post & serves_this_state)
