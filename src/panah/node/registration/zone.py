"""A machine-readable zone at the registration form: what it fills in, and how its checks are shown. Wrong digits ask; they never refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.cores.documents import Reading, read_zone
from panah.web.parts import Check, Text
from panah.web.reading import country_name

LABELS: dict[str, Text] = {
    "number": gettext_lazy("Number of the document"),
    "birth_date": gettext_lazy("Date of birth"),
    "expiry": gettext_lazy("Valid until"),
    "optional": gettext_lazy("Further data"),
    "composite": gettext_lazy("Whole zone"),
}
STATES = {"ok": "ok", "wrong": "doubt", "absent": "absent"}
_SAID_BY_CHECKS = frozenset({"check_digit_wrong", "check_digit_absent"})


def read(text: str, on: date) -> Reading | None:
    """The reading of what was typed or scanned; None when nothing was."""
    return read_zone(text, on) if text.strip() else None


def checks(reading: Reading) -> list[Check]:
    """Each check digit as a tick or a question, then what else should be asked about."""
    if not reading.is_zone:
        return [
            Check(
                _("Machine-readable zone"),
                "doubt",
                _("These are not the lines of a document yet: two of 44 or 36 characters, or three of 30."),
            )
        ]
    found = [Check(LABELS.get(name, name), STATES[state]) for name, state in reading.checks.items()]  # type: ignore[arg-type]
    if reading.document_class in {"refugee_1951", "stateless_1954"}:
        label = (
            _("Refugee of the 1951 Convention") if reading.document_class == "refugee_1951" else _("Stateless person")
        )
        found.append(
            Check(label, "doubt", _("the document says so: the person is protected, ask about fear of return"))
        )
    found += [
        Check(_("Please compare"), "doubt", problem.sentence)
        for problem in reading.problems
        if problem.code not in _SAID_BY_CHECKS
    ]
    return found


def as_kept(reading: Reading) -> dict[str, Any]:
    """What the file keeps of the reading beside the lines themselves."""
    return {**reading.as_json(), "status_elsewhere": reading.to_registration()["status_elsewhere"]}


def fields(reading: Reading, tag: str) -> dict[str, str]:
    """The values that the zone gives for the fields of the form, countries by their names in the language; empty ones are left out."""
    if not reading.is_zone:
        return {}
    found: dict[str, Any] = reading.to_registration()
    names, document = found["names"], found["document"]
    single = names["primary"] or names["secondary"] if names["single"] else ""
    values = {
        "full_name": single,
        "family": "" if single else names["primary"],
        "given": "" if single else names["secondary"],
        "sex": "" if found["sex"] == "unknown" else found["sex"],
        "birth_date": found["birth_date"],
        "citizenship": country_name(next(iter(found["citizenships"]), ""), tag),
        "documents-0-type": document["type"],
        "documents-0-issuer": country_name(document["issuer"] or document["issuer_code"] or "", tag),
        "documents-0-number": document["number"],
        "documents-0-status": document["status"],
    }
    return {name: value for name, value in values.items() if value}


def filled(posted: Mapping[str, str], before: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The posted fields with those of a zone put in: where a field is empty, or still says what an earlier reading put there."""
    changed = dict(posted)
    for name, value in new.items():
        current = changed.get(name, "")
        if not current or current == before.get(name) or (name == "sex" and current == "unknown"):
            changed[name] = value
    for name, value in before.items():
        # Half a zone was read wrongly, or another document was scanned: take back what the new reading does not say.
        if name not in new and changed.get(name) == value:
            changed[name] = ""
    return changed
