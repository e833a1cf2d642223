"""Taking in sheets of the record, as the rooms of the hub do it alike: what was checked is what is loaded, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from panah.foundation.door.service import Action, Digest, Refused

_TOLD_AT_ONCE = 5


class LoadSheets(Action):
    """Base of the acts that take in sheets of a folder. `folder_digest` is what they were when they were checked."""

    open_fields: ClassVar[frozenset[str]] = frozenset({"folder_digest"})
    by_installation: ClassVar[bool] = True

    folder: str
    folder_digest: Digest

    def refuse_changed(self, found: str) -> None:
        """Raise Refused where the sheets are others than those that were checked; `found` is their digest now."""
        if found != self.folder_digest:
            raise Refused(
                f"The sheets in {self.folder} are not those that were checked: somebody changed them in between. Load them again.",
                code="sheets_changed",
            )


def refuse_wrong(problems: Sequence[str]) -> None:
    """Raise Refused with the first problems of sheets, where there are any."""
    if problems:
        raise Refused(" ".join(problems[:_TOLD_AT_ONCE]), code="sheets_wrong")
