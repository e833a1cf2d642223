"""What a page says in words before it shows a number: sentences made by rule from the figures of the page, each with its year.

No state is ranked, a break of a series is said in the same breath as the change that it may explain, and an estimate is a
span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from panah.hub.evidence import framework_words, service, words
from panah.hub.evidence.figures import REGION, Figure, Number
from panah.hub.evidence.framework import Supplied, of_point
from panah.hub.evidence.framework.values import Value
from panah.hub.evidence.indicators import Role

BREAKS = frozenset({"break_down", "break_up", "block_gone", "block_gone_to_none"})

Values = Mapping[tuple[str, str], Value]


def region() -> list[str]:
    """Refugees in and from the ten states, the change since the year before, and how much is known of the framework."""
    found = service.series("refugees", Role.DESTINATION)
    if not found:
        return []
    year = max(figure.period for figure in found if figure.value is not None)
    here, before = _of_year(found, year), _of_year(found, year - 1)
    total = sum(here.values())
    most = max(here, key=lambda state: here[state])
    said = [
        _(
            "At the end of %(year)s the producer counts %(number)s refugees in the ten states, %(share)s percent of them in %(state)s."
        )
        % {
            "year": year,
            "number": words.number(total),
            "share": _share(here[most], total),
            "state": words.country(most),
        }
    ]
    said.append(_change(total, sum(before.values()), year, _broken("", year)))
    left = _of_year(service.series("refugees", Role.ORIGIN), year, origin=True)
    if left:
        far = max(left, key=lambda state: left[state])
        said.append(
            _("%(number)s refugees come from the ten states, %(share)s percent of them from %(state)s.")
            % {"number": words.number(sum(left.values())), "share": _share(left[far], sum(left.values())), "state": words.country(far)}
        )  # fmt: skip
    return said


def state(code: str, main: Values) -> list[str]:
    """Refuge, people abroad, money, movement and law of one state, each where there is a figure."""
    said = [sentence for make in (_refuge, _abroad, _money, _movement, _law) for sentence in make(code, main)]
    return said or [_("No producer at hand has a figure for this state.")]


def corridor(origin: str, destination: str, there: Sequence[Value], back: Sequence[Value]) -> list[str]:
    """What is known of one corridor: who moved, who lives there, what money comes back and what it costs."""
    names = {"origin": words.country(origin), "destination": words.country(destination)}
    said = []
    flow = _newest(there, "7.03")
    if flow is not None and flow.low is not None and flow.high is not None:
        said.append(
            _(
                "%(origin)s → %(destination)s, %(period)s: between %(low)s and %(high)s people moved, as six methods estimate it."
            )
            % {
                **names,
                "period": five_years(flow.period),
                "low": words.number(flow.low),
                "high": words.number(flow.high),
            }
        )
        if flow.low == 0:
            said.append(
                _(
                    "By the least of them nobody moved at all: which method one takes decides the answer, so none is shown alone."
                )
            )
        elif flow.low:
            said.append(
                _("The greatest estimate is %(factor)s times the least: none of them is shown alone.")
                % {"factor": words.number((Decimal(flow.high) / Decimal(flow.low)).quantize(Decimal("0.1")))}
            )
    stock = [figure for figure in service.pair("migrant_stock", destination, origin) if not figure.breakdown]
    if stock:
        said.append(
            _(
                "In %(year)s the producer estimates that %(number)s people born in the first country lived in the second."
            )
            % {"year": stock[-1].period, "number": words.number(stock[-1].value or 0)}
        )
    money, cost = _newest(back, "6.02"), _newest(back, "2.02")
    if money is not None and money.value is not None:
        said.append(
            _("In %(year)s about %(number)s million US dollars were sent home, as the producer shares it out.")
            % {"year": money.period, "number": words.number(money.value)}
        )
    if cost is not None and cost.value is not None:
        said.append(
            _("Sending 200 US dollars home cost %(value)s percent in %(period)s.")
            % {"value": words.number(cost.value), "period": cost.period}
        )
    known = service.agreements(origin, destination)
    if known is not None:
        said.append(_("Agreements between the two that are known to be in force: %(number)s.") % {"number": known})
    return said or [_("No producer at hand has a figure for this corridor.")]


def point(code: str, coverage: Mapping[str, tuple[int, str]]) -> list[str]:
    """How much is known of one of the eight points, and which states must still supply what."""
    asked = of_point(code)
    known = [one for one in asked if coverage.get(one.id, (0, ""))[0]]
    waiting = [one for one in asked if one.supplied is Supplied.STATE and one not in known]
    said = [
        _("Of the %(all)s indicators of this point %(known)s have figures today.")
        % {"all": len(asked), "known": len(known)}
    ]
    if known:
        newest = max(coverage[one.id][1] for one in known)[:4]
        oldest = min(coverage[one.id][1] for one in known)[:4]
        said.append(
            _("Their newest figures are of %(newest)s.") % {"newest": newest}
            if newest == oldest
            else _("Their newest figures are of %(oldest)s to %(newest)s.") % {"oldest": oldest, "newest": newest}
        )
    if waiting:
        titles = "; ".join(framework_words.said(one.title) for one in waiting)
        said.append(_("No state has supplied: %(titles)s.") % {"titles": titles})
    return said


def five_years(period: str) -> str:
    """2015-2019 as readers write it."""
    return period.replace("-", "–")


def _refuge(code: str, main: Values) -> list[str]:
    said = []
    here = service.latest("refugees", Role.DESTINATION).get(code)
    if here is not None and here.value is not None:
        rate = main.get(("1.05", code))
        said.append(
            _("At the end of %(year)s the producer counts %(number)s refugees in the state.")
            % {"year": here.period, "number": words.number(here.value)}
        )
        if rate is not None and rate.value is not None:
            said.append(
                _("In %(year)s, the last year whose population is at hand, it was %(rate)s per 1,000 residents.")
                % {"year": rate.period, "rate": words.number(rate.value)}
            )
        if _broken(code, here.period):
            said.append(_("The series breaks in that year: ask before you compare it with the years before."))
    left = service.latest("refugees", Role.ORIGIN).get(code)
    if left is not None and left.value is not None:
        said.append(
            _("At the end of %(year)s it counts %(number)s refugees from the state.")
            % {"year": left.period, "number": words.number(left.value)}
        )
    return said


def _abroad(code: str, main: Values) -> list[str]:
    share = main.get(("7.01", code))
    abroad = service.latest("migrant_stock", Role.ORIGIN).get(code)
    said = []
    if share is not None and share.numerator is not None and share.value is not None:
        said.append(
            _("In %(year)s %(number)s people born elsewhere lived here, %(share)s percent of the population.")
            % {"year": share.period, "number": words.number(share.numerator), "share": words.number(share.value)}
        )
    if abroad is not None and abroad.value is not None:
        said.append(
            _("In %(year)s %(number)s people born here lived abroad.")
            % {"year": abroad.period, "number": words.number(abroad.value)}
        )
    return said


def _money(code: str, main: Values) -> list[str]:
    share = main.get(("6.01", code))
    if share is None or share.value is None:
        return []
    return [
        _("Remittances received came to %(value)s percent of the gross domestic product in %(year)s.")
        % {"value": words.number(share.value), "year": share.period}
    ]


def _movement(code: str, main: Values) -> list[str]:
    net = main.get(("7.02", code))
    if net is None or net.low is None or net.high is None:
        return []
    return [
        _(
            "Net migration in %(year)s lay between %(low)s and %(high)s per 1,000 residents, as two producers estimate it."
        )
        % {"year": net.period, "low": words.number(net.low), "high": words.number(net.high)}
    ]


def _law(code: str, main: Values) -> list[str]:
    share = main.get(("1.01", code))
    if share is None or share.numerator is None or share.denominator is None:
        return []
    said = _("The state is known to be party to %(party)s of %(known)s tracked instruments.") % {
        "party": share.numerator,
        "known": share.denominator,
    }
    unknown = dict(share.facts).get("unknown", 0)
    if not unknown:
        return [said]
    not_known = _("Of %(unknown)s more the status is not known.") % {"unknown": unknown}
    return [f"{said} {not_known}"]


def _of_year(found: Sequence[Figure], year: int, *, origin: bool = False) -> dict[str, int]:
    return {
        figure.origin if origin else figure.destination: int(figure.value)
        for figure in found
        if figure.period == year and figure.value is not None
    }


def _broken(code: str, year: int) -> list[str]:
    """The states (one, or all) whose refugees as destination break in a year."""
    flags = service.flags_of("refugees", code, Role.DESTINATION)
    states = {one for flag in flags if flag.code in BREAKS and flag.periods[-1] == year for one in flag.states}
    return sorted(states & (set(REGION) if not code else {code}), key=words.country)


def _change(total: int, before: int, year: int, broken: Sequence[str]) -> str:
    if not before:
        return ""
    said = _("A year before it was %(before)s.") % {"before": words.number(before)}
    if broken:
        said += " " + _(
            "Between the two the series of %(states)s breaks, so that the difference cannot be read as people who came or left."
        ) % {"states": ", ".join(words.country(one) for one in broken)}
    return said


def _share(part: Number, whole: Number) -> str:
    return words.number((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1)))


def _newest(found: Sequence[Value], indicator: str) -> Value | None:
    shown = [one for one in found if one.indicator == indicator and not one.withheld]
    return max(shown, key=lambda one: one.period, default=None)
