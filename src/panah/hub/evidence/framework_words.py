"""The words of the framework of indicators in the reader's language: units, parts, notes, values."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.hub.evidence import words
from panah.hub.evidence.figures import Number
from panah.hub.evidence.framework import RUSSIAN_CHECKED, Definition, Supplied, Text
from panah.hub.evidence.framework.doubts import SENTENCES, Doubt
from panah.hub.evidence.framework.values import (
    FEW_CASES,
    METHODS,
    PARTY,
    RATE_BY_PRODUCER,
    REASONS,
    SELF_REPORTED,
    TYPED_BY_HAND,
    Value,
)

UNITS: dict[str, str | Promise] = {
    "percent": _("percent"),
    "persons": _("persons"),
    "per_1000": _("per 1,000"),
    "per_100000": _("per 100,000"),
    "ratio": _("times"),
    "days": _("days"),
    "months": _("months of income"),
    "score": _("score"),
    "points": _("percentage points"),
    "usd_million": _("million US dollars"),
}

PARTS: dict[str, str | Promise] = {
    "": _("All"),
    "destination": _("In the state"),
    "origin": _("From the state"),
    "female": _("Women and girls"),
    "male": _("Men and boys"),
    "adults": _("Adults"),
    "children": _("Children"),
    "sexual_exploitation": _("Sexual exploitation"),
    "forced_labour": _("Forced labour"),
    "other_forms": _("Other forms of exploitation"),
    "injuries_all": _("Injuries, all workers"),
    "injuries_migrants": _("Injuries, migrant workers"),
    "injuries_natives": _("Injuries, other workers"),
    "deaths_all": _("Deaths at work, all workers"),
    "deaths_migrants": _("Deaths at work, migrant workers"),
    "deaths_natives": _("Deaths at work, other workers"),
}

OWN_PARTS: dict[tuple[str, str], str | Promise] = {
    ("2.03", "destination"): _("Corridors by which money comes in"),
    ("2.03", "origin"): _("Corridors by which money goes out"),
    ("4.07", "destination"): _("Naturalised in the state"),
    ("4.07", "origin"): _("Resettled, from the state"),
}

OLD = "old"
"""The note on a value that is much older than the newest of its indicator."""

NOTES: dict[str, str | Promise] = {
    **words.NOTES,
    OLD: _("Five or more years older than the newest value of this indicator."),
    RATE_BY_PRODUCER: _("The producer divides; the numbers behind it are not in the file."),
    TYPED_BY_HAND: _("Typed by hand from excerpts: take it again from the producer before relying on it."),
    FEW_CASES: _("Fewer than 20 cases: it moves much by chance."),
    SELF_REPORTED: _("As the state reports on itself."),
    PARTY: _("At least: of some instruments the status is not known, and the span says how far the share could reach."),
}

SUPPLIED: dict[Supplied, str | Promise] = {
    Supplied.NOW: _("Computed now from producers' figures"),
    Supplied.STATE: _("To be supplied by states"),
    Supplied.ESTIMATE: _("Needs an estimate with its method"),
}

DIRECTIONS: dict[str, str | Promise] = {
    "up": _("Higher is better"),
    "down": _("Lower is better"),
    "none": _("Neither higher nor lower is better by itself"),
}

DRAFT = _("The Russian of these definitions is a draft that no statistician has checked.")


def language() -> str:
    return get_language() or "en"


def said(text: Text) -> str:
    """A text of the framework in the reader's language."""
    return text.written(language())


def draft() -> str:
    """What pages say of the translation; empty where there is nothing to say."""
    return "" if RUSSIAN_CHECKED or not language().startswith("ru") else str(DRAFT)


def part(indicator: str, code: str) -> str:
    """What a part of an indicator is called."""
    return str(OWN_PARTS.get((indicator, code)) or PARTS.get(code, code))


def unit(definition: Definition) -> str:
    return str(UNITS[definition.unit])


def standard(definition: Definition) -> str:
    """The codes of the standards; of the Global Compact it is said that only the objective is meant."""
    if definition.standard_verified:
        return definition.standard
    return gettext("%(codes)s (GCM: the objective; codes below it were not verified)") % {"codes": definition.standard}


def number(value: Number) -> str:
    return words.number(value)


def written(value: Value) -> str:
    """The number or the span, with what it is a share of; where it is withheld, why."""
    if value.withheld:
        return gettext(REASONS[value.reason])
    if value.value is None and value.low is not None and value.high is not None:
        return span(value.low, value.high)
    text = number(value.value) if value.value is not None else gettext("no figure")
    if value.numerator is not None and value.denominator is not None:
        text = gettext("%(value)s (%(numerator)s of %(denominator)s)") % {
            "value": text,
            "numerator": number(value.numerator),
            "denominator": number(value.denominator),
        }
    if value.low is not None and value.high is not None:
        text = f"{text} [{span(value.low, value.high)}]"
    return text


def span(low: Number, high: Number) -> str:
    """From low to high, in words that stay together."""
    return gettext("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def method(value: Value) -> str:
    return gettext(METHODS[value.method]) if value.method else ""


def doubt(found: Doubt) -> str:
    """What is doubtful, in a sentence."""
    facts = {
        name: fact if isinstance(fact, str) else f"{fact}" if name == "count" else number(fact)
        for name, fact in found.facts
    }
    return f"{gettext(SENTENCES[found.code]).format_map(facts)} {gettext('The cause is not established.')}"
