"""Every harm by every path against a person for whom every hold stands: nothing passes, and each try is on the board and in the journal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import IssueToken, OpenBreakGlass
from panah.foundation.access.roles import ROLES
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import Action, DoorError, Harm, Stopped, action_types, perform
from panah.foundation.journal import service as journal
from panah.node.profiling.service import RecordInterview
from panah.node.safeguards.actions import COERCIVE, LiftHold, PlaceHold
from panah.node.safeguards.files import numbers
from panah.node.safeguards.models import Attempt, CoerciveAct, Hold
from panah.node.safeguards.rules import FORCE, HOLD_CODES, MARKS
from panah.node.safeguards.service import stop_for
from tests.architecture.attack_world import World, make_world
from tests.architecture.attacks import made
from tests.architecture.examples import SENTENCE

# Every action that can harm, and who may try it over the world. A new one fails the test: give it a line here or in `ELSEWHERE`.
TRIED = {
    "safeguards.ask_coercive_act": "border_officer",
    "registration.close_file": "registrar",
    "referrals.send": "border_officer",
    "reception.move_in": "social_officer",
    "reception.move_out": "social_officer",
    "custody.end": "border_officer",
    "custody.hand_on": "border_officer",
    "families.ask_outside": "social_officer",
    "families.end_link": "social_officer",
    "labour.ask_fund": "labour_officer",
    "solutions.agree_to_return": "asylum_officer",
    "solutions.depart": "asylum_officer",
}
# Those that need a procedure first, which for one of force a hold stops from being opened: tests/unit/node/procedures, and for
# asking another state tests/journeys/test_stateless.py.
ELSEWHERE = {
    "procedures.open", "procedures.end_stage", "procedures.sign_decision", "procedures.order_detention", "procedures.review_detention",
    "procedures.record_fact", "procedures.record_ban",
    # A plan that leaves family behind: tests/unit/node/families/test_the_way_together.py.
    "families.plan", "families.set_place",
    # An envelope to another state's authority, with a hold that came after the sending: tests/unit/node/referrals/test_outside.py.
    "referrals.take_envelope",
}  # fmt: skip


@pytest.fixture
def held(officer: Any) -> World:
    """The world's person, for whom every hold stands, those that can be absolute with their marks."""
    world = make_world(officer)
    aida = officer("border_officer", post="ALA", body="border")
    for code in HOLD_CODES:
        for mark in ("", *MARKS):
            said = {"file": world.file, "safeguard": code, "reason": SENTENCE, "mark": mark}
            perform(PlaceHold(by=aida.pk, place="ALA", happened_at=now(), **said))
    assert Hold.objects.filter(subject=world.file, lifted_at=None).count() == len(HOLD_CODES)
    return world


def kind_of(code: str) -> type[Action]:
    return next(kind for kind in action_types() if kind.code == code)


def at_home(officer: Any, world: World, role: str) -> Any:
    return officer(role, post="ALA", body=world.body)


def test_every_act_that_can_harm_is_tried_here() -> None:
    can = {
        kind.code for kind in action_types() if kind.__module__.startswith("panah.") and kind.harm is not Action.harm
    }
    assert sorted(can - set(TRIED) - ELSEWHERE) == []


@pytest.mark.parametrize("code", TRIED)
def test_no_act_passes_a_hold_by_the_door_and_the_try_is_kept(code: str, held: World, officer: Any) -> None:
    action = made(kind_of(code), held, at_home(officer, held, TRIED[code]))
    with pytest.raises(Stopped):
        perform(action)
    assert Attempt.objects.filter(pk=action.id, tried=code, subject=held.file).exists()
    assert action.id in {
        line.action for line in journal.lines_of(held.file) if line.code == "safeguards.attempt_stopped"
    }


