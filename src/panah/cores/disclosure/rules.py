"""The rules under which a table may leave."""

from __future__ import annotations

from typing import Literal

import msgspec

ZERO_POLICIES = ("published", "withheld")


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as too small, and how little an outsider may learn about it.

    threshold: a count above zero and below this number of persons is withheld (domain reference 8.3.6
        and 11.5: ten).
    protection: whoever reads everything that was published must be left, for every withheld cell, with a range
        of at least this width: from `a` to `a + protection`. It cannot exceed `threshold - 2`, the width of the
        range 1 to threshold - 1 that the rule itself gives away.
    zeros: "published": a zero is a statement about nobody and is shown, except inside a group that is itself too
        small, where it would tell what the few are not. "withheld": every zero that is not structural is
        withheld like a small count. A structural zero (a combination that cannot exist) is shown in both.
    """

    threshold: int = 10
    protection: int = 5
    zeros: Literal["published", "withheld"] = "published"

    def __post_init__(self) -> None:
        if self.threshold < 3:
            raise ValueError(f"The threshold is {self.threshold}; it must be 3 or more, or there is nothing to hide.")
        if not 1 <= self.protection <= self.threshold - 2:
            raise ValueError(
                f"The protection is {self.protection}; with a threshold of {self.threshold} it must lie between 1 and "
                f"{self.threshold - 2}, since the rule itself tells that a withheld count is between 1 and "
                f"{self.threshold - 1}."
            )
        if self.zeros not in ZERO_POLICIES:
            raise ValueError(f"The treatment of zeros is {self.zeros!r}; it must be one of {', '.join(ZERO_POLICIES)}.")

    def is_small(self, count: int) -> bool:
        """True when the count is of somebody, and of too few."""
        return 0 < count < self.threshold
