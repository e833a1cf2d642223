"""The number by which a commitment's progress is told, out of what is published: from the evidence, or from a state's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cores.exchange.structure import Dataflow, the_structure
from panah.hub.commitments import rules
from panah.hub.commitments.models import Measure
from panah.hub.evidence import service as evidence
from panah.hub.intake import service as intake
from panah.web import counts


@dataclass(frozen=True)
class Figure:
    """A published number with everything that it must never be shown without. `value` None: withheld or not there, never 0; then `why` says so.
    `source` is in the reader's language, `origin` the same in the one language in which it is signed.
    """

    value: Decimal | None
    unit: str
    period: str
    as_of: str = ""
    numerator: str = ""
    denominator: str = ""
    definition: str = ""
    source: str = ""
    marks: tuple[str, ...] = ()
    why: str = ""
    url: str = ""
    digest: str = ""
    origin: str = ""

    def plain(self) -> dict[str, Any]:
        """What is signed: plain values, numbers as text."""
        return {
            "value": None if self.value is None else f"{self.value.normalize():f}",
            "period": self.period,
            "as_of": self.as_of,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "source": self.origin,
            "marks": list(self.marks),
            "publication": self.digest,
        }


def figure_of(measure: Measure) -> Figure | None:
    """The figure of a measure as it is published now; None where nothing is published."""
    return _of_indicator(measure) if measure.kind == Measure.Kind.INDICATOR else _of_table(measure)


def to_sign(measure: Measure, figure: Figure) -> dict[str, Any]:
    """What a coordinator signs: the number with all that stands beside it, and which commitment it is for."""
    return figure.plain() | {
        "commitment": measure.commitment.code,
        "indicator": measure.code,
        "part": measure.part,
        "state": measure.state,
    }


def progress_of(measure: Measure, figure: Figure | None) -> Decimal | None:
    """Percent of the way from baseline to goal; None when it is not known."""
    direction: rules.Direction = "up" if measure.direction == "up" else "down"
    return rules.progress(measure.baseline, measure.goal, figure.value if figure else None, direction)


def tables() -> Mapping[str, Dataflow]:
    """The tables that states hand in, by their ids."""
    return {flow.id: flow for flow in the_structure().dataflows if getattr(flow, "kind", "table") == "table"}


def cell_name(flow: str, key: str, state: str) -> str:
    """The cell of a table in words: its codes by name, those of totals left out."""
    known, codes = tables().get(flow), key.split(".")
    if known is None or len(known.axes) != len(codes):
        return key
    said = {axis: code for axis, code in zip(known.axes, codes, strict=True) if code != "_T"}
    return counts.place_name(said, state)


def indicator_choices() -> Mapping[str, str]:
    """Titles of the indicators by their ids."""
    return evidence.indicator_titles()


def _of_indicator(measure: Measure) -> Figure | None:
    found = evidence.value(measure.code, measure.state, part=measure.part or None)
    if found is None:
        every = [one for one in evidence.values(measure.code, measure.state, latest=True) if one.withheld]
        return _withheld(every[-1]) if every else None
    language = (get_language() or "en")[:2]
    definition = found.definition
    return Figure(
        value=None if found.value is None else Decimal(found.value),
        unit=found.unit,
        period=found.period,
        as_of=found.as_of.isoformat() if found.as_of else "",
        numerator=_number(found.numerator),
        denominator=_number(found.denominator),
        definition=f"{definition.numerator.written(language)} / {definition.denominator.written(language)}".strip(" /"),
        source="; ".join(f"{one.producer}, {one.title}, {one.edition}" for one in found.sources),
        marks=tuple(found.flags),
        why=_("It is an interval without a single value.") if found.value is None else "",
        url=reverse("framework_indicator", args=[found.indicator]),
        digest="; ".join(one.sha256 for one in found.sources),
        origin="; ".join(f"{one.producer}, {one.title}, {one.edition}" for one in found.sources),
    )


def _withheld(found: evidence.Value) -> Figure:
    return Figure(
        value=None, unit=found.unit, period=found.period, why=_("The value is withheld, or nobody has supplied it.")
    )


def _of_table(measure: Measure) -> Figure | None:
    found = intake.cell(measure.state, measure.code, measure.part, days=measure.days)
    if found is None:
        return None
    return Figure(
        value=None if found.value is None else Decimal(found.value),
        unit=_("referrals") if found.population == "referrals" else _("persons"),
        period=found.period,
        as_of=found.counted_at.date().isoformat(),
        numerator=_number(found.value),
        denominator=_number(found.whole),
        definition=_("%(cell)s, of all that is counted in: %(flow)s; definitions %(version)s")
        % {
            "cell": cell_name(found.flow, found.key, found.state),
            "flow": counts.flow_name(found.flow),
            "version": found.definitions,
        },
        source=_("Published by the state itself, revision %(number)s") % {"number": found.revision},
        marks=(found.withheld,) if found.withheld else (),
        why=str(counts.MARKS[found.withheld][1]) if found.withheld in counts.MARKS else "",
        url=found.url,
        digest=found.digest,
        origin=f"{found.state} {found.flow} {found.period}, revision {found.revision}",
    )


def _number(number: Any) -> str:
    return "" if number is None else f"{Decimal(number).normalize():f}"
