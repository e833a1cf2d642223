"""Who may read a person's file, and what is written about it."""

from __future__ import annotations

import pytest
from uuid6 import uuid7

from panah.foundation.access.actions import OpenBreakGlass
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, NotFound, Stopped, perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.node.registration.models import PersonFile
from panah.node.registration.service import BirthSaid, CloseFile, NameSaid, file_for, visible_files
from panah.node.safeguards.actions import PlaceHold

pytestmark = pytest.mark.django_db

REASON = "The child's mother is looking for her at our office."


def break_glass(person):
    perform(OpenBreakGlass(by=person.pk, happened_at=now(), reason=REASON, hours=1))


def test_those_of_the_post_read_and_each_read_is_written_down(aida, saule, marat, register):
    file = register(aida, "Ali")
    for person in (aida, saule, marat):
        assert file_for(person, file.pk) == file
    reads = Entry.objects.filter(code="registration.file_read", subject=file.pk)
    assert [line.by for line in reads.order_by("seq")] == [aida.pk, saule.pk, marat.pk]


def test_the_ombudsman_reads_every_file(aida, ombudsman, register):
    assert file_for(ombudsman, register(aida, "Ali").pk)


@pytest.mark.parametrize("roles", [("border_officer",), ("asylum_officer",), ("statistician",), ("administrator",), ()])
def test_a_stranger_finds_nothing(officer, aida, register, signed_in, roles):
    file = register(aida, "Ali")
    stranger = officer(*roles, post="NQZ")
    with pytest.raises(NotFound):
        file_for(stranger, file.pk)
    assert signed_in(stranger).get(f"/files/{file.pk}/").status_code == 404
    assert not visible_files(stranger).exists()


def test_an_officer_of_no_post_reads_nothing(officer, aida, register):
    with pytest.raises(NotFound):
        file_for(officer("border_officer", "supervisor"), register(aida, "Ali").pk)


def test_what_is_not_there_and_what_is_not_mine_look_the_same(bolat, aida, register, signed_in):
    client = signed_in(bolat)
    theirs = client.get(f"/files/{register(aida, 'Ali').pk}/").content
    nothing = client.get(f"/files/{uuid7()}/").content
    assert len(theirs) == len(nothing)


def test_in_break_glass_a_file_is_read_and_the_line_says_so(officer, aida, register):
    file, child_officer = register(aida, "Ali"), officer("child_officer", body="kaz-child-protection")
    break_glass(child_officer)
    assert file_for(child_officer, file.pk) == file
    assert '"break_glass":true' in list(journal.lines_of(file.pk))[-1].facts


def test_break_glass_opens_no_closed_file(officer, aida, saule, register):
    file, other = register(aida, "Ali"), officer("supervisor", post="NQZ")
    perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=file.pk, reason="left"))
    break_glass(other)
    with pytest.raises(NotFound):
        file_for(other, file.pk)
    assert file not in visible_files(other)
    assert file_for(aida, file.pk)


def test_who_serves_another_state_reads_nothing_whatever_else_they_hold(officer, aida, register, signed_in):
    file = register(aida, "Ali", citizenships=("AFG",))
    double = officer("consular_officer", "border_officer", "ombudsman", "supervisor", post="ALA")
    with pytest.raises(NotAllowed):
        break_glass(double)
    with pytest.raises(NotFound):
        file_for(double, file.pk)
    assert signed_in(double).get(f"/files/{file.pk}/").status_code == 404
    assert not visible_files(double).exists()


def test_visible_files_are_those_that_file_for_opens(officer, aida, bolat, saule, ombudsman, consul, register):
    files = [register(aida, "Ali"), register(bolat, "Vali"), register(aida, "Gani")]
    perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=files[2].pk, reason="left"))
    glass = officer("supervisor", post="NQZ")
    break_glass(glass)
    for person in (aida, bolat, saule, ombudsman, consul, glass, officer("ngo_partner")):
        opened = set()
        for file in files:
            try:
                opened.add(file_for(person, file.pk).pk)
            except NotFound:
                continue
        assert set(visible_files(person).values_list("pk", flat=True)) == opened


