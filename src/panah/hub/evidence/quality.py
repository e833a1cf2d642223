"""Finds what is doubtful in a series, by rule, and says it in one sentence.

A rule knows thresholds and no names: no state, year or value is listed here. A flag is a question to the producer,
not a correction; nothing is changed or left out because of it. Unless the producer's own file shows more, its cause
is not established.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from panah.hub.evidence.figures import CASES_LEFT_OUT, ONLY_CASES, REGION, TOTAL, UNDECLARED, Breakdown, Figure, Number
from panah.hub.evidence.indicators import BY_CODE, Indicator, Kind, Role

STOCK_BREAK_FACTOR = 3
"""A stock that triples or falls to a third between two figures next to each other has a break."""

FLOW_BREAK_FACTOR = 10
"""Flows move more than stocks; only a tenfold change of one is flagged."""

BREAK_FROM = 1000
"""Smaller changes, in persons, are not flagged: a small series triples by ordinary chance."""

BLOCK_SHARE = Decimal("0.1")
"""A block is a counterpart that holds at least this share of a state's total and BREAK_FROM persons."""

BLOCK_GONE = Decimal("0.9")
"""A block is gone when at least this share of it is no longer there in the next figure."""

TOGETHER = 3
"""So many states with a break or a block gone, the same way in the same year, make one question about the producer's
definition.
"""

CONSTANT_RUN = 3
"""So many equal figures in a row make a constant."""

CONSTANT_FROM = 100
"""Equal counts below this are ordinary."""

UNIT_FACTOR = 5
"""In a series without a declared unit, such a change between figures puts the unit in doubt."""

STOPPED_WITHIN = 10
"""A series that ended longer before the last year of its table than this is taken as ended, not as missing."""


def _(message: str) -> str:
    # Marks a text for the catalogue of translations without translating it here.
    return message


SENTENCES = {
    "break_down": _(
        "From {before_period} to {period} the figure fell from {before} to {after}, by a factor of {factor}."
    ),
    "break_up": _(
        "From {before_period} to {period} the figure rose from {before} to {after}, by a factor of {factor}."
    ),
    "block_gone": _(
        "From {before_period} to {period} the figure for “{counterpart}” fell from {before} to {after}; it was "
        "{share} percent of the total."
    ),
    "block_gone_to_none": _(
        "In {before_period} {before} persons stood here under “{counterpart}”, {share} percent of the total; in "
        "{period} there is no figure for them."
    ),
    "together_down": _(
        "In {period} the figures of {count} states fell sharply at once: {states}. A change of definition or "
        "coverage is likely."
    ),
    "together_up": _(
        "In {period} the figures of {count} states rose sharply at once: {states}. A change of definition or "
        "coverage is likely."
    ),
    "constant": _("The figure is the same, {value}, in each of {count} figures in a row, {first} to {last}."),
    "unit_undeclared": _(
        "The file declares no unit, so the figures cannot be compared with those of another producer."
    ),
    "unit_doubt": _(
        "From {before_period} to {period} the figure went from {before} to {after}, by a factor of {factor}, "
        "and the file declares no unit."
    ),
    "above_limit": _(
        "The figure reads {value}, above the greatest value that the indicator's definition allows, {limit}."
    ),
    "stops": _("The series has figures to {last}, and none after it, while the table goes on to {latest}."),
    "gap": _("There is no figure for {periods}, while there are figures before and after."),
    "mixed_units": _(
        "In {count} of the years the producer counts some or all applications or decisions as cases; these are left "
        "out of the total of persons."
    ),
    "does_not_add_up": _(
        "In {count} of the producer's rows the outcomes do not add up to the total that stands beside them."
    ),
}
"""The sentence of each code, with the names of the facts that it needs."""

NOT_ESTABLISHED = _("The cause is not established.")
MOVED = _("In {period} the same producer lists {moved} under “{heading}”, where there was no figure the year before.")
RETURNED = _("In {period} the same producer counts {returned} returned refugees.")

WARNINGS = frozenset(
    {
        "break_down",
        "break_up",
        "block_gone",
        "block_gone_to_none",
        "together_down",
        "together_up",
        "unit_doubt",
        "above_limit",
    }
)
"""Codes that stand on the hub's first page. The others stand with their series."""

CAUSE_STATED = frozenset({"unit_undeclared", "mixed_units"})
"""Codes that say a plain fact about the producer's file, after which there is no cause to look for."""

YEARS = frozenset({"period", "before_period", "first", "last", "latest"})
COUNTRIES = frozenset({"counterpart", "states"})
"""Which facts are years, and which are country codes, for whoever writes a sentence in another language."""

Facts = Mapping[str, int | Decimal | str]


