from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, NotFound, perform
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.node.safeguards import actions, files, service
from panah.node.safeguards.actions import AskCoerciveAct, PlaceHold
from panah.node.safeguards.models import CoerciveAct, Hold
from panah.node.safeguards.service import HoldToPlace

REASON = "She showed the marks on her back and asked for a doctor."


def asked(by: Any, file: UUID, **more: Any) -> PlaceHold:
    said = {"safeguard": "no_removal", "reason": REASON, **more}
    return PlaceHold(by=by.pk, place=by.post, happened_at=now(), file=file, **said)


def test_an_officer_of_the_post_places_a_hold_with_a_reason(officer: Any, screened: UUID) -> None:
    aida = officer("border_officer", post="ALA", body="border-service")
    perform(asked(aida, screened, mark="torture"))
    hold = Hold.objects.get(subject=screened)
    assert (hold.code, hold.absolute, hold.placed_by) == ("no_removal", True, aida.pk)
    assert hold.because == [{"rule": "officer", "by": str(aida.pk), "reason": REASON}]


def test_a_stranger_and_a_consular_officer_place_nothing(officer: Any, screened: UUID) -> None:
    for role, fields in (
        ("border_officer", {"post": "TAS"}),
        ("statistician", {"post": "ALA"}),
        ("consular_officer", {"post": "ALA", "serves_state": "AFG"}),
        ("border_officer", {"post": "ALA", "serves_state": "AFG"}),
    ):
        with pytest.raises(NotAllowed):
            perform(asked(officer(role, **fields), screened))
    assert not Hold.objects.exists()


def test_a_file_that_is_not_there_gets_no_hold(officer: Any, screened: UUID) -> None:
    with pytest.raises(NotFound):
        perform(asked(officer("border_officer", post="ALA"), uuid7()))


def test_the_same_action_twice_places_one_hold(officer: Any, screened: UUID) -> None:
    action = asked(officer("border_officer", post="ALA"), screened)
    assert perform(action) == perform(action)
    assert Hold.objects.count() == 1


def test_placing_twice_adds_the_reason_and_no_second_hold(screened: UUID, place: Any) -> None:
    first = place(screened, "no_removal", rule="floor.fear")
    again = place(screened, "no_removal", rule="floor.fear")
    third = place(screened, "no_removal", rule="floor.child_alone")
    assert first.id == again.id == third.id
    assert [reason["rule"] for reason in Hold.objects.get().because] == ["floor.fear", "floor.child_alone"]


def test_a_reason_can_make_a_standing_hold_absolute_and_none_makes_it_less(screened: UUID, place: Any) -> None:
    place(screened, "no_removal", rule="floor.fear")
    place(screened, "no_removal", "torture", rule="floor.torture")
    place(screened, "no_removal", rule="floor.child_alone")
    assert Hold.objects.get().absolute


def test_the_database_itself_refuses_a_second_standing_hold_of_a_code(screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(id=uuid7(), subject=screened, code=hold.code, placed_at=now())


def test_holds_are_written_only_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="door"):
        actions.note_screened(uuid7(), now())


def test_a_hold_without_a_reason_or_of_an_unknown_code_cannot_be_made() -> None:
    for code, because in (("no_removal", ()), ("no_such_hold", ({"rule": "x"},))):
        with pytest.raises(ValueError, match="cannot be placed"):
            HoldToPlace(code, because)


def test_a_hold_stops_an_act_that_was_let_pass_and_tells_who_must_know(
    officer: Any, screened: UUID, place: Any
) -> None:
    aida = officer("border_officer", post="ALA", body="border-service")
    ask = AskCoerciveAct(
        by=aida.pk,
        place="ALA",
        happened_at=now(),
        file=screened,
        act="removal",
        legal_ground="Law on migration, art. 1",
        reason="No right to stay was found by the court.",
    )
    perform(ask)
    place(screened, "no_detention")
    assert CoerciveAct.objects.get().stopped_at is None
    place(screened, "no_removal")
    assert CoerciveAct.objects.get().stopped_at is not None
    told = Notice.objects.filter(code="safeguards.act_must_stop")
    assert {(notice.role, notice.officer) for notice in told} == {
        ("supervisor", None),
        ("ombudsman", None),
        ("", aida.pk),
    }


def test_the_journal_holds_codes_and_the_reason_is_sealed(officer: Any, screened: UUID) -> None:
    perform(asked(officer("border_officer", post="ALA"), screened))
    (line,) = [line for line in journal.lines_of(screened) if line.code == "safeguards.place_hold"]
    assert "marks on her back" not in line.facts
    assert b"marks on her back" in (journal.sealed_content(line) or b"")


def test_the_page_places_a_hold_and_sending_it_twice_places_one(officer: Any, signed_in: Any, screened: UUID) -> None:
    client = signed_in(officer("border_officer", post="ALA"))
    address = reverse("hold_new", args=[screened])
    identifier = client.get(address).context["form"]["id"].value()
    sent = {"id": str(identifier), "safeguard": "interview_alone", "reason": REASON, "mark": ""}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert [hold.code for hold in service.standing(screened)] == ["interview_alone"]


def test_the_page_asks_for_a_real_reason(officer: Any, signed_in: Any, screened: UUID) -> None:
    client = signed_in(officer("border_officer", post="ALA"))
    answer = client.post(
        reverse("hold_new", args=[screened]), {"id": str(uuid7()), "safeguard": "no_removal", "reason": "fear"}
    )
    assert answer.status_code == 200
    assert "reason" in answer.context["form"].errors
    assert not Hold.objects.exists()


def test_a_page_that_was_opened_long_ago_is_not_taken(officer: Any, signed_in: Any, screened: UUID) -> None:
    client = signed_in(officer("border_officer", post="ALA"))
    old = "01900000-0000-7000-8000-000000000000"
    answer = client.post(
        reverse("hold_new", args=[screened]), {"id": old, "safeguard": "no_removal", "reason": REASON, "mark": ""}
    )
    assert "id" in answer.context["form"].errors
    assert not Hold.objects.exists()


def test_the_files_own_page_links_to_what_the_officer_may_do(officer: Any, screened: UUID) -> None:
    file = files.found(screened)
    names = {"border_officer": 2, "registrar": 1, "ngo_partner": 1, "ombudsman": 0, "statistician": 0}
    for role, links in names.items():
        assert len(service.pages_for(officer(role, post="ALA"), file)) == links
    assert service.pages_for(officer("border_officer", post="TAS"), file) == []
