"""Pure rules of tracing: which codes there are, whom a wish means, what may be told to whom, when somebody is to be heard again."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from panah.cores.identity.birth import Birth, between, stated
from panah.cores.identity.likeness import Likeness, Traits, compare

RELATIONS: Final = (
    "mother", "father", "child", "spouse", "sister_or_brother", "grandparent", "grandchild", "aunt_or_uncle", "other_relative", "guardian",
    "other",
)  # fmt: skip
RECIPIENTS: Final = ("family_tracing", "child_protection", "unhcr", "iom", "own_consulate")
"""Bodies of referral to which a request can go, each with an agreement of its own (sharing matrix)."""
WILL: Final = ("yes", "no", "not_asked")
INTERESTS: Final = ("in_interest", "not_in_interest", "not_assessed")
ATTEMPTS: Final = (
    "own_files", "centres", "hospitals", "border_posts", "telephone", "community", "family_links_network", "other_body", "outside", "other",
)  # fmt: skip
STANDINGS: Final = ("proposed", "confirmed", "rejected")
SAYS: Final = ("yes", "no", "later")
TELL: Final = ("message", "contact", "place")
"""What a person who agrees lets be told beyond that they were found."""
OUTCOMES: Final = (
    "reunited", "contact_restored", "declined_by_one", "not_in_best_interests", "not_traced", "closed_by_wish", "died", "opened_twice",
)  # fmt: skip
TELLING: Final = frozenset({"declined_by_one", "not_in_best_interests"})
"""Outcomes that would tell that somebody was found. Until both sides agreed all but the tracing officer read them as not traced."""
WISHES: Final = ("do_not_look", "do_not_tell")
VERIFIED: Final = ("papers", "both_words", "authority", "dna")
WHERE: Final = ("centre", "home", "elsewhere")
UNITED: Final = (
    "reunited",
    "declined_by_one",
    "not_in_best_interests",
    "not_reached",
    "closed_by_wish",
    "parted_again",
)
FOLLOWED: Final = ("well", "needs_help", "apart_again", "not_reached")
TOGETHER: Final = frozenset({"well", "needs_help"})
"""Answers of who was reached and is together. Of who was not reached nothing is known, and that is no success."""
FOLLOW_UP_MONTHS: Final = (1, 3)
SIDES: Final = ("seeker", "sought")

PROPOSED_FROM: Final = 0.1
"""Likeness below which a file is not proposed."""
MEANT_FROM: Final = 0.1
"""Likeness from which a described person is taken to be meant by a wish. Low: to name one too many hides a match, one too few may kill."""


@dataclass(frozen=True)
class Wished:
    """A standing wish of one person about another: a file, a description, or everybody."""

    everybody: bool = False
    file: UUID | None = None
    described: Traits | None = None


def traits(names: Sequence[str], fathers: Sequence[str], sex: str, first: int | None, last: int | None) -> Traits:
    """What a seeker said of the person sought, as the identity core compares it. Raises ValueError for years the wrong way round."""
    return Traits(names=tuple(names), fathers=tuple(fathers), sex=sex, birth=born(first, last))


def born(first: int | None, last: int | None) -> Birth | None:
    if first is None and last is None:
        return None
    return between(stated(str(first or last)), stated(str(last or first)))


def means(wish: Wished, file: UUID | None, who: Traits) -> bool:
    """Whether the wish may mean this person. A doubt counts for the one who wished."""
    if wish.everybody or (wish.file is not None and wish.file == file):
        return True
    return wish.described is not None and compare(wish.described, who).score >= MEANT_FROM


def together(one: float, other: float) -> float:
    """The score of two descriptions that point at each other: neither of them is wrong only if both would be."""
    return 1 - (1 - one) * (1 - other)


def reasons_of(likeness: Likeness, *, seeks_back: bool) -> list[dict[str, object]]:
    """Codes and weights, to be kept; the words are made anew for who may read them."""
    found: list[dict[str, object]] = [
        {"code": reason.code, "weight": round(reason.weight, 2)} for reason in likeness.reasons
    ]
    return [{"code": "seeks_back", "weight": 3.0}, *found] if seeks_back else found


def agreed(standing: str, says: Mapping[str, str]) -> bool:
    """Whether each side may know of the other: an officer confirmed, and the last word of both was yes."""
    return standing == "confirmed" and all(says.get(side) == "yes" for side in SIDES)


def other_side(side: str) -> str:
    return "sought" if side == "seeker" else "seeker"


def shown_outcome(outcome: str, *, knows: bool) -> str:
    """The outcome for somebody who is not told that a person was found, or is."""
    return "not_traced" if outcome in TELLING and not knows else outcome


def left_behind(
    members: Iterable[UUID], families: Mapping[UUID, Iterable[UUID]], centres: Mapping[UUID, UUID], target: UUID | None
) -> frozenset[UUID]:
    """Those of the members' families who are in one centre with a member now, and would not come along."""
    going = frozenset(members)
    return frozenset(
        kin
        for member in going
        for kin in families.get(member, ())
        if kin not in going and member in centres and centres.get(kin) == centres[member] and target != centres[member]
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
