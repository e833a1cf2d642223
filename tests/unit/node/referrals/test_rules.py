"""Rules of referral and what a packet may hold: pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.cores.exchange import sharing
from panah.cores.exchange.sharing import may_share
from panah.foundation.access.roles import RECEIVING
from panah.node.referrals import rules, texts
from panah.node.referrals.capacity import RoomAt
from panah.node.referrals.choices import Choice, propose
from panah.node.referrals.packets import packet

SENT = datetime(2026, 11, 20, 10, tzinfo=UTC)
DUE = SENT + timedelta(hours=24)

CLAIM = {
    "id": "x",
    "place": "ALA",
    "person": {"sex": "female", "citizenships": ["AFG"]},
    "protection": {"fears_return": "yes", "fear_grounds": ["gender"]},
    "health": {"pregnant": "yes", "suicide_risk": "unknown"},
    "security": {"alert_match": "yes"},
    "consent": {"share_unhcr": "yes"},
    "notes": "a private word",
}


@pytest.mark.parametrize(
    ("hours", "already", "levels"),
    [(23, 0, []), (24, 0, [1]), (30, 1, []), (48, 1, [2]), (48, 0, [1, 2]), (72, 2, [3]), (500, 3, [])],
)
def test_silence_climbs_one_step_at_each_multiple_of_the_term(hours, already, levels):
    steps = rules.silence("asylum_authority", SENT, DUE, already, SENT + timedelta(hours=hours))
    assert [step.level for step in steps] == levels


def test_only_asylum_children_and_trafficking_reach_the_ombudsman():
    late = SENT + timedelta(days=9)
    assert [s.level for s in rules.silence("labour_authority", SENT, DUE, 0, late)] == [1, 2]
    for to in ("asylum_authority", "child_protection", "anti_trafficking_unit"):
        assert rules.silence(to, SENT, DUE, 0, late)[-1].roles == ("ombudsman",)


def test_a_security_referral_waits_for_every_protection_referral():
    lines = ["asylum_authority", "unhcr", "security_service", "child_protection"]
    assert rules.protection_first("security_service", lines, ["asylum_authority"]) == {"child_protection"}
    assert not rules.protection_first("security_service", lines, ["asylum_authority", "child_protection"])
    assert not rules.protection_first("asylum_authority", lines, [])


def test_every_kind_of_recipient_has_a_lane_outcomes_and_a_name():
    for to, roles in rules.LANES.items():
        assert set(roles) <= set(RECEIVING)
        assert to in texts.RECIPIENTS
        assert all(outcome in texts.OUTCOMES for outcome in rules.outcomes(to))
    assert set(texts.DECLINE_REASONS) == set(rules.DECLINE_CODES)


def shown_to(recipient: str, consent: bool | None = None, **more) -> set[str]:
    made = packet(CLAIM | more, "Zahra", recipient, profiles=["asylum_seeker"], child=False, consent=consent)
    return {item.label for item in made.items}


def test_the_asylum_authority_sees_the_claim_and_not_the_health_without_consent():
    assert {"name", "protection.fears_return", "place"} <= shown_to("asylum_authority")
    assert "health.pregnant" not in shown_to("asylum_authority")
    assert "health.pregnant" in shown_to("asylum_authority", consent=True)


def test_the_security_service_sees_the_identity_and_nothing_of_the_claim():
    assert shown_to("security_service", consent=True) == {"name", "person.sex", "person.citizenships"}


def test_the_consulate_of_one_who_fears_return_sees_nothing_even_with_consent():
    assert shown_to("own_consulate", consent=True) == set()


@pytest.mark.parametrize("recipient", sorted(rules.LANES))
def test_nobody_is_shown_security_answers_consent_or_notes(recipient):
    shown = shown_to(recipient, consent=True)
    assert not {label for label in shown if label.split(".")[0] in {"security", "consent", "notes", "id"}}


def test_an_answer_that_is_unknown_is_left_out_and_is_not_a_no():
    made = packet(CLAIM, "Zahra", "health_service", profiles=[], child=False, consent=True)
    assert "health.suicide_risk" not in {item.label for item in made.items}
    assert not any(item.value == "no" for item in made.items)


RECIPIENTS = sorted({recipient for _, recipient in sharing.matrix()} | set(rules.LANES))


@given(
    st.sampled_from(sharing.DATA_CLASSES),
    st.sampled_from(RECIPIENTS),
    st.sets(st.sampled_from(sorted(sharing.PROTECTED_PROFILES | {"labour_migrant"}))),
    st.booleans(),
    st.booleans(),
)
def test_unknown_consent_never_shares_more_than_a_no(data_class, recipient, profiles, child, returning):
    def asked(consent):
        return may_share(
            data_class, recipient, profiles=profiles, child=child, consent=consent, voluntary_return=returning
        )

    assert asked(None).allowed == asked(False).allowed
    assert asked(True).allowed or not asked(False).allowed


@pytest.mark.parametrize("data_class", sharing.DATA_CLASSES)
def test_the_regional_platform_gets_nothing_of_a_person(data_class):
    for consent in (True, False, None):
        assert not may_share(data_class, "regional_platform", profiles=[], child=True, consent=consent).allowed


@pytest.mark.parametrize("data_class", sharing.DATA_CLASSES)
def test_the_state_of_origin_gets_nothing_of_an_asylum_seeker_even_with_consent(data_class):
    assert not may_share(data_class, "origin_state", profiles=["asylum_seeker"], child=False, consent=True).allowed


def test_what_stands_in_no_row_is_not_shared():
    assert (
        may_share("claim_content", "reception_centre", profiles=[], child=False, consent=True).code == "not_in_matrix"
    )


FREE, FULL = RoomAt(2, SENT, True), RoomAt(0, SENT, True)


@pytest.mark.parametrize(
    ("to", "rooms", "proposed", "why"),
    [
        ("victim_assistance", [FULL, FREE], 1, "room"),
        ("victim_assistance", [FULL, None], 1, "unknown_room"),
        ("victim_assistance", [None, FREE], 1, "room"),
        ("victim_assistance", [FULL, FULL], 0, "all_full"),
        ("asylum_authority", [FULL, FREE], 0, "law"),
        ("victim_assistance", [FULL], 0, "only"),
    ],
)
def test_a_place_is_proposed_where_there_is_room_and_a_decision_where_the_law_says(to, rooms, proposed, why):
    given_ = [Choice(f"body-{n}", "account", room=room) for n, room in enumerate(rooms)]
    made = propose(to, given_)
    assert (made[0].body, made[0].why) == (f"body-{proposed}", why)
    assert {choice.body for choice in made} == {choice.body for choice in given_}
