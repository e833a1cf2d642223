"""What a person reads or is asked is there in all twelve languages, in the letters of each, and says that it is a draft."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator

import pytest

from panah.cores.lawbook import load_pack, packs_root
from panah.cores.screening import screener
from panah.cores.screening.codes import LEAFLETS
from panah.cores.screening.fields import DOCUMENT_KEYS, FIELD, YES_NO
from panah.cores.screening.skip_words import skip_words
from panah.cores.screening.wording import wording

LANGUAGES = ("en", "ru", "kk", "ky", "tg", "uz", "tk", "fa", "ps", "az", "tr", "ur")
TABLES = ("questions.csv", "receipt.csv", "leaflets.csv", "form.csv", "papers.csv", "portal-complaints.csv")
NEVER_ASKED_OF_A_CHILD = {"labour.has_contract", "labour.has_permit", "labour.qualification_unrecognised"} | {
    "exploitation.recruited_as_child"
}
NAMES_IN_LATIN = re.compile(r"UNHCR|IOM|ISCO-08|\{\w+\}")

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ARABIC = "آابپتثجچحخدذرزژسشصضطظعغفقلمنوءئأ"
LETTERS = {
    "ru": RUSSIAN,
    "kk": RUSSIAN + "әғқңөұүһі",
    "ky": RUSSIAN + "ңөү",
    "tg": RUSSIAN + "ғӣқӯҳҷ",
    "uz": "abcdefghijklmnopqrstuvxyzʻʼ",
    "tk": "abçdeäfghijžklmnňoöprsştuüwyýz",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyzâîû",
    "fa": ARABIC + "کگهیةؤۀ\u064b\u0654",
    "ps": ARABIC + "يټځڅډړږښکګڼهیېۍ\u064b",
    "ur": ARABIC + "ٹڈڑکگںہھیےؤۂ\u064b\u064f",
}

WORDS = wording(load_pack("kaz"))


def rows() -> Iterator[dict[str, str]]:
    for name in TABLES:
        path = packs_root() / "_floor/translations" / name
        yield from csv.DictReader(path.read_text("utf-8-sig").splitlines())


ROWS = {row["id"]: row for row in rows()}


def needed() -> set[str]:
    """The ids that the questions, answers, papers and leaflets ask for."""
    questions = screener(load_pack("kaz")).questions
    found = {text for question in questions for text in (question.text, question.child_text)}
    found |= {f"a.yes_no.{code}" for code in YES_NO}
    for question in questions:
        if question.kind in ("choice", "choices"):
            found |= {f"a.{question.key}.{code}" for code in FIELD[question.key].allowed}
    found |= {f"a.documents.{key}.{code}" for key, codes in DOCUMENT_KEYS.items() for code in codes}
    found |= {f"information.{code}" for code in LEAFLETS}
    return found | {"paper.draft", "paper.where", "paper.ask", "receipt.unchecked"}


def wrong_letters(text: str, language: str) -> set[str]:
    plain = NAMES_IN_LATIN.sub("", text)
    letters = {letter for letter in plain if letter.isalpha() or unicodedata.category(letter) == "Mn"}
    lowered = {{"I": "ı", "İ": "i"}.get(letter, letter) if language in ("tr", "az") else letter for letter in letters}
    return {letter for letter in lowered if letter.lower() not in LETTERS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there(language: str) -> None:
    assert [each for each in sorted(needed() | set(ROWS)) if WORDS.text(each, language) is None] == []


def test_every_text_has_a_note_for_its_translator() -> None:
    assert [each for each in sorted(needed()) if each not in ROWS or len(ROWS[each]["note"]) < 6] == []
    assert [each for each, row in ROWS.items() if not row["note"]] == []


def test_nothing_is_called_checked_before_a_speaker_has_checked_it() -> None:
    assert [each for each, row in ROWS.items() if row["reviewed"]] == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_words_in_braces_are_the_same_in_every_language(language: str) -> None:
    for each, row in ROWS.items():
        assert re.findall(r"\{\w+\}", row[language]) == re.findall(r"\{\w+\}", row["en"]), each


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_letters_are_those_of_the_language(language: str) -> None:
    wrong = {each: found for each, row in ROWS.items() if (found := wrong_letters(row[language], language))}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signs_are_those_of_the_language(language: str) -> None:
    """No typewriter's apostrophe or quotation mark, no stray space, and the question marks of the Arabic script."""
    for each, row in ROWS.items():
        text = row[language]
        assert text == text.strip(), each
        assert "  " not in text, each
        assert not set(text) & {"'", '"', "`", "\u2018"} or language == "en", each
        assert "?" not in text or language not in ("fa", "ps", "ur"), each
        assert "؟" not in text or language in ("fa", "ps", "ur"), each


@pytest.mark.parametrize("code", LEAFLETS)
def test_a_leaflet_is_short(code: str) -> None:
    lines = [row for each, row in ROWS.items() if each.startswith(f"leaflet.{code}.")]
    assert 4 <= len(lines) <= 7
    assert [row["id"] for row in lines if len(row["en"].split()) > 24] == []


def test_every_question_that_a_child_may_be_asked_has_words_for_a_child() -> None:
    asked = [question for question in screener(load_pack("kaz")).questions if question.asked_of == "person"]
    assert {question.key for question in asked if question.child_text == question.text} == NEVER_ASKED_OF_A_CHILD


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_skip_rule_has_short_words(language: str) -> None:
    said = skip_words(load_pack("kaz"), language)
    assert set(said) == {question.key for question in screener(load_pack("kaz")).questions if question.skip_when}
    assert [key for key, words in said.items() if "[" in words or len(words) > 200] == []
    assert said["travel.owes_debt_for_journey"] == {"en": "T01 ≠ Yes", "ru": "T01 ≠ Да"}[language]
