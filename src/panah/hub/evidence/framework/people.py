"""Indicators on children, exploitation, deaths and movement: 1.09, 3.01, 3.02, 3.05 to 3.07, 4.01, 7.01 to 7.03."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from panah.hub.evidence import figures
from panah.hub.evidence.figures import REGION, Figure
from panah.hub.evidence.framework.refuge import as_published, counted, per_resident, quotient
from panah.hub.evidence.framework.shelf import Shelf, number
from panah.hub.evidence.framework.values import BELOW_FIVE, FEW_CASES, UNIT_WRONG, Value, divided, withheld

_NATIONAL_PARTS = {"M": "male", "F": "female"}
_VICTIMS = {
    ("", "", ""): "", ("", "female", ""): "female", ("", "male", ""): "male", ("", "", "adults"): "adults", ("", "", "children"): "children",
    ("sexual_exploitation", "", ""): "sexual_exploitation", ("forced_labour", "", ""): "forced_labour", ("other_forms", "", ""): "other_forms",
}  # fmt: skip
_STATUS = {"": "all", "migper": "migrants", "nonmig": "natives"}


def births(shelf: Shelf) -> Iterator[Value]:
    """1.09: UNSD, and the national offices of Kazakhstan and Kyrgyzstan."""
    for state, figure, _parts in shelf.sdg("SG_REG_BRTH"):
        yield as_published("1.09", state, figure)
    for figure in shelf.table("kazstat_sdg_16_9_1"):
        if not figure.broken_down_by("age"):
            yield as_published("1.09", figure.destination, figure, part=_sex(figure.broken_down_by("sex")), rank=1)
    for state, figure, parts in shelf.sdg("SG_REG_BRTH", "nsc_kgz_sdg_16_9_1"):
        if parts.get("age") == "Y0T4":
            yield as_published("1.09", state, figure, part=_sex(parts.get("sex", "")), rank=1)


def victims(shelf: Shelf) -> Iterator[Value]:
    """3.01: UNODC with its parts, UNSD beside it. The national file of Kazakhstan cannot be used."""
    for figure in shelf.table("unodc_trafficking"):
        key = (figure.broken_down_by("form"), figure.broken_down_by("sex"), figure.broken_down_by("age"))
        if figure.broken_down_by("kind") != "victims" or key not in _VICTIMS:
            continue
        if figures.BELOW_FIVE in figure.flags:
            yield withheld(
                "3.01", figure.destination, BELOW_FIVE, f"{figure.period}", part=_VICTIMS[key], sources=(figure.source,)
            )
        else:
            yield per_resident("3.01", figure.destination, figure, shelf, part=_VICTIMS[key])
    for state, figure, parts in shelf.sdg("VC_HTF_DETV"):
        if not parts:
            yield per_resident("3.01", state, figure, shelf, rank=1)
    for figure in shelf.table("kazstat_sdg_16_2_2"):
        yield withheld("3.01", figure.destination, UNIT_WRONG, f"{figure.period}", sources=(figure.source,), rank=2)


def convictions(shelf: Shelf) -> Iterator[Value]:
    """3.02."""
    found: dict[tuple[str, int], dict[str, Figure]] = defaultdict(dict)
    for figure in shelf.table("unodc_trafficking"):
        if len(figure.breakdown) == 1 and figure.broken_down_by("kind") in ("convicted", "prosecuted"):
            found[(figure.destination, figure.period)][figure.broken_down_by("kind")] = figure
    for (state, period), both in found.items():
        if len(both) < 2:
            continue
        if any(figures.BELOW_FIVE in one.flags for one in both.values()):
            yield withheld("3.02", state, BELOW_FIVE, f"{period}", sources=(both["convicted"].source,))
        else:
            yield quotient("3.02", state, both["convicted"], both["prosecuted"])


def child_labour(shelf: Shelf) -> Iterator[Value]:
    """3.05, Kazakhstan."""
    for figure in shelf.table("kazstat_sdg_8_7_1"):
        yield as_published("3.05", figure.destination, figure, part=_sex(figure.broken_down_by("sex")))


def injuries(shelf: Shelf) -> Iterator[Value]:
    """3.06: injuries and deaths at work, of all, of migrants and of natives."""
    for series, kind in (("SL_EMP_INJUR", "injuries"), ("SL_EMP_FTLINJUR", "deaths")):
        for state, figure, parts in shelf.sdg(series):
            if "sex" not in parts:
                yield as_published("3.06", state, figure, part=f"{kind}_{_STATUS[parts.get('migratory_status', '')]}")


def labour_rights(shelf: Shelf) -> Iterator[Value]:
    """3.07."""
    for state, figure, _parts in shelf.sdg("SL_LBR_NTLCPL"):
        yield as_published("3.07", state, figure)


def deaths(shelf: Shelf) -> Iterator[Value]:
    """4.01, by country of origin."""
    for state, figure, _parts in shelf.sdg("SM_DTH_MIGR"):
        yield counted("4.01", state, figure)


def born_abroad(shelf: Shelf) -> Iterator[Value]:
    """7.01."""
    for state, figure in shelf.totals_of("migrant_stock"):
        yield per_resident("7.01", state, figure, shelf)


def net_migration(shelf: Shelf) -> Iterator[Value]:
    """7.02, per 1,000 residents, for the years in which both producers have an estimate."""
    moments: dict[tuple[str, int], dict[str, Figure]] = defaultdict(dict)
    for figure in shelf.table("gaskin_abel_net_migration"):
        moments[(figure.destination, figure.period)][figure.broken_down_by("moment")] = figure
    for figure in shelf.table("undesa_net_migration"):
        state, period = figure.destination, figure.period
        spread, people = moments.get((state, period)), shelf.population.get((state, period))
        if spread is None or people is None or state not in REGION:
            continue
        mean, deviation = number(spread["mean"]), number(spread["std"])
        ends = (number(figure), mean - 2 * deviation, mean + 2 * deviation)
        value = quotient("7.02", state, figure, people)
        yield Value(
            "7.02", state, f"{period}", value.value, value.unit, "span_of_producers",
            (figure.source, spread["mean"].source, people.source), numerator=value.numerator, denominator=value.denominator,
            low=divided(min(ends), number(people), 1000), high=divided(max(ends), number(people), 1000),
            flags=tuple(flag for flag in value.flags if flag != FEW_CASES),
        )  # fmt: skip


def five_year_flows(shelf: Shelf) -> Iterator[Value]:
    """7.03, from `counterpart` to `state`: an interval over the six methods and no value between."""
    methods: dict[tuple[str, str, int], list[Figure]] = defaultdict(list)
    for figure in shelf.table("abel_cohen_flows"):
        methods[(figure.destination, figure.origin, figure.period)].append(figure)
    for (state, counterpart, period), found in methods.items():
        counts = [number(one) for one in found]
        yield Value(
            "7.03", state, f"{period}-{period + 4}", None, "persons", "span_of_methods", (found[0].source,), counterpart=counterpart,
            low=min(counts), high=max(counts), facts=(("methods", len(counts)),),
        )  # fmt: skip


def _sex(code: str) -> str:
    return _NATIONAL_PARTS.get(code, "")


COMPUTED = {
    "1.09": births,
    "3.01": victims,
    "3.02": convictions,
    "3.05": child_labour,
    "3.06": injuries,
    "3.07": labour_rights,
    "4.01": deaths,
    "7.01": born_abroad,
    "7.02": net_migration,
    "7.03": five_year_flows,
}
