"""Rules and findings read as sentences, in English and in Russian."""

from __future__ import annotations

import pytest

from panah.cores.lawbook import load_pack
from panah.cores.screening import read_record, screen
from panah.cores.screening.explain import definitions_in_words, explain, rule_in_words
from panah.cores.screening.rulebook import read_rulebook
from tests.unit.cores.screening.people import nested

PACK = load_pack("kaz")
TAKEN = {"type": "passport", "issuer": "AFG", "status": "withheld_by_other"}


def test_a_condition_with_a_name_is_said_by_its_name() -> None:
    assert rule_in_words("asylum.fears_return", PACK, "en") == (
        "the person is afraid to return, except when the person is a national of this state"
    )
    assert rule_in_words("asylum.fears_return", PACK, "ru") == (
        "лицо опасается возвращения, кроме случая, когда лицо является гражданином этого государства"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_a_name_means_is_said_at_length_and_without_gaps(language: str) -> None:
    named = definitions_in_words(PACK, language)
    assert {"fear_of_return", "protection_claim", "trafficking_case", "forced_by_someone"} <= set(named)
    for said, meaning in named.values():
        assert said
        assert "[" not in meaning
        assert said != meaning


@pytest.mark.parametrize(("language", "most"), [("en", 950), ("ru", 1000)])
def test_every_rule_is_a_phrase_that_can_be_read(language: str, most: int) -> None:
    for rule in read_rulebook(PACK).rules:
        phrase = rule_in_words(rule.id, PACK, language)
        assert "[" not in phrase, rule.id
        assert phrase.count("(") == phrase.count(")"), rule.id
        assert len(phrase) <= most, (rule.id, len(phrase))


@pytest.mark.parametrize(
    ("language", "profile", "referral"),
    [
        (
            "en",
            "documents: passport (AFG, kept by someone else); purpose of coming: “Work”",
            "Referral to: Child protection, ",
        ),
        (
            "ru",
            "документы: паспорт (AFG, удерживается другим лицом); цель приезда: «Работа»",
            "Направление: Защита прав ребёнка, ",
        ),
    ],
)
def test_a_finding_gives_the_answers_as_they_were_said(language: str, profile: str, referral: str) -> None:
    answers = {
        "person.birth_date": "2011",
        "child.accompanied_by": "unrelated_adult",
        "purpose": ["work"],
        "documents": [TAKEN],
    }
    record = read_record(nested(answers))
    found = screen(record, PACK)
    presumed = next(line for line in found.profiles if line.code == "trafficking_presumed")
    assert profile in explain(presumed, "profile", PACK, language, record)
    to = next(line for line in found.referrals if line.to == "child_protection")
    assert explain(to, "referral", PACK, language, record).startswith(referral)
