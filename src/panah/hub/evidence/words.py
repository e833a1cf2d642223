"""The words of this room in the reader's language: countries, sides, units, notes beside numbers, sentences of doubts."""

from __future__ import annotations

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.hub.evidence import figures, tables
from panah.hub.evidence.figures import Country, Figure
from panah.hub.evidence.indicators import Indicator, Role
from panah.hub.evidence.quality import COUNTRIES, YEARS, Facts, SeriesFlag
from panah.web import reading

NOTES: dict[str, str | Promise] = {
    figures.SMALL_COUNT: _("A small count: the producer shows 5 for it, or leaves it out."),
    figures.ROUNDED: _("Rounded by the producer."),
    figures.NIL_OR_NOT_AVAILABLE: _("The producer's table has no figure: none, not available or not applicable."),
    figures.INCLUDES_SMALL: _("Not exact: the sum contains small counts, which the producer rounds or leaves out."),
    figures.CASES_LEFT_OUT: _("Some are counted as cases and not as persons; these are left out."),
    figures.ONLY_CASES: _("Counted as cases only, so there is no figure of persons."),
    figures.NAMED_ORIGINS_ONLY: _("Sum over named origins; persons of unknown origin are not in it."),
    figures.SMALL_DENOMINATOR: _("Fewer than 50 decisions: one decision moves the rate by more than two points."),
    "break": _("The series has a break here; see what is doubtful."),
}
"""What the marks beside a number mean. `break` is set by the page from the doubts of the series."""

UNITS: dict[str, str | Promise] = {
    figures.PERSONS: _("persons"),
    figures.CASES: _("cases"),
    figures.PERCENT: _("percent"),
    figures.UNDECLARED: _("unit not declared"),
}

PARTS: dict[str, dict[str, str | Promise]] = {
    "outcome": {
        "recognised": _("Recognised as refugees"),
        "complementary": _("Complementary protection"),
        "rejected": _("Rejected"),
        "closed": _("Closed otherwise"),
        "total": _("All decisions"),
    },
    "sex": {"female": _("Women and girls"), "male": _("Men and boys"), "": _("All")},
}
"""The parts of each dimension, in the order in which they are shown."""

SIDES: dict[Role, str | Promise] = {
    Role.DESTINATION: _("In the state"),
    Role.ORIGIN: _("From the state"),
}

GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "central-asia": (_("Central Asia"), ("KAZ", "KGZ", "TJK", "TKM", "UZB")),
    "southern-asia": (_("Southern Asia"), ("AFG", "IRN", "PAK")),
    "western-asia": (_("Western Asia"), ("AZE", "TUR")),
}
"""The ten states by the subregions of the United Nations' M49, so that figures of a like size stand together."""


@cache
def _names() -> dict[str, Country]:
    return tables.countries()


def country(code: str) -> str:
    """The short name that the United Nations use, in Russian or English; other languages as the program knows them."""
    tag = get_language() or "en"
    known = _names().get(code)
    if known is None or not tag.startswith(("en", "ru")):
        return reading.country_name(code, tag)
    return known.name(tag)


def side_title(indicator: Indicator, role: Role) -> str:
    """What the figures of an indicator are called on one side."""
    return gettext(indicator.role_title(role))


def short_producer(source: figures.Source) -> str:
    """The producer's abbreviation where its name carries one in brackets, otherwise the name."""
    name, _bracket, rest = source.producer.rpartition("(")
    return rest.removesuffix(")") if name and rest.endswith(")") else source.producer


def part(dimension: str, code: str) -> str:
    return str(PARTS[dimension][code])


def number(value: figures.Number) -> str:
    return reading.number(value, get_language() or "en")


def value(figure: Figure) -> str:
    """The number as the reader writes it, with what it is a share of; "no figure" where there is none."""
    if figure.value is None:
        return gettext("no figure")
    if figure.denominator is None or figure.numerator is None:
        return number(figure.value)
    return gettext("%(value)s %% (%(numerator)s of %(denominator)s)") % {
        "value": number(figure.value),
        "numerator": number(figure.numerator),
        "denominator": number(figure.denominator),
    }


def reason(flag: SeriesFlag) -> str:
    """What is doubtful, in sentences."""
    return " ".join(gettext(text).format_map(_written(facts)) for text, facts in flag.sentences)


def _written(facts: Facts) -> dict[str, str]:
    return {name: _one(name, fact) for name, fact in facts.items()}


def _one(name: str, fact: int | figures.Number | str) -> str:
    if name in COUNTRIES:
        return ", ".join(country(code) for code in str(fact).split(", "))
    if name == "heading":
        return gettext(str(fact))
    return f"{fact}" if name in YEARS or isinstance(fact, str) else number(fact)
