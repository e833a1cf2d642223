"""What follows from the statements about one state and one instrument on one day. Pure: no database, no clock.

Three things are kept apart: what the sources say, whether they agree, and how old they are. What is from memory
never makes a standing; it is shown beside. An absence grows old sooner than a party's accession, and a copy
that is marked as not current is never what the law is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from panah.hub.treaties import dates
from panah.hub.treaties.tables import (
    BESIDE,
    NOT_PARTY,
    PARTY,
    REGION,
    SIGNED,
    UNKNOWN,
    Source,
    Staleness,
    Status,
    Tables,
    shipped,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a state stands towards an instrument on a day.

    `value` is `party`, `not party`, `signed only` or `unknown`, `act` by which act, empty where no source that agrees tells it.
    `leading` is the statement that it rests on; `since` the most exact date on which the sources agree, empty where none is
    given. `stale`: the statement is older than the years that `staleness.csv` allows, or from a copy that is never shown as
    current. `verified`: it was read with high or medium confidence, or checked against the depositary. `disputed`: a source, or
    memory, says another value or date; `others` are the sources that do. `from_memory` is said from memory, `beside` are
    reservations, declarations and acts of incorporation.
    """

    state: str
    instrument: str
    value: str
    act: str
    leading: Status | None
    since: str
    as_of: str
    stale: bool
    verified: bool
    disputed: bool
    others: tuple[Status, ...]
    from_memory: tuple[Status, ...]
    beside: tuple[Status, ...]

    @property
    def counts(self) -> bool:
        """Whether an indicator may count it: known, verified, undisputed in its value, and no old absence."""
        return (
            self.value != UNKNOWN
            and self.verified
            and not self._value_disputed
            and (self.value == PARTY or not self.stale)
        )

    @property
    def _value_disputed(self) -> bool:
        return any(row.value != self.value for row in self.others)


@dataclass(frozen=True, slots=True)
class Tally:
    """How a state stands towards the tracked instruments on a day. `ratified` + `not_ratified` + `unknown` = `tracked`; of
    the ratified ones `stale` rest on a statement that has to be checked again. `unknown` is everything that is not known,
    not verified, disputed or, for an absence, too old."""

    ratified: int
    not_ratified: int
    unknown: int
    stale: int
    tracked: int


def standing_of(
    rows: Sequence[Status], sources: Mapping[str, Source], staleness: Mapping[str, Staleness], on: date
) -> Standing:
    """The standing on a day, from the statements about one state and one instrument. There must be at least one."""
    state, instrument = rows[0].state, rows[0].instrument
    beside = tuple(row for row in rows if row.act in BESIDE and not _later(row, on))
    said = [row for row in rows if row.act not in BESIDE and row.value != UNKNOWN]
    memory = tuple(row for row in said if sources[row.source].is_memory)
    firm = [row for row in (_on_that_day(row, on) for row in said if not sources[row.source].is_memory) if row]
    if not firm:
        known = next((row for row in rows if row.value == UNKNOWN), None)
        as_of = known.as_of if known else ""
        return Standing(state, instrument, UNKNOWN, "", known, "", as_of, False, False, False, (), memory, beside)
    leading = max(firm, key=lambda row: _weight(row, sources))
    differ = tuple(row for row in firm if _contradicts(row, leading, firm))
    return Standing(
        state=state,
        instrument=instrument,
        value=leading.value,
        act=leading.act or _act(leading, firm, differ),
        leading=leading,
        since=_since(leading, firm, differ) if leading.value == PARTY else "",
        as_of=leading.as_of,
        stale=is_stale(leading, sources, staleness, on),
        verified=leading.verified == "yes",
        disputed=bool(differ) or any(_contradicts(row, leading, firm) for row in memory),
        others=differ,
        from_memory=memory,
        beside=beside,
    )


def is_stale(row: Status, sources: Mapping[str, Source], staleness: Mapping[str, Staleness], on: date) -> bool:
    """Whether a statement has to be checked again on a day: by its age, or because its source is never current."""
    if sources[row.source].current == "no" and on > dates.last(row.as_of):
        return True
    allowed = staleness.get(row.value)
    return allowed is not None and dates.last(row.as_of) < dates.years_before(on, allowed.years)


