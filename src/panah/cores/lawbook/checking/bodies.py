"""On every day that the pack covers, each referral code leads to one body or to a declared absence."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.model import Absence, Body, Mandate, Pack

REFERRAL_CODES = (
    "asylum_authority",
    "statelessness_authority",
    "migration_authority",
    "anti_trafficking_unit",
    "victim_assistance",
    "child_protection",
    "health_service",
    "psychosocial_support",
    "social_protection",
    "labour_authority",
    "labour_inspection",
    "own_consulate",
    "civil_registry",
    "security_service",
    "legal_aid",
    "reception_centre",
    "ethnic_return_authority",
    "family_tracing",
    "unhcr",
    "iom",
)
ONE_DAY = timedelta(days=1)


def check_bodies(pack: Pack) -> Iterator[Problem]:
    """Codes without a body, bodies that contradict each other, ids and provinces that are not right."""
    folder = f"{pack.code}/bodies"
    for code in REFERRAL_CODES:
        for on in _grid(pack, code):
            yield from _code_on(pack, code, on, folder)
    for kind, names in (("body", [body.id for body in pack.bodies]), ("place", [place.code for place in pack.places])):
        for name, times in Counter(names).items():
            if times > 1:
                yield Problem(
                    folder if kind == "body" else f"{pack.code}/places", f"a {kind} stands {times} times", f"'{name}'"
                )
    yield from _provinces(pack)


def _grid(pack: Pack, code: str) -> tuple[date, ...]:
    spans: list[Mandate | Absence] = [
        mandate for body in pack.bodies for mandate in body.mandates if mandate.to == code
    ]
    spans += [absence for absence in pack.absences if absence.to == code]
    days = {pack.covers_from}
    for span in spans:
        if span.start:
            days |= {span.start, span.start - ONE_DAY}
        if span.end:
            days.add(span.end + ONE_DAY)
    return tuple(sorted(day for day in days if day >= pack.covers_from))


def _code_on(pack: Pack, code: str, on: date, folder: str) -> Iterator[Problem]:
    own = [body for body in pack.bodies if body.origin == pack.code and body.mandate_for(code, on)]
    absence = pack.absence_for(code, on)
    if own and absence:
        yield Problem(
            folder,
            f"{code} on {on}: declared absent and yet a body is competent",
            f"'{own[0].id}'",
            remedy="Remove one of the two.",
        )
    elif not absence and pack.body_for(code, on) is None and not own:
        yield Problem(
            folder,
            f"{code} on {on}: no body is competent",
            remedy="Name one, or declare it absent with a reason.",
        )
    for rivals in _rivals(own):
        yield Problem(
            folder,
            f"{code} on {on}: two bodies are competent",
            " and ".join(f"'{body.id}'" for body in rivals),
            "one body a code, day and province",
            "Limit them in time or to provinces.",
        )


def _rivals(own: list[Body]) -> Iterator[tuple[Body, Body]]:
    for number, first in enumerate(own):
        for second in own[number + 1 :]:
            if set(first.areas) & set(second.areas) or not (first.areas or second.areas):
                yield first, second


def _provinces(pack: Pack) -> Iterator[Problem]:
    provinces = {place.code for place in pack.places if place.kind == "province"}
    used = [(place.path, place.code, place.province) for place in pack.places if place.province]
    used += [(body.path, body.id, area) for body in pack.bodies for area in body.areas]
    for path, name, province in used:
        if province not in provinces:
            yield Problem(
                path,
                f"'{name}' lies in a province that the pack does not describe",
                f"'{province}'",
                ", ".join(sorted(provinces)) or "no province is described",
                "Describe it in places/, or correct the code.",
            )