class TestPage:
    def test_it_says_who_the_person_is_and_what_is_next(self, aida, register, signed_in):
        file = register(
            aida,
            names=(NameSaid(text="فاطمه"), NameSaid(text="علی", kind="father")),
            sex="female",
            birth=BirthSaid(age=22, age_in="1400", calendar="solar_hijri"),
            citizenships=("AFG",),
            entry={"mode": "irregular", "from_country": "AFG"},
        )
        page = signed_in(aida).get(f"/files/{file.pk}/").content.decode()
        for words in (
            "فاطمه",
            "علی",
            "stated: 22 in 1400 Solar Hijri",
            "Afghanistan",
            file.number,
            "Begin the interview",
        ):
            assert words in page

    def test_the_day_to_ask_for_asylum_after_an_irregular_entry_is_shown(self, aida, register, signed_in):
        irregular = register(aida, "Ali", entry={"mode": "irregular"}, citizenships=("AFG",))
        at_the_gate = register(aida, "Vali", entry={"mode": "border_point"}, citizenships=("AFG",))
        national = register(aida, "Gani", entry={"mode": "irregular"}, citizenships=("KAZ",))
        client = signed_in(aida)
        shown = [
            b"late is registered as well" in client.get(f"/files/{one.pk}/").content
            for one in (irregular, at_the_gate, national)
        ]
        assert shown == [True, False, False]

    def test_standing_holds_are_on_top(self, aida, register, signed_in):
        file = register(aida, "Ali")
        said = {"file": file.pk, "safeguard": "no_removal", "reason": "The person says that they cannot go back."}
        perform(PlaceHold(by=aida.pk, place="ALA", happened_at=now(), **said))
        page = signed_in(aida).get(f"/files/{file.pk}/").content.decode()
        assert page.index("A hold stands") < page.index("The person</h2>")

    def test_the_story_is_in_the_readers_language_and_reads_are_for_overseers(self, aida, marat, register, signed_in):
        file = register(aida, "Ali")
        signed_in(aida).get(f"/files/{file.pk}/")
        seen_by_officer = signed_in(aida).get(f"/files/{file.pk}/").content.decode()
        seen_by_supervisor = signed_in(marat).get(f"/files/{file.pk}/").content.decode()
        assert f"Registered under the number {file.number}." in seen_by_officer
        assert '<p class="timeline-what">Read.</p>' not in seen_by_officer
        assert '<p class="timeline-what">Read.</p>' in seen_by_supervisor

    def test_holds_placed_and_tries_stopped_are_part_of_the_story(self, aida, saule, register, signed_in):
        file = register(aida, "Ali")
        said = {"file": file.pk, "safeguard": "no_removal", "reason": "The person says that they cannot go back."}
        perform(PlaceHold(by=aida.pk, place="ALA", happened_at=now(), **said))
        with pytest.raises(Stopped):
            perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=file.pk, reason="left"))
        page = signed_in(aida).get(f"/files/{file.pk}/").content.decode()
        assert "A hold was placed: No removal." in page
        assert "Somebody tried what a hold forbids: closing the file. It was stopped." in page

    def test_a_closed_file_says_so_and_offers_nothing(self, aida, saule, register, signed_in):
        file = register(aida, "Ali")
        perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=file.pk, reason="left"))
        page = signed_in(saule).get(f"/files/{file.pk}/").content.decode()
        assert "The file is closed" in page
        assert "/amend/" not in page
        assert "/close/" not in page

    def test_no_name_stands_in_the_address_or_the_title(self, aida, register, signed_in):
        page = signed_in(aida).get(f"/files/{register(aida, 'Alibek').pk}/").content.decode()
        assert "Alibek" not in page.split("</title>")[0]

    def test_every_standing_has_its_next_step(self, aida, register, signed_in):
        file, client = register(aida, "Ali"), signed_in(aida)
        for status in ("registered", "interviewed", "proposed", "confirmed", "referred"):
            PersonFile.objects.filter(pk=file.pk).update(status=status)
            assert b'data-key="n"' in client.get(f"/files/{file.pk}/").content