def standings(tables: Tables, on: date, extra: Iterable[Status] = ()) -> dict[tuple[str, str], Standing]:
    """The standing of every state towards every instrument of which anything is said."""
    grouped: dict[tuple[str, str], list[Status]] = {}
    for row in (*tables.status, *extra):
        grouped.setdefault((row.state, row.instrument), []).append(row)
    return {key: standing_of(rows, tables.sources, tables.staleness, on) for key, rows in grouped.items()}


def tally(state: str, on: date, tables: Tables | None = None) -> Tally:
    """How many of the tracked instruments a state had ratified on a day, how many not, and of how many it is not known."""
    at = tables or shipped()
    found = standings(at, on)
    return tally_of([found.get((state, code)) for code, one in at.instruments.items() if one.is_tracked])


def tally_of(found: Sequence[Standing | None]) -> Tally:
    """The same from standings; None is an instrument of which nothing is said."""
    counted = [one for one in found if one is not None and one.counts]
    bound = [one for one in counted if one.value == PARTY]
    return Tally(
        ratified=len(bound),
        not_ratified=len(counted) - len(bound),
        unknown=len(found) - len(counted),
        stale=sum(1 for one in bound if one.stale),
        tracked=len(found),
    )


def ratified(state: str, on: date, tables: Tables | None = None) -> tuple[int, int]:
    """(ratified, tracked) for indicator 1.01. The first is what is known to be ratified, so the share is "at least": of how many
    instruments it is not known, `tally` says, and a page that shows the share says it too."""
    if state not in REGION:
        raise ValueError(f"{state} is none of the states {', '.join(REGION)}.")
    found = tally(state, on, tables)
    return found.ratified, found.tracked


def _on_that_day(row: Status, on: date) -> Status | None:
    """The statement as it holds on a day; None where it says nothing about that day."""
    if row.act == "withdrawal":
        return row if row.date and dates.last(row.date) <= on else None
    if row.value == PARTY and row.act == "signature":
        return None
    if row.date and dates.first(row.date) > on:
        return None
    if row.date and dates.last(row.date) > on:
        return None
    if row.value == PARTY and not row.date and dates.first(row.as_of) > on:
        # Bound by then, and since when is not said.
        return None
    return row


def _later(row: Status, on: date) -> bool:
    return bool(row.date) and dates.first(row.date) > on


def _weight(row: Status, sources: Mapping[str, Source]) -> tuple[object, ...]:
    """What is verified goes before what is not, the newer before the older, what has the more exact date before the others."""
    return (
        row.verified == "yes",
        sources[row.source].current == "yes",
        dates.last(row.as_of),
        len(row.date),
        row.value == PARTY,
    )


def _contradicts(row: Status, leading: Status, firm: Sequence[Status]) -> bool:
    if row is leading:
        return False
    if row.value == leading.value:
        both_bind = row.value == PARTY and row.act != "withdrawal"
        return both_bind and not dates.agree(row.date, leading.date)
    if SIGNED in (row.value, leading.value) and NOT_PARTY in (row.value, leading.value):
        return False
    left = any(one.act == "withdrawal" for one in firm)
    bound, not_bound = (row, leading) if row.value == PARTY else (leading, row)
    if left:
        return False
    # Not bound when that was written, and bound since a later day: no contradiction.
    return not (bound.date and dates.last(bound.date) > dates.first(not_bound.as_of))


def _act(leading: Status, firm: Sequence[Status], differ: Sequence[Status]) -> str:
    same = (row.act for row in firm if row.value == leading.value and row not in differ)
    return next((act for act in same if act and act != "signature"), "")


def _since(leading: Status, firm: Sequence[Status], differ: Sequence[Status]) -> str:
    agreed = [row.date for row in firm if row.value == PARTY and row not in differ and row.act != "withdrawal"]
    return max(agreed, key=len, default=leading.date)
