"""Reception on the day of the demo: two centres and a shelter are opened, families and people who came alone get places, things are handed out.

All through the acts of the social officers. The houses are invented; the pack of Kazakhstan names none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from panah.cli.demo.names import invent

Perform = Callable[..., Any]
OwnId = Callable[..., UUID]

HOUSES = {
    "DEMO-AIRPORT": ("House by the airport (invented)", "reception_centre"),
    "DEMO-ORCHARD": ("House in the orchard (invented)", "reception_centre"),
    "DEMO-QUIET": ("Quiet house (invented)", "shelter"),
}
UNITS: dict[str, tuple[tuple[str, str, str, int], ...]] = {
    "DEMO-AIRPORT": (
        ("A", "1", "families", 6), ("A", "2", "families", 5), ("A", "3", "women", 8), ("B", "1", "men", 12), ("B", "2", "men", 10),
        ("C", "1", "children", 6), ("C", "2", "apart", 2),
    ),
    "DEMO-ORCHARD": (("", "1", "men", 8), ("", "2", "women", 4), ("", "3", "anyone", 4)),
    "DEMO-QUIET": (("", "1", "women", 4),),
}  # fmt: skip
FAMILIES = ((("female", 1988), ("male", 1985), ("female", 2015), ("male", 2019)), (("female", 1994), ("male", 2021)))
MOST_ALONE = 30


def open_houses(social: Any, perform: Perform, own_id: OwnId) -> dict[str, UUID]:
    """The houses with their units and what is counted in them, by their codes."""
    from panah.node.reception.acts import AddUnit, CountSupply, OpenCentre
    from panah.node.reception.house_acts import ChangeStock

    found = {}
    for code, (title, kind) in HOUSES.items():
        centre = found[code] = own_id("centre", code)
        perform(OpenCentre, social, own_id("open", code), centre=centre, centre_code=code, title=title, kind=kind)
        for block, name, meant_for, places in UNITS[code]:
            said = {
                "block": block,
                "label": name,
                "meant_for": meant_for,
                "places": places,
                "square_metres": 4 * places,
            }
            unit = own_id("unit", code, block, name)
            perform(AddUnit, social, own_id("add", unit), centre=centre, unit=unit, accessible=name == "1", **said)
    first = found["DEMO-AIRPORT"]
    for parameter, amount in (("reception/water_litres", 400), ("reception/persons_per_toilet", 2)):
        perform(CountSupply, social, own_id("supply", parameter), centre=first, parameter=parameter, amount=amount)
    for item, amount in (("bedding", 60), ("hygiene_kit", 40), ("baby_kit", 3)):
        perform(
            ChangeStock, social, own_id("stock", item), centre=first, stock=own_id("in-store", item), item=item, amount=amount,
            why="delivery",
        )  # fmt: skip
    return found


def families(day: date, officer: Any, perform: Perform, own_id: OwnId) -> list[list[UUID]]:
    """Families who came together, registered at the airport and asked."""
    from panah.node.profiling.service import RecordInterview
    from panah.node.registration.service import BirthSaid, NameSaid, OpenGroup, RegisterPerson

    chance, found = random.Random(day.toordinal()), []
    said = {
        "purpose": ["protection"],
        "protection": {"left_because": ["armed_conflict"], "fears_return": "yes", "fear_grounds": ["armed_conflict"]},
        "needs": {"no_shelter": "yes"},
        "consent": {"understands": "yes", "share_partner": "yes"},
    }
    for n, members in enumerate(FAMILIES):
        group = own_id("group", day, n)
        perform(OpenGroup, officer, own_id("open-group", day, n), group=group, kind="family")
        files = [own_id("of-family", day, n, member) for member in range(len(members))]
        for file, (sex, year) in zip(files, members, strict=True):
            name = NameSaid(text=invent(chance, "AFG", sex).full)
            fields = {"sex": sex, "birth": BirthSaid(date=str(year)), "citizenships": ("AFG",), "language": "fa"}
            perform(RegisterPerson, officer, own_id("register", file), file=file, group=group, names=(name,), **fields)
            child = {"child": {"accompanied_by": "parent"}} if day.year - year < 18 else {}
            perform(RecordInterview, officer, own_id("ask", file), file=file, record=said | child)
        found.append(files)
    return found


def settle(
    houses: dict[str, UUID], parties: Iterable[list[UUID]], social: Any, perform: Perform, own_id: OwnId
) -> list[UUID]:
    """Each party gets the unit that is proposed, in the first house that has one; the stays of those who were placed."""
    from panah.node.reception import service as reception
    from panah.node.reception.acts import Companion, MoveIn

    stays = []
    for files in parties:
        first, *others = files
        stay = own_id("stay", first)
        if reception.stay_of(first) is not None:
            continue
        for code in ("DEMO-AIRPORT", "DEMO-ORCHARD"):
            unit = reception.proposed_unit(files, houses[code])
            if unit is None:
                continue
            companions = tuple(Companion(stay=own_id("stay", one), file=one) for one in others)
            perform(
                MoveIn, social, own_id("move-in", first), stay=stay, file=first, unit=unit, companions=companions, will="agrees"
            )  # fmt: skip
            stays += [stay, *(one.stay for one in companions)]
            break
    return stays


def daily_life(houses: dict[str, UUID], stays: list[UUID], social: Any, perform: Perform, own_id: OwnId) -> None:
    """Things are handed out, somebody is away, an appointment is made, a bag is stolen."""
    from panah.foundation.clock import now
    from panah.node.reception.acts import HandOutItem, ReportIncident, SetAppointment, SetPresence

    for n, stay in enumerate(stays[:12]):
        item = ("bedding", "hygiene_kit")[n % 2]
        said = {"hand_out": own_id("given", stay), "item": item, "receipt": "signed"}
        perform(HandOutItem, social, own_id("give", stay), stay=stay, **said)
    if stays:
        perform(SetPresence, social, own_id("away", stays[-1]), stay=stays[-1], presence="absent")
        at = now() + timedelta(days=1)
        said = {
            "appointment": own_id("school", stays[0]),
            "kind": "health",
            "at": at,
            "where": "Polyclinic 7 (invented)",
        }
        perform(SetAppointment, social, own_id("appoint", stays[0]), stay=stays[0], **said)
    incident = own_id("incident", "bag")
    perform(
        ReportIncident, social, own_id("report", incident), centre=houses["DEMO-AIRPORT"], incident=incident, kind="theft",
        what="A bag is gone from the corridor.",
    )  # fmt: skip
