"""When a legal term ends.

The date of the fact that starts the clock, the date whose law is applied and the pack that was known stay apart
in the answer. Whatever is missing gives Unknown with the name of what is missing, never a guess.
See docs/algorithms/lawbook.md for the rules and the alternatives refused.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from panah.cores.lawbook.calendars import ONE_DAY, Calendar
from panah.cores.lawbook.model import DURATIONS, Parameter, Stamp, Value
from panah.cores.lawbook.values import Unknown


@dataclass(frozen=True)
class Suspension:
    """An interval in which a clock stood still, with its cause. Both ends count; an `end` of None still runs."""

    cause: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Due:
    """The last moment of a term, in the state's time zone, and everything that it rests on.

    `start_fact` and `start` say what started the clock, `chosen_by` and `chosen_on` which date of the case selected
    `value`; `known` is the pack, `calendar` the edition of the holidays library where one was asked. `moved_from` is
    the day from which the end moved off a non-working day. `to_the_day` says that the hour of the start was not
    known, and `estimated` that a holiday in the term rests on a calculated moon.
    """

    at: datetime
    parameter: str
    value: Value
    start_fact: str
    start: date
    chosen_by: str
    chosen_on: date
    known: Stamp
    calendar: str = ""
    suspensions: tuple[Suspension, ...] = ()
    moved_from: date | None = None
    to_the_day: bool = False
    estimated: bool = False


def due(
    parameter: Parameter,
    facts: Mapping[str, date | None],
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
) -> Due | Unknown:
    """When the term of `parameter` ends, given the dated facts of the case.

    `facts` maps fact codes to a date, to an aware datetime, or to None for what is known not to have happened; an
    absent code is not known. Suspensions whose cause the parameter does not name change nothing. The end of a term
    of days, months or years is the last second of its last day. Raises ValueError for a parameter that is no term
    and for a datetime without offset.
    """
    if parameter.unit not in DURATIONS:
        raise ValueError(
            f"'{parameter.name}' is measured in {parameter.unit}; only terms in {', '.join(DURATIONS)} fall due."
        )
    started = _started(parameter, facts, calendar)
    if isinstance(started, Unknown):
        return started
    start_fact, start = started
    chosen_by = parameter.version_chosen_by or start_fact
    chosen = facts.get(chosen_by)
    if chosen is None:
        return _missing(chosen_by, f"it selects which version of {parameter.name} applies", chosen_by in facts)
    chosen_on = calendar.day_of(chosen)
    value = parameter.value_on(chosen_on)
    if isinstance(value, Unknown):
        return value
    held = tuple(pause for pause in suspensions if pause.cause in parameter.suspended_by)
    running = next((pause for pause in held if pause.end is None), None)
    if running:
        return Unknown(
            f"end of {running.cause}",
            f"{parameter.name} stands still since {running.start} ({running.cause}); it ends when that has ended.",
        )
    ended = _end(parameter, value, start, calendar, held)
    if isinstance(ended, Unknown):
        return ended
    at, moved_from = ended
    consults_calendar = value.unit == "working_days" or parameter.end_on_non_working_day != "stays"
    return Due(
        at=at,
        parameter=parameter.name,
        value=value,
        start_fact=start_fact,
        start=start,
        chosen_by=chosen_by,
        chosen_on=chosen_on,
        known=parameter.stamp,
        calendar=calendar.basis if consults_calendar else "",
        suspensions=held,
        moved_from=moved_from,
        to_the_day=not isinstance(start, datetime),
        estimated=consults_calendar and calendar.has_estimate(calendar.day_of(start), at.date()),
    )


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _missing(fact: str, why: str, known: bool) -> Unknown:
    if known:
        return Unknown(fact, f"'{fact}' has not happened; {why}.")
    return Unknown(fact, f"The date of '{fact}' is not known; {why}.")


def _started(parameter: Parameter, facts: Mapping[str, date | None], calendar: Calendar) -> tuple[str, date] | Unknown:
    """The fact that started the clock: the latest of those that happened, so that doubt never costs a day."""
    why = f"it starts the clock of {parameter.name}"
    for fact in parameter.runs_from:
        if fact not in facts:
            return _missing(fact, why, known=False)
    happened = [(fact, moment) for fact in parameter.runs_from if (moment := facts[fact]) is not None]
    if not happened:
        return _missing(parameter.runs_from[0] if parameter.runs_from else "start", why, known=True)
    return max(happened, key=lambda pair: (calendar.day_of(pair[1]), _instant(pair[1], calendar, late=True)))


def _instant(moment: date, calendar: Calendar, *, late: bool) -> datetime:
    if isinstance(moment, datetime):
        return calendar.local(moment)
    return calendar.start_of(moment + ONE_DAY) if late else calendar.start_of(moment)


def _end(
    parameter: Parameter, value: Value, start: date, calendar: Calendar, held: Sequence[Suspension]
) -> tuple[datetime, date | None] | Unknown:
    if value.unit == "hours":
        begin = _instant(start, calendar, late=parameter.binds == "person")
        return _after_hours(begin, int(value.amount), calendar, held), None
    first = calendar.day_of(start)
    paused = frozenset(day for pause in held for day in _days(*_span(pause, calendar)))
    last = _last_day(value, parameter.counts_first_day, first, calendar, paused)
    if isinstance(last, Unknown):
        return last
    moved = last
    if parameter.end_on_non_working_day == "next_working_day":
        settled = _next_working(last, calendar, paused)
        if isinstance(settled, Unknown):
            return settled
        moved = settled
    at = calendar.end_of(moved)
    if isinstance(start, datetime):
        at = max(at, calendar.local(start))
    return at, last if moved != last else None


def _last_day(
    value: Value, counts_first_day: bool, first: date, calendar: Calendar, paused: frozenset[date]
) -> date | Unknown:
    amount = int(value.amount)
    if value.unit in ("months", "years"):
        end = add_months(first, amount * (12 if value.unit == "years" else 1))
        whole = end.day == first.day
        days = (end - first).days - (1 if counts_first_day and whole and amount else 0)
        return _count(days, first, paused)
    if value.unit == "calendar_days":
        return _count(amount - (1 if counts_first_day and amount else 0), first, paused)
    return _count_working(amount, first, counts_first_day, calendar, paused)


def _count(days: int, first: date, paused: frozenset[date]) -> date:
    """The day that lies so many days after the first, paused days not counted."""
    day = first
    while day in paused:
        day += ONE_DAY
    for _ in range(days):
        day += ONE_DAY
        while day in paused:
            day += ONE_DAY
    return day


def _count_working(
    amount: int, first: date, counts_first_day: bool, calendar: Calendar, paused: frozenset[date]
) -> date | Unknown:
    day = first if counts_first_day or amount == 0 else first + ONE_DAY
    left = max(amount, 1)
    while True:
        working = calendar.is_working(day)
        if isinstance(working, Unknown):
            return working
        if working and day not in paused:
            left -= 1
            if left == 0:
                return day
        day += ONE_DAY


def _next_working(day: date, calendar: Calendar, paused: frozenset[date]) -> date | Unknown:
    while True:
        working = calendar.is_working(day)
        if isinstance(working, Unknown):
            return working
        if working and day not in paused:
            return day
        day += ONE_DAY


def _after_hours(begin: datetime, hours: int, calendar: Calendar, held: Iterable[Suspension]) -> datetime:
    """So many hours of running clock after a moment; computed in UTC, so that a change of the clocks adds no hour."""
    end = begin.astimezone(UTC) + timedelta(hours=hours)
    reached = begin.astimezone(UTC)
    for low, high in sorted(_pauses(held, calendar)):
        low, high = max(low, reached), max(high, reached)
        if low <= end and high > low:
            end += high - low
            reached = high
    return calendar.local(end)


def _pauses(held: Iterable[Suspension], calendar: Calendar) -> Iterable[tuple[datetime, datetime]]:
    for pause in held:
        low, high = pause.start, pause.end or pause.start
        yield (
            _instant(low, calendar, late=False).astimezone(UTC),
            _instant(high, calendar, late=True).astimezone(UTC),
        )


def _span(pause: Suspension, calendar: Calendar) -> tuple[date, date]:
    return calendar.day_of(pause.start), calendar.day_of(pause.end or pause.start)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))
