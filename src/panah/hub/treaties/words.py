"""The words of this room in the reader's language: acts, values, marks, themes, and how its notices read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.foundation.notices.service import sentences
from panah.web import reading

VALUES: Mapping[str, str | Promise] = {
    "party": _("Party"),
    "not party": _("Not party"),
    "signed only": _("Signed, not bound"),
    "unknown": _("Not known"),
    "": "",
}
ACTS: Mapping[str, str | Promise] = {
    "": _("act not named"),
    "signature": _("Signing"),
    "ratification": _("Ratification"),
    "accession": _("Accession"),
    "succession": _("Succession"),
    "reservation": _("Reservation"),
    "declaration": _("Declaration"),
    "withdrawal": _("Withdrawal"),
    "incorporation": _("Incorporation in national law"),
}
PACK_ACTIONS: Mapping[str, str | Promise] = {
    **ACTS,
    "party": _("Party"),
    "none": _("Not party"),
    "unknown": _("Not known"),
}
THEMES: Mapping[str, str | Promise] = {
    "asylum": _("Asylum"),
    "refugees": _("Refugees"),
    "statelessness": _("Statelessness"),
    "citizenship": _("Citizenship"),
    "trafficking": _("Trafficking and smuggling"),
    "labour": _("Labour migration"),
    "stay": _("Entry and stay"),
    "removal": _("Removal"),
    "detention": _("Detention"),
    "children": _("Children"),
    "health": _("Health"),
    "human-rights": _("Human rights"),
    "administration": _("Administration and courts"),
    "data": _("Personal data"),
}
CLAUSES: Mapping[str, str | Promise] = {
    "recruitment": _("Recruitment and work"),
    "skills": _("Recognition of skills"),
    "social_security": _("Social security"),
    "wages": _("Wages"),
    "workers_rights": _("Rights of workers"),
    "readmission": _("Readmission"),
    "return": _("Return"),
    "irregular_migration": _("Irregular migration"),
    "trafficking": _("Victims of trafficking"),
    "asylum": _("Asylum"),
}
AGREEMENTS: Mapping[str, str | Promise] = {
    "bilateral": _("Bilateral"),
    "regional": _("Regional"),
    "organisation": _("With an organisation"),
    "political": _("Political declaration"),
    "working_group": _("Working group"),
}
DEPOSITARIES: Mapping[str, str | Promise] = {
    "un-secretary-general": _("Secretary-General of the United Nations"),
    "ilo-director-general": _("Director-General of the ILO"),
    "council-of-europe": _("Council of Europe"),
    "": _("Not known"),
}
FINDINGS: Mapping[str, str | Promise] = {
    "found": _("Found"),
    "not_found": _("No such rule found"),
    "unknown": _("Not known"),
}
LEVELS: Mapping[str, str | Promise] = {
    "national": _("Whole state"),
    "sector": _("Sector"),
    "local": _("Province and town"),
}
PARTS: Mapping[str, str | Promise] = {
    "standards": _("Standard"),
    "rules": _("Rule of screening"),
    "safeguards": _("Safeguard"),
    "parameters": _("Term or value"),
    "procedures": _("Procedure"),
    "documents": _("Document"),
    "bodies": _("Body"),
    "pathways": _("Pathway"),
    "channels": _("Way to migrate"),
    "questions": _("Question"),
    "outcomes": _("Outcome"),
    "places": _("Place"),
}
"""The parts of a pack, by folder."""
SETS: Mapping[str, str | Promise] = {
    "declaration": _("Named by the Almaty Declaration"),
    "agenda": _("Named by the eight-point agenda"),
    "tracked": _("All that are counted"),
}
"""The sets of instruments that the gap matrix can show."""


def title(row: Any, stem: str = "title") -> str:
    """The text of a row in the reader's language: Russian where that is read, English otherwise."""
    russian = (get_language() or "en").startswith("ru")
    return str(getattr(row, f"{stem}_ru" if russian else f"{stem}_en") or getattr(row, f"{stem}_en"))


def note(row: Any) -> str:
    return title(row, "note")


def state(code: str) -> str:
    """The short name of a state in the reader's language."""
    return reading.country_name(code, get_language() or "en")


def _saying(text: str | Promise) -> Callable[[Mapping[str, str]], str]:
    return lambda facts: str(text) % {name: state(fact) if name == "state" else fact for name, fact in facts.items()}


sentences(
    {
        "treaties.waits": _saying(_("%(state)s reports a change of its law. It waits for the check.")),
        "treaties.checked": _saying(_("A report on treaties and laws was checked and confirmed.")),
        "treaties.not_confirmed": _saying(_("A report on treaties and laws was not confirmed. Read why.")),
    }
)