@pytest.mark.parametrize("harm", COERCIVE)
def test_no_harm_passes_the_page_and_the_board_counts_it(harm: Harm, held: World, officer: Any, signed_in: Any) -> None:
    acts, tries = CoerciveAct.objects.count(), Attempt.objects.count()
    browser = signed_in(at_home(officer, held, "border_officer" if "border_officer" in FORCE[harm] else "supervisor"))
    said = {"id": str(uuid7()), "act": harm.value, "legal_ground": "Law, article 1", "reason": SENTENCE}
    for overriding in ({}, {"force": "1", "override": "1", "hold": str(held.hold)}):
        answer = browser.post(f"/files/{held.file}/coercive-act/", said | overriding | {"id": str(uuid7())})
        assert answer.status_code == 409
    assert (CoerciveAct.objects.count(), Attempt.objects.count()) == (acts, tries + 2)
    board = signed_in(officer("ombudsman")).get("/board/attempts/")
    assert board.status_code == 200
    assert numbers([held.file])[held.file] in board.content.decode()
    assert Attempt.objects.filter(harm=harm.value, subject=held.file).count() == 2


def test_rest_sends_nothing_to_the_consulate(held: World, officer: Any) -> None:
    aida, token = at_home(officer, held, "border_officer"), new_token()
    perform(
        IssueToken(by=None, happened_at=now(), officer=aida.pk, name="post", token_digest=token_digest(token), days=1)
    )
    said = {"action": str(uuid7()), "happened_at": now().isoformat(), "referral": str(uuid7())}
    answer = Client().post(
        f"/api/persons/{held.file}/referrals",
        json.dumps(said | {"to": "own_consulate", "consent_given": True}),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {token}",
    )
    assert answer.status_code == 409
    assert Attempt.objects.filter(pk=said["action"], harm="consular_notice").exists()


def test_a_new_interview_without_fear_takes_no_hold_away(held: World, officer: Any) -> None:
    """Spreadsheets, form submissions and programs all end in this act, by an officer or by the installation."""
    calm = {"protection": {"fears_return": "no"}, "consent": {"understands": "yes"}}
    aida = at_home(officer, held, "border_officer")
    for by in (aida.pk, None):
        perform(RecordInterview(by=by, place="ALA", happened_at=now(), file=held.file, record=calm))
    assert Hold.objects.filter(subject=held.file, lifted_at=None).count() == len(HOLD_CODES)


ABSOLUTE = {"no_detention": Harm.DETENTION, "no_removal": Harm.REMOVAL, "no_sharing_with_origin": Harm.DATA_TO_ORIGIN}


@pytest.mark.parametrize("code", ABSOLUTE)
def test_what_is_absolute_falls_by_no_role_no_body_and_no_break_glass(code: str, held: World, officer: Any) -> None:
    hold = Hold.objects.get(subject=held.file, code=code)
    for number, role in enumerate(role.code for role in ROLES if "node" in role.installations):
        one = officer(role, post="ALA", body=held.body if number % 2 else f"body-{number}")
        glass = OpenBreakGlass(by=one.pk, happened_at=now(), reason="A child is lost on the road.", hours=1)
        for action in (
            glass,
            *(LiftHold(by=one.pk, place="ALA", happened_at=now(), hold=hold.pk, reason=SENTENCE),) * 2,
        ):
            try:
                perform(action)
            except DoorError:
                continue
            assert action is glass, f"{role} has a say in {code}"
    hold.refresh_from_db()
    assert hold.lifted_at is None
    assert not hold.lifts.exists()
    assert stop_for(held.file, ABSOLUTE[code]) is not None


def test_two_officers_of_one_body_or_one_twice_lift_nothing(held: World, officer: Any) -> None:
    hold = Hold.objects.get(subject=held.file, code="interview_alone")
    competent, second = at_home(officer, held, "asylum_officer"), at_home(officer, held, "supervisor")
    words = 0
    for one in (competent, competent, second):
        try:
            perform(LiftHold(by=one.pk, place="ALA", happened_at=now(), hold=hold.pk, reason=SENTENCE))
            words += 1
        except DoorError:
            pass
    hold.refresh_from_db()
    assert (words, hold.lifted_at) == (1, None)
