"""One finding of a check, in the form in which it is shown and sent."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong, where, what was found there and what is allowed.

    `code` is stable and meant for machines; `place`, `found` and `allowed` are read by people.
    """

    code: str
    place: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.code}: {self.place}: found {self.found}; allowed: {self.allowed}"
