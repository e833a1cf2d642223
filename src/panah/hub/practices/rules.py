"""Codes of this room and what follows from them. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

THEMES: Final = (
    "border",
    "irregular",
    "asylum",
    "statelessness",
    "labour",
    "data",
    "return",
    "emergency",
    "partnership",
    "law",
)
"""The themes of the record's framework `themes`; a test holds the two together."""
TEN_POINTS: Final = tuple(str(number) for number in range(1, 11))
AGENDA: Final = tuple(str(number) for number in range(1, 9))
FUNCTIONS: Final = (
    "border", "migration", "asylum", "police", "labour", "social", "child", "consular", "judge", "statistics", "civil_society", "other",
)  # fmt: skip
"""Functions of people who are trained; a choice of ours."""
LEAST: Final = 5
"""Fewer people than this are never kept as a number."""

FEW: Final = "few"

# What an act on a request or an offer makes of it, by what it was.
REQUEST_STEPS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "met": (frozenset({"open", "matched"}), "met"),
    "withdrawn": (frozenset({"open", "matched"}), "withdrawn"),
}
OFFER_STEPS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "accepted": (frozenset({"made"}), "accepted"),
    "declined": (frozenset({"made"}), "declined"),
    "carried_out": (frozenset({"accepted"}), "carried_out"),
    "withdrawn": (frozenset({"made", "accepted"}), "withdrawn"),
}
# A practice may be changed by its participant while it stands so; a published one by a new version.
EDITABLE: Final = frozenset({"draft", "sent_back"})


def spaced(codes: Iterable[str]) -> str:
    """Codes as they are kept: ` KAZ KGZ `, so that each is found between blanks."""
    return f" {' '.join(codes)} " if (codes := tuple(codes)) else " "


def folded(*texts: str) -> str:
    """Texts as the search compares them."""
    return " ".join(text.casefold() for text in texts if text)


def few_or_number(said: object) -> object:
    """One to four become `few` before anything keeps, signs or digests them; all else stays as it is said."""
    if isinstance(said, bool) or not isinstance(said, int | str):
        return said
    if isinstance(said, str):
        if not said.isascii() or not said.isdigit():
            return said
        said = int(said)
    return FEW if 0 < said < LEAST else said


def kept_count(said: int | str | None) -> tuple[int | None, bool] | None:
    """What is kept of a count: (number, False), (None, True) for few, None when nothing was counted. Raises ValueError for a number that is
    too small to be kept."""
    if said is None:
        return None
    if said == FEW:
        return None, True
    number = int(said)
    if 0 < number < LEAST:
        raise ValueError(f"{number} is never kept. Allowed are 0, numbers from {LEAST} on, and {FEW!r}.")
    return number, False


def at_least(counts: Iterable[tuple[int | None, bool]]) -> tuple[int, bool]:
    """What can be said of a sum from what is kept alone: the least that it can be, and whether that is all. Nothing else is shown of
    sums, so that no difference of two of them gives a small count away."""
    counts = tuple(counts)
    known = sum(number or 0 for number, _few in counts)
    few = sum(1 for _number, few in counts if few)
    return known + few, few == 0
