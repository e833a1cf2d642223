"""Leaflets on paper: a title, a few short sentences and where to turn in this state, in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from panah.cores.lawbook import Pack
from panah.cores.screening.codes import LEAFLETS
from panah.cores.screening.wording import Wording, wording
from panah.foundation.clock import now
from panah.foundation.languages import of_tag
from panah.node.profiling.texts import Said
from panah.web import reading
from panah.web.paper import fonts

TURN_TO: Final = {
    "asylum": ("asylum_authority", "legal_aid", "unhcr"),
    "stateless_persons": ("statelessness_authority", "civil_registry", "legal_aid", "unhcr"),
    "trafficking_help": ("anti_trafficking_unit", "victim_assistance"),
    "smuggled_persons": ("migration_authority", "iom"),
    "children": ("child_protection",),
    "health": ("health_service",),
    "safe_places": ("reception_centre", "social_protection"),
    "work_rights": ("labour_inspection", "labour_authority"),
    "entry_bans": ("labour_authority", "legal_aid"),
    "return_options": ("iom",),
    "family_tracing": ("family_tracing",),
    "ethnic_return": ("ethnic_return_authority",),
}
"""To whom the reader of a leaflet may turn, as referral codes; which body that is, the pack says."""


@dataclass(frozen=True)
class Leaflet:
    """Everything that stands on a leaflet. A text that is missing in its language is shown as missing, by its id."""

    code: str
    language: str
    direction: str
    title: Said
    lines: tuple[Said, ...]
    where: Said
    offices: tuple[Said, ...]
    contact: Said | None
    ask: Said
    unchecked: Said
    drafts: tuple[Said, ...]
    checked: bool
    edition: str
    day: str


def leaflet_of(code: str, tag: str, pack: Pack, place: str | None = None, on: date | None = None) -> Leaflet:
    """The leaflet `code` (of LEAFLETS) in a language (BCP 47) under a pack, on a day (today by the state's clock).

    Raises ValueError for a code that is none. A language without texts is served in English.
    """
    if code not in LEAFLETS:
        raise ValueError(f"There is no leaflet {code!r}. The leaflets are {', '.join(LEAFLETS)}.")
    words = wording(pack)
    language = of_tag(tag)
    spoken = language.tag if language else "en"
    on = on or now().astimezone(ZoneInfo(pack.timezone)).date()
    lines = tuple(_said(words, pack, each, spoken) for each in words.texts if each.startswith(f"leaflet.{code}."))
    contact = words.text(f"contact.{code}", spoken)
    title = _said(words, pack, f"information.{code}", spoken)
    where, ask = _said(words, pack, "paper.where", spoken), _said(words, pack, "paper.ask", spoken)
    return Leaflet(
        code=code,
        language=spoken,
        direction=reading.direction(spoken),
        title=title,
        lines=lines,
        where=where,
        offices=_offices(code, pack, place, on, spoken),
        contact=Said(contact.text, spoken, contact.reviewed) if contact else None,
        ask=ask,
        unchecked=_said(words, pack, "receipt.unchecked", spoken),
        drafts=tuple(_said(words, pack, "paper.draft", each) for each in dict.fromkeys((spoken, "en"))),
        checked=all(said.checked for said in (title, where, ask, *lines)) and (contact is None or contact.reviewed),
        edition=f"{pack.code} {pack.version} · {pack.digest[:12]}",
        day=reading.gregorian_day(on, spoken),
    )


def as_html(leaflets: Sequence[Leaflet]) -> str:
    """Leaflets of one language as one HTML page, with no address in it but those of the fonts; each begins a sheet."""
    first = leaflets[0]
    context = {"leaflets": leaflets, "language": first.language, "direction": first.direction}
    return render_to_string("profiling/leaflet.html", {**context, **fonts.context(first.direction)})


def as_pdf(leaflets: Sequence[Leaflet]) -> bytes:
    """Leaflets of one language as PDF/UA, A4."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    return printed(as_html(leaflets), fonts.BY_ADDRESS)


def _said(words: Wording, pack: Pack, identifier: str, tag: str) -> Said:
    found = words.text(identifier, tag)
    if found is None:
        return Said(f"[{identifier}: {tag}]", tag, checked=False)
    return Said(found.text, tag, found.reviewed or tag in pack.languages_checked)


def _offices(code: str, pack: Pack, place: str | None, on: date, tag: str) -> tuple[Said, ...]:
    """The bodies of this state to turn to, each in the first language that it has a name in; none for want of a name."""
    found = (pack.body_for(to, on, place) for to in TURN_TO.get(code, ()))
    named = {body.id: body for body in found if body is not None and body.origin == pack.code and body.named}
    offices = []
    for body in named.values():
        spoken = next((each for each in (tag, *pack.languages, "en") if each in body.title), "en")
        offices.append(Said(body.title.get(spoken, body.id), spoken, checked=True))
    return tuple(offices)
