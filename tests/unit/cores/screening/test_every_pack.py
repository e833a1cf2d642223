"""What holds under every state's pack: never less than the floor, always a reason, always the same, never too many questions."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.lawbook import Pack, load_pack, pack_codes
from panah.cores.screening import Profile, encode_profile, read_record, screen
from panah.cores.screening.codes import NEEDS, PROFILES, REFERRALS, SAFEGUARDS, URGENCIES
from panah.cores.screening.fields import FIELD, FIELDS
from panah.cores.screening.interview import next_question
from panah.cores.screening.screening import Screener, screener
from tests.packs.worked import floor_only
from tests.unit.cores.screening.people import answers, nested

CODES = pack_codes()
NATIONALITY = {code: code.upper() for code in CODES if code != "xx"}
PROTECTING: tuple[dict[str, Any], ...] = (
    {"protection.fears_return": "yes"},
    {"protection.asked_asylum": "yes"},
    {"protection.fear_grounds": ["torture"]},
    {"protection.left_because": ["persecution"]},
    {"health.suicide_risk": "yes"},
    {"health.infectious_suspected": "yes"},
    {"security.imminent_danger": "yes"},
    {"needs.sexual_violence_survivor": "yes"},
    {"needs.no_food": "yes"},
    {"child.accompanied_by": "nobody"},
    {"exploitation.forced_begging": "yes"},
    {"exploitation.debt_bondage": "yes"},
    {"exploitation.violence": "yes"},
    {"exploitation.free_to_leave": "no"},
    {"nationality.lost_or_refused": "yes"},
    {"family.separated_on_route": "yes"},
    {"return.stranded": "yes"},
    {"labour.wages_unpaid": "yes"},
    {"documents": [{"type": "travel_document_1951", "issuer": "DEU"}]},
)


def profile(given_answers: dict[str, Any], pack: Pack) -> Profile:
    return screen(read_record(nested(given_answers, pack=pack.code if pack.code != "xx" else "kaz")), pack)


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(CODES))
def test_a_pack_never_gives_less_than_the_floor(given_answers: dict[str, Any], code: str) -> None:
    floor, state = profile(given_answers, floor_only(code)), profile(given_answers, load_pack(code))
    assert set(floor.codes("safeguards")) <= set(state.codes("safeguards"))
    assert set(floor.codes("needs")) <= set(state.codes("needs"))
    assert set(floor.codes("profiles")) - {"regular_traveller"} <= set(state.codes("profiles"))
    assert {line.to for line in floor.referrals} <= {line.to for line in state.referrals}
    assert URGENCIES.index(state.urgency) <= URGENCIES.index(floor.urgency)
    assert set(floor.information) <= set(state.information)


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(CODES))
def test_every_line_says_by_which_rule_and_source(given_answers: dict[str, Any], code: str) -> None:
    pack = load_pack(code)
    found, book = profile(given_answers, pack), screener(pack).book
    lines = [*found.profiles, *found.needs, *found.safeguards, *found.referrals]
    for line in lines:
        assert line.because
        for reason in line.because:
            assert reason.source
            assert book.rule(reason.rule).citations
            assert set(reason.answers) <= set(FIELD)


@settings(max_examples=60, deadline=None)
@given(answers(), st.sampled_from(CODES))
def test_the_same_answers_always_give_the_same_profile(given_answers: dict[str, Any], code: str) -> None:
    pack = load_pack(code)
    turned = dict(reversed(given_answers.items()))
    again = screener(pack)(read_record(nested(turned, pack=pack.code if code != "xx" else "kaz")))
    assert encode_profile(again) == encode_profile(profile(given_answers, pack))


@pytest.mark.parametrize("code", CODES)
def test_a_screening_made_anew_finds_the_same(code: str) -> None:
    pack = load_pack(code)
    record = read_record(
        nested({"protection.fears_return": "yes", "person.birth_date": "2011", "travel.companions": 1})
    )
    assert encode_profile(Screener(pack)(record)) == encode_profile(Screener(pack)(record))


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(PROTECTING), st.sampled_from(CODES))
def test_a_fact_that_protects_lowers_the_urgency_under_no_pack(
    given_answers: dict[str, Any], fact: dict[str, Any], code: str
) -> None:
    for key in fact:
        given_answers.pop(key, None)
    pack = load_pack(code)
    before, after = profile(given_answers, pack), profile({**given_answers, **fact}, pack)
    assert URGENCIES.index(after.urgency) <= URGENCIES.index(before.urgency)


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(CODES))
def test_lines_stand_once_and_in_the_order_of_the_codes(given_answers: dict[str, Any], code: str) -> None:
    found = profile(given_answers, load_pack(code))
    for listed, order in (
        (found.codes("profiles"), PROFILES),
        (found.codes("needs"), NEEDS),
        (found.codes("safeguards"), SAFEGUARDS),
        (tuple(line.to for line in found.referrals), REFERRALS),
    ):
        assert list(listed) == [each for each in order if each in listed]
    assert list(found.missing) == [field.key for field in FIELDS if field.key in found.missing]


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(sorted(NATIONALITY)))
def test_a_national_is_never_an_asylum_seeker_nor_sent_to_the_asylum_authority(
    given_answers: dict[str, Any], code: str
) -> None:
    held = [*given_answers.get("person.citizenships", ()), NATIONALITY[code]]
    found = profile({**given_answers, "person.citizenships": list(dict.fromkeys(held))}, load_pack(code))
    assert "asylum_seeker" not in found.codes("profiles")
    assert not {"asylum_authority", "own_consulate"} & {line.to for line in found.referrals}
    assert "own_national_returning" in found.codes("profiles")


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(CODES))
def test_the_own_consulate_needs_a_yes_and_a_no(given_answers: dict[str, Any], code: str) -> None:
    found = profile(given_answers, load_pack(code))
    if "own_consulate" in {line.to for line in found.referrals}:
        assert given_answers.get("consent.contact_consulate") == "yes"
        assert given_answers.get("protection.fears_return") == "no"
        assert "no_consular_contact" not in found.codes("safeguards")
        assert not given_answers.get("protection.fear_grounds")


@settings(max_examples=100, deadline=None)
@given(answers(), st.sampled_from(CODES))
def test_an_open_question_of_fear_holds_the_person(given_answers: dict[str, Any], code: str) -> None:
    given_answers.pop("protection.fears_return", None)
    found = profile(given_answers, load_pack(code))
    assert {"no_removal", "no_consular_contact", "no_sharing_with_origin"} <= set(found.codes("safeguards"))
    assert {"incomplete", "asylum_seeker", "own_national_returning"} & set(found.codes("profiles"))
    assert "regular_traveller" not in found.codes("profiles")


COMMON = {
    "person.languages": ["ru"],
    "consent.understands": "yes",
    "person.birth_date": "1990-02-03",
    "travel.companions": 0,
    "exploitation.free_to_leave": "yes",
    "labour.has_contract": "yes",
    "labour.has_permit": "yes",
    "labour.entry_ban_by": "RUS",
    "family.relatives_in": ["UZB"],
}
JOURNEYS = [
    *(("work", "work"), ("study", "study"), ("visit", "other"), ("trade", "work"), ("transit", "other")),
    *(("family", "family"), ("medical", "other"), ("return_home", "other"), ("other", "other")),
]


@pytest.mark.parametrize("code", CODES)
def test_an_adult_alone_without_signs_answers_at_most_twenty_questions_in_every_state(code: str) -> None:
    pack = load_pack(code)
    own = NATIONALITY.get(code, "KAZ")
    ways = itertools.product(
        ("male", "female"),
        ("border_point", "airport_transit", "in_country"),
        JOURNEYS,
        (own, "IND"),
        ("1990-02-03", "1952"),
    )
    for sex, mode, (purpose, reason), country, born in ways:
        said = {**COMMON, "person.citizenships": [country], "person.birth_date": born}
        said |= {"purpose": [purpose], "protection.left_because": [reason]}
        passport = {"type": "passport", "issuer": country, "status": "valid"}
        record = read_record(nested({"entry.mode": mode, "person.sex": sex, "documents": [passport]}))
        asked = []
        while question := next_question(record, pack):
            record = record.with_answer(question.key, said.get(question.key, "no"))
            asked.append(question.key)
        assert len(asked) <= 20, (sex, mode, purpose, country, born, asked)
        assert {"protection.fears_return", "exploitation.free_to_leave", "health.emergency"} <= set(asked)