@dataclass(frozen=True, slots=True)
class SeriesFlag:
    """One doubt about one series. `state` is TOTAL when it is about several; `periods` and `values` are what was
    found, in order.

    `facts` fill the sentence of the code. `also` holds further sentences on what the file shows beside it, each with
    its facts. Country codes in facts are ISO 3166-1 alpha-3.
    """

    code: str
    indicator: str
    state: str
    role: Role
    periods: tuple[int, ...]
    values: tuple[Number | None, ...]
    facts: Facts
    counterpart: str = TOTAL
    also: tuple[tuple[str, Facts], ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        found = self.facts.get("states")
        return tuple(found.split(", ")) if isinstance(found, str) else (self.state,)

    @property
    def sentences(self) -> tuple[tuple[str, Facts], ...]:
        """What to say, as message ids with their facts: what was found, what the file shows beside it, whether the
        cause is known.
        """
        closing: tuple[tuple[str, Facts], ...] = () if self.code in CAUSE_STATED else ((NOT_ESTABLISHED, {}),)
        return ((SENTENCES[self.code], self.facts), *self.also, *closing)

    def reason(self, names: Mapping[str, str]) -> str:
        """The sentences in English, with countries by their names (code to name)."""
        return " ".join(text.format_map(_plain(facts, names)) for text, facts in self.sentences)


@dataclass(frozen=True)
class _Series:
    """The figures of one state on one side, by period, and by counterpart and period."""

    indicator: Indicator
    state: str
    role: Role
    values: Mapping[int, Number]
    blocks: Mapping[str, Mapping[int, Number]] = field(default_factory=dict)

    def steps(self, values: Mapping[int, Number] | None = None) -> Iterator[tuple[int, Number, int, Number]]:
        """Each figure with the one before it, where they are next to each other."""
        values = self.values if values is None else values
        for period in sorted(values):
            before = period - self.indicator.step
            if before in values:
                yield before, values[before], period, values[period]


def flags(totals: Iterable[Figure], pairs: Iterable[Figure]) -> tuple[SeriesFlag, ...]:
    """All flags over the totals of the states and the figures by counterpart, in the order of indicator, state and
    year.
    """
    totals, pairs = tuple(totals), tuple(pairs)
    found: list[SeriesFlag] = []
    all_series = _series(totals, pairs)
    by_key = {(series.indicator.code, series.state, series.role): series for series in all_series}
    latest, in_cases = _latest(totals), _in_cases(totals)
    for series in all_series:
        found += _breaks(series, by_key)
        found += _blocks_gone(series, by_key)
        found += _constants(series)
        found += _units(series)
        found += _ends(
            series, latest[series.indicator.code], in_cases[(series.indicator.code, series.state, series.role)]
        )
    found += _together(found)
    found += _mixed_units(in_cases)
    found += _sums(pairs)
    return tuple(
        sorted(
            found, key=lambda flag: (flag.indicator, flag.state, flag.role, flag.periods, flag.code, flag.counterpart)
        )
    )


def _series(totals: tuple[Figure, ...], pairs: tuple[Figure, ...]) -> list[_Series]:
    values: dict[tuple[str, str, Role], dict[int, Number]] = defaultdict(dict)
    blocks: dict[tuple[str, str, Role], dict[str, dict[int, Number]]] = defaultdict(lambda: defaultdict(dict))
    for figure in totals:
        # Of a total that is broken down, the outcomes' or the sexes' sum is the series to look at.
        if (
            figure.value is not None
            and figure.broken_down_by("outcome") in ("", "total")
            and not figure.broken_down_by("sex")
        ):
            role = Role.DESTINATION if figure.origin == TOTAL else Role.ORIGIN
            state = figure.destination if role is Role.DESTINATION else figure.origin
            values[(figure.indicator, state, role)][figure.period] = figure.value
    for figure in pairs:
        if figure.value is not None and not figure.breakdown and TOTAL not in (figure.destination, figure.origin):
            for role, state, other in _sides(figure):
                blocks[(figure.indicator, state, role)][other][figure.period] = figure.value
    return [
        _Series(BY_CODE[code], state, role, found, blocks[(code, state, role)])
        for (code, state, role), found in values.items()
    ]


def _sides(figure: Figure) -> Iterator[tuple[Role, str, str]]:
    if figure.destination in REGION:
        yield Role.DESTINATION, figure.destination, figure.origin
    if figure.origin in REGION:
        yield Role.ORIGIN, figure.origin, figure.destination


def _latest(totals: tuple[Figure, ...]) -> dict[str, int]:
    latest: dict[str, int] = {}
    for figure in totals:
        if figure.value is not None:
            latest[figure.indicator] = max(figure.period, latest.get(figure.indicator, figure.period))
    return latest


def _breaks(series: _Series, by_key: Mapping[tuple[str, str, Role], _Series]) -> Iterator[SeriesFlag]:
    if series.indicator.kind is Kind.RATE:
        return
    least = STOCK_BREAK_FACTOR if series.indicator.kind is Kind.STOCK else FLOW_BREAK_FACTOR
    for before_period, before, period, after in series.steps():
        factor = _factor(before, after)
        if factor >= least and abs(Decimal(after) - Decimal(before)) >= BREAK_FROM:
            facts = {
                "before_period": before_period,
                "period": period,
                "before": before,
                "after": after,
                "factor": factor,
            }
            also = _beside(series, period, by_key) if after < before else ()
            yield _flag(
                "break_down" if after < before else "break_up",
                series,
                (before_period, period),
                (before, after),
                facts,
                also=also,
            )


def _blocks_gone(series: _Series, by_key: Mapping[tuple[str, str, Role], _Series]) -> Iterator[SeriesFlag]:
    if series.indicator.kind is not Kind.STOCK:
        return
    for counterpart, values in series.blocks.items():
        for before_period, before in values.items():
            period = before_period + series.indicator.step
            total = series.values.get(before_period)
            # A whole series that stops is said once, by the rule on its end, and not again for each of its blocks.
            if total is None or period not in series.values or before < BREAK_FROM or before < total * BLOCK_SHARE:
                continue
            after = values.get(period)
            if before - (after or 0) < before * BLOCK_GONE:
                continue
            facts: dict[str, int | Decimal | str] = {
                "before_period": before_period, "period": period, "before": before, "counterpart": counterpart,
                "share": (100 * Decimal(before) / Decimal(total)).quantize(Decimal("0.1")),
            }  # fmt: skip
            if after is not None:
                facts["after"] = after
            code = "block_gone_to_none" if after is None else "block_gone"
            also = _beside(series, period, by_key, counterpart)
            yield _flag(
                code, series, (before_period, period), (before, after), facts, counterpart=counterpart, also=also
            )


def _beside(
    series: _Series, period: int, by_key: Mapping[tuple[str, str, Role], _Series], counterpart: str = TOTAL
) -> tuple[tuple[str, Facts], ...]:
    """What the same file shows of the same persons in the year of a fall: another heading that begins there, or
    returns.
    """
    if series.indicator.code != "refugees":
        return ()

    def value_in(code: str, year: int) -> Number | None:
        other = by_key.get((code, series.state, series.role))
        if other is None:
            return None
        return (other.values if counterpart == TOTAL else other.blocks.get(counterpart, {})).get(year)

    found: list[tuple[str, Facts]] = []
    moved = value_in("other_in_need", period)
    if moved is not None and value_in("other_in_need", period - series.indicator.step) is None:
        found.append((MOVED, {"period": period, "moved": moved, "heading": BY_CODE["other_in_need"].title}))
    returned = value_in("returned_refugees", period)
    if returned is not None and returned >= BREAK_FROM:
        found.append((RETURNED, {"period": period, "returned": returned}))
    return tuple(found)


def _constants(series: _Series) -> Iterator[SeriesFlag]:
    run: list[int] = []
    for period in sorted(series.values):
        goes_on = run and period == run[-1] + series.indicator.step and series.values[period] == series.values[run[-1]]
        if not goes_on:
            yield from _constant(series, run)
            run = []
        run.append(period)
    yield from _constant(series, run)


def _constant(series: _Series, run: list[int]) -> Iterator[SeriesFlag]:
    if len(run) < CONSTANT_RUN:
        return
    value = series.values[run[0]]
    counted = series.indicator.kind is not Kind.RATE
    if series.indicator.sporadic or (counted and value < CONSTANT_FROM):
        return
    facts: Facts = {"value": value, "count": len(run), "first": run[0], "last": run[-1]}
    yield _flag("constant", series, tuple(run), (value,) * len(run), facts)


def _units(series: _Series) -> Iterator[SeriesFlag]:
    if series.indicator.unit != UNDECLARED:
        return
    periods = sorted(series.values)
    yield _flag("unit_undeclared", series, tuple(periods), tuple(series.values[period] for period in periods), {})
    for before_period, period in pairwise(periods):
        before, after = series.values[before_period], series.values[period]
        factor = _factor(before, after)
        if factor >= UNIT_FACTOR:
            facts = {
                "before_period": before_period,
                "period": period,
                "before": before,
                "after": after,
                "factor": factor,
            }
            yield _flag("unit_doubt", series, (before_period, period), (before, after), facts)
    limit = series.indicator.limit
    above = [period for period in periods if limit is not None and series.values[period] > limit]
    if limit is not None and above:
        values = tuple(series.values[period] for period in above)
        yield _flag("above_limit", series, tuple(above), values, {"value": max(values), "limit": limit})


def _ends(series: _Series, latest: int, in_cases: Set[int]) -> Iterator[SeriesFlag]:
    if series.indicator.sporadic or series.indicator.kind is Kind.RATE:
        return
    periods = sorted(series.values)
    if latest - STOPPED_WITHIN <= periods[-1] < latest:
        yield _flag(
            "stops", series, (periods[-1],), (series.values[periods[-1]],), {"last": periods[-1], "latest": latest}
        )
    absent = [
        period
        for period in range(periods[0], periods[-1], series.indicator.step)
        if period not in series.values and period not in in_cases
    ]
    if absent:
        yield _flag(
            "gap", series, tuple(absent), (None,) * len(absent), {"periods": _years(absent, series.indicator.step)}
        )


def _together(found: Iterable[SeriesFlag]) -> Iterator[SeriesFlag]:
    states: dict[tuple[str, Role, int, str], dict[str, Number | None]] = defaultdict(dict)
    for flag in found:
        if flag.code in ("break_up", "break_down", "block_gone", "block_gone_to_none"):
            way = "up" if flag.code == "break_up" else "down"
            states[(flag.indicator, flag.role, flag.periods[-1], way)][flag.state] = flag.values[-1]
    for (indicator, role, period, way), values in states.items():
        if len(values) >= TOGETHER:
            names = sorted(values)
            facts: Facts = {"period": period, "count": len(names), "states": ", ".join(names)}
            yield SeriesFlag(
                f"together_{way}", indicator, TOTAL, role, (period,), tuple(values[name] for name in names), facts
            )


def _in_cases(totals: tuple[Figure, ...]) -> Mapping[tuple[str, str, Role], set[int]]:
    """The years in which the producer counts some or all of a series as cases."""
    years: dict[tuple[str, str, Role], set[int]] = defaultdict(set)
    for figure in totals:
        if {CASES_LEFT_OUT, ONLY_CASES} & set(figure.flags) and figure.indicator != "recognition_rate":
            role = Role.DESTINATION if figure.origin == TOTAL else Role.ORIGIN
            state = figure.destination if role is Role.DESTINATION else figure.origin
            years[(figure.indicator, state, role)].add(figure.period)
    return years


def _mixed_units(in_cases: Mapping[tuple[str, str, Role], set[int]]) -> Iterator[SeriesFlag]:
    for (indicator, state, role), periods in in_cases.items():
        if periods:
            yield SeriesFlag("mixed_units", indicator, state, role, tuple(sorted(periods)), (), {"count": len(periods)})


def _sums(pairs: tuple[Figure, ...]) -> Iterator[SeriesFlag]:
    rows: dict[tuple[str, str, int, Breakdown, str], dict[str, int]] = defaultdict(dict)
    for figure in pairs:
        if figure.indicator == "asylum_decisions" and figure.value is not None:
            rest = tuple(part for part in figure.breakdown if part[0] != "outcome")
            rows[(figure.destination, figure.origin, figure.period, rest, figure.unit)][
                figure.broken_down_by("outcome")
            ] = int(figure.value)
    wrong: dict[tuple[str, Role], list[int]] = defaultdict(list)
    for (destination, origin, period, _parts, _unit), outcomes in rows.items():
        if outcomes.get("total") != sum(value for outcome, value in outcomes.items() if outcome != "total"):
            for role, state in ((Role.DESTINATION, destination), (Role.ORIGIN, origin)):
                if state in REGION:
                    wrong[(state, role)].append(period)
    for (state, role), periods in wrong.items():
        facts = {"count": len(periods)}
        yield SeriesFlag("does_not_add_up", "asylum_decisions", state, role, tuple(sorted(set(periods))), (), facts)


def _flag(
    code: str,
    series: _Series,
    periods: tuple[int, ...],
    values: tuple[Number | None, ...],
    facts: Facts,
    counterpart: str = TOTAL,
    also: tuple[tuple[str, Facts], ...] = (),
) -> SeriesFlag:
    return SeriesFlag(code, series.indicator.code, series.state, series.role, periods, values, facts, counterpart, also)


def _factor(before: Number, after: Number) -> Decimal:
    low, high = sorted((Decimal(before), Decimal(after)))
    return (high / low).quantize(Decimal("0.1")) if low > 0 else Decimal(0)


def _years(periods: list[int], step: int) -> str:
    """Years as runs: 1996–1998, 2004."""
    runs: list[list[int]] = []
    for period in periods:
        if runs and period == runs[-1][-1] + step:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _plain(facts: Facts, names: Mapping[str, str]) -> dict[str, str]:
    written = {
        name: f"{fact}" if name in YEARS else f"{fact:,}" for name, fact in facts.items() if not isinstance(fact, str)
    }
    for name, fact in facts.items():
        if isinstance(fact, str):
            written[name] = ", ".join(names.get(code, code) for code in fact.split(", ")) if name in COUNTRIES else fact
    return written
