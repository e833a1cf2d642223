"""What all acts that take in sheets have in common: what was checked is what is loaded, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from panah.foundation.door.service import Action, Digest, Outcome, Refused
from panah.hub.loadings import standing

_TOLD_AT_ONCE = 5


class LoadSheets(Action):
    """Base of the acts that take in sheets of a folder. `folder_digest` is what they were when they were checked."""

    open_fields: ClassVar[frozenset[str]] = frozenset({"folder_digest"})
    by_installation: ClassVar[bool] = True

    folder: str
    folder_digest: Digest

    def unchanged(self, found: str) -> Outcome | None:
        """The outcome where these sheets stand in the room already, with nothing changed; None where they are to be loaded. `found` is their
        digest now. Raises Refused where they are others than those that were checked."""
        if found != self.folder_digest:
            raise Refused(
                f"The sheets in {self.folder} are not those that were checked: somebody changed them in between. Load them again.",
                code="sheets_changed",
            )
        last = standing.last(standing.room_of(self))
        if last is None or last.digest != found:
            return None
        told = {name: 0 if name == "changed" else count for name, count in last.counts.items()}
        return Outcome(result={**told, "new": False})


def refuse_wrong(problems: Sequence[str]) -> None:
    """Raise Refused with the first problems of sheets, where there are any."""
    if problems:
        raise Refused(" ".join(problems[:_TOLD_AT_ONCE]), code="sheets_wrong")
