"""A family that finds no common room and is brought together again: only with their will, and never a child alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from panah.foundation.access.models import Officer
from panah.foundation.notices.models import Notice
from panah.node.reception.models import Stay
from panah.node.safeguards.models import Attempt
from tests.journeys.drivers import Person, Story, number_of, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
LAKE, HILL = "House at the lake", "House on the hill"

CALM = {
    "consent.understands": "yes",
    "purpose": ["protection"],
    "protection.fears_return": "yes",
    "needs.no_shelter": "yes",
}
FATHER = Person("Ahmadullah Hearthstone", "male", "1988-03-01", ("AFG",), "fa", CALM)
MOTHER = Person("Maryamgul Hearthstone", "female", "1990-07-15", ("AFG",), "fa", CALM)
CHILD = Person(
    "Nooragul Hearthstone", "female", "2019-05-05", ("AFG",), "fa", CALM | {"child.accompanied_by": "parent"}
)


@dataclass
class Centre:
    """A centre with its social officer, opened on the pages."""

    story: Story
    social: Officer
    title: str

    def opened(self, code: str) -> Centre:
        page = self.story.window(self.social).open("/reception/").follow("A centre that the pack does not have")
        page.send("Open the centre", centre_code=code, kind="reception_centre", title=self.title)
        assert page.has(self.title)
        return self

    def unit(self, label: str, places: int) -> None:
        page = self.story.window(self.social).open("/reception/").follow(self.title)
        page.send("Add it", label=label, meant_for="families", places=places)
        assert page.has(label)

    def gives_a_place(self, file: UUID, unit: str, expecting: int = 200, **said: object) -> str:
        page = self.story.window(self.social).open(f"/files/{file}/reception/")
        (form,) = (one for one in page.forms() if one.fields.get("act") == "place")
        labels = {
            one.getnext().text_content().strip(): one.get("value") for one in form.xpath(".//input[@name='unit']")
        }
        chosen = next(value for text, value in labels.items() if text.startswith(unit))
        return page.send_form(form, expecting, "Give this place", unit=chosen, **{"will": "agrees", **said}).text

    def announces(self, file: UUID, to: str) -> None:
        page = self.story.window(self.social).open(f"/files/{file}/reception/")
        (form,) = (one for one in page.forms() if one.fields.get("act") == "announce")
        centres = {one.text_content(): one.get("value") for one in form.xpath(".//select[@name='centre']/option")}
        page.send_form(form, 200, "Announce", centre=centres[to], on="2026-11-21")


def registered_together(story: Story, *people: Person) -> list[UUID]:
    """A group gets its numbers at once; then each number becomes a person."""
    page = story.window(story.clerk).open("/arrivals/").follow("New group")
    page.send("Give numbers", kind="family", people=len(people))
    numbers = page.addresses("ALA-")
    files = []
    for address, person in zip(numbers, people, strict=True):
        file = UUID(address.strip("/").split("/")[-1])
        page.open(address).follow("Register")
        said = {"full_name": person.name, "sex": person.sex, "birth_date": person.birth, "citizenship": "AFG"}
        page.send("Register", **said, language=person.language, entry_mode="border_point")
        story.way.interviewed(story.clerk, file, person)
        story.way.confirmed(story.clerk, file)
        story.names.append(person.name)
        files.append(file)
    return files


def test_a_family_parted_for_want_of_room_is_brought_together_and_no_child_is_moved_away(
    story: Story,
) -> None:
    officer = story.officer
    with on(DAY):
        lake = Centre(story, officer("social_officer", body="lake-body", post="ALA"), LAKE).opened("LAKE")
        hill = Centre(story, officer("social_officer", body="hill-body"), HILL).opened("HILL")
        ombudsman = officer("ombudsman", body="kaz-ombudsman")
        lake.unit("Room 1", 2)
        hill.unit("Room 9", 4)
        father, mother, child = registered_together(story, FATHER, MOTHER, CHILD)
        assert "keep_family_together" in story.holds(child)
        assert "no place left" in lake.gives_a_place(mother, "Room 1", 422, whole_family=True)
        lake.gives_a_place(mother, "Room 1", whole_family=False)
        lake.gives_a_place(child, "Room 1", whole_family=False)
        story.is_closed_to(f"/files/{father}/reception/", f"/files/{child}/reception/", officer=hill.social)
        lake.announces(father, HILL)
        assert Notice.objects.filter(code="reception.announced", body="hill-body").count() == 1
        assert "Give the reason" in hill.gives_a_place(father, "Room 9", 422, whole_family=False)
        reason = "There was no room for three at the lake tonight."
        hill.gives_a_place(father, "Room 9", whole_family=False, reason=reason)
        parted = story.window(ombudsman).open("/reception/families/")
        assert parted.has(number_of(father))
        story.is_closed_to(f"/files/{child}/reception/", officer=hill.social)

    with on(DAY + timedelta(days=1)):
        hill_room = story.window(lake.social).open("/reception/families/")
        assert hill_room.has(number_of(child))
        lake.unit("Room 2", 5)
        stopped = lake.gives_a_place(child, "Room 2", 409, will="does_not_agree", reason="There is more air in there.")
        assert "Stopped by a safeguard" in stopped
        assert Attempt.objects.filter(subject=child, harm="family_split").count() == 1
        away = lake.gives_a_place(mother, "Room 2", 422, whole_family=False, reason="There is more air in there.")
        assert f"A safeguard keeps {number_of(child)}, who would stay behind" in away
        assert Attempt.objects.filter(subject=child, harm="family_split").count() == 2

        hill.announces(father, LAKE)
        lake.gives_a_place(father, "Room 2", whole_family=False, reason="The others come in at once.")
        lake.gives_a_place(mother, "Room 2", whole_family=True)
        assert {stay.unit.name for stay in Stay.objects.filter(ended_at=None)} == {"Room 2"}
        assert story.window(ombudsman).open("/reception/families/").has("No family of your centres is parted.")
        story.is_closed_to(f"/files/{father}/reception/", officer=hill.social)
    consul = officer("consular_officer", serves_state="AFG", body="afg-embassy")
    story.is_closed_to(f"/files/{father}/reception/", "/reception/", "/reception/families/", officer=consul)
    story.ends_well()
