"""An authority asks whether an act of force may go on; a hold answers with the stop, and nothing proceeds."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.urls import reverse
from pydantic import ValidationError
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.action import Action, Harm
from panah.foundation.door.service import Moment, NotAllowed, Refused, Stopped, perform
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.node.safeguards import files, service
from panah.node.safeguards.actions import COERCIVE, AskCoerciveAct, EndCoerciveAct
from panah.node.safeguards.forms import CoerciveActForm
from panah.node.safeguards.guard import Safeguards, stop_for
from panah.node.safeguards.models import Attempt, CoerciveAct
from panah.node.safeguards.rules import FORCE, STOPS
from panah.node.safeguards.service import HoldToPlace

SAID = {
    "act": "removal",
    "legal_ground": "Law on migration, art. 1, decision 12",
    "reason": "No right to stay was found by the court, and no way out was taken.",
}


@pytest.fixture
def aida(officer: Any) -> Any:
    return officer("border_officer", post="ALA", body="border-service")


def ask(by: Any, file: UUID, **more: Any) -> AskCoerciveAct:
    return AskCoerciveAct(by=by.pk, place=by.post, happened_at=now(), file=file, **{**SAID, **more})


def test_an_act_that_no_hold_stops_is_recorded_as_let_pass(aida: Any, screened: UUID) -> None:
    perform(ask(aida, screened))
    act = CoerciveAct.objects.get()
    assert (act.subject, act.act, act.by, act.body) == (screened, "removal", aida.pk, "border-service")
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("act", COERCIVE)
def test_every_act_is_stopped_by_each_of_its_holds(officer: Any, screened: UUID, place: Any, act: Harm) -> None:
    for line in STOPS[act]:
        place(screened, line.hold)
    with pytest.raises(Stopped) as error:
        perform(ask(officer(FORCE[act][0], post="ALA", body="a-body"), screened, act=act))
    assert {hold["code"] for hold in error.value.stop.holds} == {line.hold for line in STOPS[act]}
    assert not CoerciveAct.objects.exists()


def test_the_attempt_is_kept_journaled_and_told(aida: Any, screened: UUID, place: Any) -> None:
    place(screened, "no_removal")
    action = ask(aida, screened)
    with pytest.raises(Stopped):
        perform(action)
    attempt = Attempt.objects.get()
    assert (attempt.id, attempt.subject, attempt.harm, attempt.holds, attempt.by) == (
        action.id,
        screened,
        "removal",
        ["no_removal"],
        aida.pk,
    )
    assert "safeguards.attempt_stopped" in {line.code for line in journal.lines_of(screened)}
    told = Notice.objects.filter(code="safeguards.attempt_stopped")
    assert {notice.role for notice in told} == {"supervisor", "ombudsman"}
    assert all(set(notice.facts) == {"harm"} for notice in told)


def test_the_same_attempt_sent_twice_is_one_attempt(aida: Any, screened: UUID, place: Any) -> None:
    place(screened, "no_removal")
    action = ask(aida, screened)
    for _ in range(2):
        with pytest.raises(Stopped):
            perform(action)
    assert Attempt.objects.count() == 1
    assert Notice.objects.filter(code="safeguards.attempt_stopped").count() == 2


def test_the_same_question_twice_is_one_act(aida: Any, screened: UUID) -> None:
    action = ask(aida, screened)
    assert perform(action) == perform(action)
    assert CoerciveAct.objects.count() == 1


def test_nobody_is_forced_before_they_were_asked(aida: Any, shelf: Any) -> None:
    file = shelf.add()
    with pytest.raises(Stopped) as error:
        perform(ask(aida, file))
    assert [hold["code"] for hold in error.value.stop.holds] == ["not_screened"]


def test_an_act_that_names_no_person_is_refused() -> None:
    class Nameless(Action):
        code = "tests.nameless"
        needs = "safeguards.ask_coercive_act"

    with pytest.raises(Refused) as error:
        Safeguards().ask(Nameless(by=uuid7(), happened_at=now()), Harm.REMOVAL)
    assert error.value.code == "no_subject"


def test_closing_a_file_is_not_asked_here() -> None:
    with pytest.raises(ValidationError):
        AskCoerciveAct(by=uuid7(), happened_at=now(), file=uuid7(), **{**SAID, "act": "closing_file"})


@pytest.mark.parametrize("role", ["asylum_officer", "labour_officer", "social_officer", "health_officer"])
@pytest.mark.parametrize("act", COERCIVE)
def test_bodies_that_protect_or_place_in_work_ask_for_no_force_even_over_their_own_cases(
    officer: Any, screened: UUID, monkeypatch: Any, role: str, act: Harm
) -> None:
    everybody_leads(monkeypatch)
    with pytest.raises(NotAllowed):
        perform(ask(officer(role, post="ALA", body="a-body"), screened, act=act))


def everybody_leads(monkeypatch: Any) -> None:
    for known in ("_concerned", "_leading"):
        monkeypatch.setattr(files, known, [lambda officer, subject: True])


def test_each_body_asks_for_the_acts_that_it_does_and_for_no_other(officer: Any, screened: UUID, aida: Any) -> None:
    migration = officer("migration_officer", post="ALA", body="migration-service")
    perform(ask(migration, screened, act="detention"))
    for by, act in ((migration, "refusal_of_entry"), (migration, "extradition"), (aida, "state_inquiry")):
        with pytest.raises(NotAllowed):
            perform(ask(by, screened, act=act))


def test_who_helps_a_person_to_a_solution_does_not_thereby_ask_for_force(
    officer: Any, screened: UUID, monkeypatch: Any
) -> None:
    migration = officer("migration_officer", body="migration-service")
    monkeypatch.setattr(files, "_concerned", [lambda who, subject: who == migration])
    monkeypatch.setattr(files, "_leading", [])
    with pytest.raises(NotAllowed):
        perform(ask(migration, screened, act="detention"))
    files.worked_on_by(lambda who, subject: who == migration, leads=True)
    perform(ask(migration, screened, act="detention"))


def test_only_rooms_that_decide_on_a_case_lend_it_to_force() -> None:
    assert {check.__module__ for check in files._leading} == {
        "panah.node.procedures.permissions", "panah.node.referrals.permissions",
    }  # fmt: skip


def test_the_end_of_an_act_is_said_by_a_body_that_does_it(officer: Any, screened: UUID, aida: Any) -> None:
    perform(ask(aida, screened, act="refusal_of_entry"))
    said = {"happened_at": now(), "coercive_act": CoerciveAct.objects.get().pk, "how": "not_carried_out"}
    with pytest.raises(NotAllowed):
        perform(EndCoerciveAct(by=officer("migration_officer", post="ALA", body="migration-service").pk, **said))
    perform(EndCoerciveAct(by=aida.pk, **said))


def test_the_form_offers_only_what_the_body_of_the_officer_does(officer: Any) -> None:
    offered = {
        role: {code for code, _ in CoerciveActForm(roles={role}).fields["act"].choices}
        for role in ("border_officer", "migration_officer")
    }
    assert "refusal_of_entry" in offered["border_officer"] - offered["migration_officer"]


@pytest.mark.parametrize(
    "role", ["registrar", "ngo_partner", "io_partner", "child_officer", "ombudsman", "statistician"]
)
def test_roles_without_force_do_not_ask(officer: Any, screened: UUID, role: str) -> None:
    with pytest.raises(NotAllowed):
        perform(ask(officer(role, post="ALA", body="a-body"), screened))


def test_a_stranger_and_a_consular_officer_do_not_ask(officer: Any, screened: UUID) -> None:
    for role, fields in (
        ("border_officer", {"post": "TAS"}),
        ("consular_officer", {"post": "ALA", "serves_state": "AFG"}),
        ("supervisor", {"post": "ALA", "serves_state": "AFG"}),
    ):
        with pytest.raises(NotAllowed):
            perform(ask(officer(role, **fields), screened))


def test_the_end_of_an_act_is_said_once(aida: Any, screened: UUID) -> None:
    perform(ask(aida, screened, act="detention"))
    act = CoerciveAct.objects.get()
    end = {"by": aida.pk, "place": "ALA", "happened_at": now(), "coercive_act": act.id}
    perform(EndCoerciveAct(**end, how="released"))
    with pytest.raises(Refused):
        perform(EndCoerciveAct(**end, how="carried_out"))
    assert CoerciveAct.objects.get().ended_how == "released"


def test_the_page_shows_the_stop_and_no_way_past_it(aida: Any, signed_in: Any, screened: UUID, place: Any) -> None:
    hold = place(screened, "no_removal")
    client = signed_in(aida)
    address = reverse("coercive_act", args=[screened])
    page = client.get(address)
    answer = client.post(address, {"id": str(page.context["form"]["id"].value()), **SAID})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "removal from the country" in text
    assert "No removal" in text
    assert "two officers of two different bodies" in text
    assert "The attempt is recorded" in text
    assert reverse("hold", args=[hold.id]) in text
    assert '<form method="post" class="panel"' not in text
    assert not CoerciveAct.objects.exists()


def test_the_page_records_the_act_and_its_end(aida: Any, signed_in: Any, screened: UUID) -> None:
    client = signed_in(aida)
    address = reverse("coercive_act", args=[screened])
    sent = {"id": str(client.get(address).context["form"]["id"].value()), **SAID}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    ((act, _title, end),) = client.get(address).context["acts"]
    ended = {"id": str(end["id"].value()), "coercive_act": str(act.id), "ended": "not_carried_out"}
    assert client.post(address, ended).status_code == 302
    assert CoerciveAct.objects.get().ended_how == "not_carried_out"
    assert client.post(address, {**ended, "id": str(uuid7()), "ended": "forgotten"}).status_code == 404


def test_the_page_is_not_there_for_strangers(officer: Any, signed_in: Any, client: Any, screened: UUID) -> None:
    address = reverse("coercive_act", args=[screened])
    for role, fields in (
        ("border_officer", {"post": "TAS"}),
        ("registrar", {"post": "ALA"}),
        ("ombudsman", {}),
        ("consular_officer", {"post": "ALA", "serves_state": "AFG"}),
    ):
        assert signed_in(officer(role, **fields)).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert (
        signed_in(officer("border_officer", post="ALA")).get(reverse("coercive_act", args=[uuid7()])).status_code == 404
    )


def test_a_hold_waits_for_the_act_that_was_asked_about_before(committed_db: Any, shelf: Any) -> None:
    subject, moment = shelf.add(), Moment(now(), None)
    with transaction.atomic():
        service.note_screened(subject, moment)
    placed = threading.Event()

    def place() -> None:
        try:
            with transaction.atomic():
                service.place_holds(subject, [HoldToPlace("no_removal", ({"rule": "floor.fear"},))], moment)
            placed.set()
        finally:
            connection.close()

    with transaction.atomic():
        assert stop_for(subject, Harm.REMOVAL) is None
        other = threading.Thread(target=place)
        other.start()
        assert not placed.wait(0.4)
    other.join(20)
    assert placed.is_set()
    assert stop_for(subject, Harm.REMOVAL) is not None
