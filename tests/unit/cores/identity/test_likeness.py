"""How likely two records are of one person, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panah.cores.identity.birth import of_age, on_day, stated
from panah.cores.identity.calendars import Calendar
from panah.cores.identity.keys import birth_key, document_key
from panah.cores.identity.likeness import Traits, compare


def codes(one: Traits, other: Traits) -> list[str]:
    return [reason.code for reason in compare(one, other).reasons]


FATIMA = Traits(("فاطمه",), ("علی",), of_age(22, stated("1400", Calendar.SOLAR_HIJRI)), "female", frozenset({"AFG"}))


def test_a_single_name_alone_is_only_possible_and_with_father_and_age_it_is_likely():
    name_only = compare(Traits(("Фотима",)), Traits(FATIMA.names), prior=-3.0)
    more = compare(Traits(("Фотима",), ("Али",), stated("1999"), "female"), FATIMA, prior=-3.0)
    assert name_only.score < 0.5 < more.score


def test_the_reasons_say_how_each_side_is_spelled():
    found = compare(Traits(("Фотима",), ("Али",)), FATIMA)
    assert "same name, spelled Фотима / فاطمه" in [reason.sentence for reason in found.reasons]
    assert "same father's name: Али / علی" in [reason.sentence for reason in found.reasons]


def test_spellings_stand_on_the_side_they_belong_to():
    one, other = Traits(("Ahmad Rahimi Noori",)), Traits(("نوری رحیمی",))
    assert compare(one, other).reasons[0].facts["one"] == compare(other, one).reasons[0].facts["other"]


def test_another_father_speaks_against():
    same = compare(FATIMA, FATIMA).score
    assert compare(Traits(("Фотима",), ("Карим",), FATIMA.birth), FATIMA).score < same
    assert "father_other" in codes(Traits(("Фотима",), ("Карим",)), FATIMA)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1990-05-03", "1990-05-03", "birth_day_same"),
        ("1990", "1990-05-03", "birth_year_same"),
        ("1990-05-03", "1990-07-03", "birth_year_same"),
        ("1990-05-03", "1990-03-05", "birth_swapped"),
        ("1990", "1991", "birth_near"),
        ("1990", "2015", "birth_far"),
    ],
)
def test_births_are_compared_as_ranges(one, other, code):
    assert code in codes(Traits(("A B",), birth=stated(one)), Traits(("A B",), birth=stated(other)))


def test_the_first_of_january_says_less_than_another_day():
    def score(day: str) -> float:
        return compare(Traits(("Ali Karimov",), birth=stated(day)), Traits(("Ali Rahimov",), birth=stated(day))).score

    assert score("1990-01-01") < score("1990-05-03")
    assert birth_key(stated("1990-01-01")) == "" != birth_key(stated("1990-05-03"))


def test_a_range_that_holds_the_other_date_is_no_contradiction():
    age = of_age(30, on_day(date(2026, 11, 21)))
    assert "birth_overlaps" in codes(Traits(("A",), birth=age), Traits(("A",), birth=stated("1996-05-03")))


def test_what_is_not_known_says_nothing():
    bare = compare(Traits(("Ali Karimov",)), Traits(("Ali Karimov",)))
    assert [reason.code for reason in bare.reasons] == ["name_same"]
    assert compare(Traits(("Ali Karimov",), sex="unknown"), Traits(("Ali Karimov",), sex="male")).score == bare.score


def test_one_document_number_outweighs_another_name():
    one = Traits(("Maria Ivanova",), documents=(("KAZ", "N 1234-567"),))
    other = Traits(("Мария Петрова",), documents=(("KAZ", "n1234567"),))
    assert compare(one, other).score > 0.9
    assert codes(one, other)[0] == "document_same"
    assert "document_same_other_issuer" in codes(one, Traits(("X",), documents=(("UZB", "N1234567"),)))


def test_document_keys_do_not_show_the_number_and_need_the_secret():
    key = document_key(b"secret", "N 123-45")
    assert key == document_key(b"secret", "n12345") != document_key(b"other", "n12345")
    assert "12345" not in key


names = some.text(alphabet="ابتحدرسعفقلمنهویabdehiklmnorstuабдеиклмнорстухш -", max_size=30)


@given(names, names, some.sampled_from(["", "1990", "1990-05-03"]), some.sampled_from(["", "1991", "1990-01-01"]))
def test_the_score_is_a_probability_and_the_same_both_ways(one, other, born_one, born_other):
    first = Traits((one,), birth=stated(born_one) if born_one else None)
    second = Traits((other,), birth=stated(born_other) if born_other else None)
    there, back = compare(first, second), compare(second, first)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score)
    assert all(reason.sentence for reason in there.reasons)
