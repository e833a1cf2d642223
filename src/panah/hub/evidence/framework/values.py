"""A value of an indicator with everything that it must never be shown without, or the reason why it is withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from panah.hub.evidence.figures import TOTAL, Number, Source
from panah.hub.evidence.framework import Definition, Kind, Supplied, definitions


def _(message: str) -> str:
    # Marks a text for the catalogue of translations without translating it here.
    return message


NOT_SUPPLIED = "not_supplied"
NO_ESTIMATE = "no_estimate"
NO_FIGURE = "no_figure"
NO_DENOMINATOR = "no_denominator"
NO_POPULATION = "no_population"
BELOW_FIVE = "below_five"
UNIT_UNDECLARED = "unit_undeclared"
UNIT_WRONG = "unit_wrong"
NOT_VALID = "not_valid"

REASONS = {
    NOT_SUPPLIED: _("No state has supplied it."),
    NO_ESTIMATE: _("It is an estimate, and none with method and interval is at hand."),
    NO_FIGURE: _("No producer at hand has a figure for this state."),
    NO_DENOMINATOR: _("The denominator is missing or 0, and no number is shown without it."),
    NO_POPULATION: _("The population of this year is not at hand, and no rate is shown without it."),
    BELOW_FIVE: _("The producer publishes it as below five; no rate is made of it."),
    UNIT_UNDECLARED: _("The file declares no unit, so that it cannot be said what the number means."),
    UNIT_WRONG: _("The unit that the file declares cannot be that of the numbers in it."),
    NOT_VALID: _("What was supplied does not pass the checks of the definition."),
}
"""Why a value is withheld."""

METHODS = {
    "ratio": _("Numerator divided by denominator, computed here."),
    "sum": _("Summed here over what the producer publishes."),
    "as_published": _(
        "As the producer publishes it. The producer divides; the numbers behind it are not in the file that was read."
    ),
    "counted": _("Counted here from the table of the producer."),
    "register": _("Counted here from the register of treaties that this hub keeps; an unknown status is not counted."),
    "span_of_methods": _("Least and greatest of six methods of estimating; no single one is shown."),
    "span_of_producers": _(
        "The first producer's estimate, with a span over it and over the second producer's mean and two standard "
        "deviations each way."
    ),
    "domains": _("Domains that stand at 3 (meets) or 4 (fully meets), counted here."),
    "state": _("As the state published it to this hub, after its own protection of small counts."),
}
"""How a value came about."""

RATE_BY_PRODUCER = "rate_by_producer"
TYPED_BY_HAND = "typed_by_hand"
FEW_CASES = "few_cases"
SELF_REPORTED = "self_reported"
PARTY = "status_not_all_known"

FEW = 20
"""A rate with a numerator below this moves much by chance."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one indicator. `period` is a year (`2025`), a quarter (`2020-Q3`) or five years (`2015-2019`).

    `counterpart` is the other country where there is one: for a flow or remittances, from `counterpart` to `state`.
    `part` names what it is a part of (`destination`, `female`, `children` …) and is empty for the whole. `low` and
    `high` are an interval; an interval may have no `value`. `sources` begins with that of the numerator. With `reason`
    set the value is withheld, and there are no numbers. Where several producers speak of the same, `rank` 0 is what is
    shown first, and the others beside it. `facts` are further counts, such as how many instruments are tracked.
    """

    indicator: str
    state: str
    period: str
    value: Number | None
    unit: str
    method: str
    sources: tuple[Source, ...]
    counterpart: str = TOTAL
    part: str = ""
    numerator: Number | None = None
    denominator: Number | None = None
    low: Number | None = None
    high: Number | None = None
    flags: tuple[str, ...] = ()
    reason: str = ""
    rank: int = 0
    facts: tuple[tuple[str, int], ...] = ()

    @property
    def definition(self) -> Definition:
        return definitions()[self.indicator]

    @property
    def as_of(self) -> date | None:
        """The earliest date as of which one of its sources stood; None when it is withheld without a source."""
        return min((source.as_of for source in self.sources), default=None)

    @property
    def withheld(self) -> bool:
        return bool(self.reason)


def withheld(indicator: str, state: str, reason: str, period: str = "", **more: object) -> Value:
    """A value that is not shown, and why."""
    sources = more.pop("sources", ())
    return Value(
        indicator, state, period, None, definitions()[indicator].unit, "", sources, reason=reason, **more  # type: ignore[arg-type]
    )  # fmt: skip


def published(value: Value) -> Value:
    """The value if everything stands beside it that must; otherwise the same withheld, with the reason.

    This is the rule of publication: no numerator without its denominator, date, definition, method and protection note.
    A producer's own rate has its denominator in the definition and is marked so.
    """
    if value.reason:
        return value
    one = value.definition
    lacks_denominator = (
        one.needs_denominator
        and not value.denominator
        and RATE_BY_PRODUCER not in value.flags
        and one.kind not in (Kind.INDEX, Kind.MEDIAN)
    )
    if lacks_denominator:
        reason = NO_DENOMINATOR
    elif (
        (value.value is None and (value.low is None or value.high is None))
        or not value.sources
        or not value.method
        or not one.protection.note.en
    ):
        reason = NO_FIGURE
    else:
        return value
    return withheld(
        value.indicator, value.state, reason, value.period, counterpart=value.counterpart, part=value.part,
        sources=value.sources, rank=value.rank,
    )  # fmt: skip


def divided(numerator: Number, denominator: Number, per: int, places: str = "0.01") -> Decimal:
    """Numerator by denominator times `per`, rounded half up to the places of the pattern."""
    return (Decimal(numerator) * per / Decimal(denominator)).quantize(Decimal(places), rounding=ROUND_HALF_UP)


PER = {"percent": 100, "per_1000": 1000, "per_100000": 100_000, "ratio": 1, "months": 1}
"""By what a quotient is multiplied to stand in a unit."""


def problems(
    definition: Definition, value: Number | None, numerator: Number | None, denominator: Number | None
) -> tuple[str, ...]:
    """What is wrong with a value that a state supplies, as sentences in English; empty when nothing is."""
    found: list[str] = []
    if definition.supplied is Supplied.NOW:
        return (f"{definition.id} is computed here from producers' figures and is not supplied by a state.",)
    if value is None:
        return (f"{definition.id} has no value. Leave the row out where there is no figure; never write 0 for it.",)
    if definition.needs_denominator and not denominator:
        found.append(f"{definition.id} has no denominator. Give the number of: {definition.denominator.en}.")
    if definition.kind is not Kind.DIFFERENCE and value < 0:
        found.append(f"{definition.id} is {value}; it cannot be below 0.")
    if definition.kind is Kind.SHARE:
        found += _of_a_share(definition, value, numerator, denominator)
    threshold = definition.protection.threshold
    if threshold:
        for name, count in (("numerator", numerator), ("denominator", denominator)):
            if count is not None and 0 < count < threshold:
                found.append(f"The {name} of {definition.id} is {count}, below {threshold}. Withhold the value.")
    return tuple(found)


def _of_a_share(
    definition: Definition, value: Number, numerator: Number | None, denominator: Number | None
) -> list[str]:
    found = []
    if value > 100:
        found.append(f"{definition.id} is {value} percent; a share is at most 100.")
    if numerator is None:
        found.append(f"{definition.id} has no numerator. Give the number of: {definition.numerator.en}.")
    elif denominator and numerator > denominator:
        found.append(f"The numerator of {definition.id}, {numerator}, is above its denominator, {denominator}.")
    elif denominator and abs(Decimal(value) - Decimal(numerator) * 100 / Decimal(denominator)) > Decimal("0.1"):
        found.append(f"{definition.id} is {value} percent, and {numerator} of {denominator} is another share.")
    return found
