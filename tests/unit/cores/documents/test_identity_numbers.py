"""Identity numbers of the ten states."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.cores.documents import COUNTRIES, IdentityNumber, check_identity_number
from panah.cores.documents.identity_numbers.states import iranian_check_digit, kazakh_check_digit, uzbek_check_digit


def codes(found: IdentityNumber) -> set[str]:
    return {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    ("country", "number", "kind", "sex", "born"),
    [
        ("KAZ", "900101300017", "KZ-IIN", "male", date(1990, 1, 1)),
        ("UZB", "31210632040244", "UZ-PINFL", "male", date(1963, 10, 12)),
        ("UZB", "31210932040247", "UZ-PINFL", "male", date(1993, 10, 12)),
        ("UZB", "40201902050010", "UZ-PINFL", "female", date(1990, 1, 2)),
        ("TUR", "17291716060", "TR-TCKN", None, None),
        ("IRN", "0499370899", "IR-NID", None, None),
    ],
)
def test_published_numbers_with_a_check_digit_are_valid(
    country: str, number: str, kind: str, sex: str | None, born: date | None
) -> None:
    found = check_identity_number(country, number)
    assert (found.valid, found.kind, found.sex, found.birth_date, found.problems) == (True, kind, sex, born, ())


@pytest.mark.parametrize(
    ("country", "number"),
    [("KAZ", "900101300017"), ("UZB", "31210632040244"), ("TUR", "17291716060"), ("IRN", "0499370899")],
)
def test_every_single_wrong_digit_is_found_and_never_refuses(country: str, number: str) -> None:
    unseen = set()
    for place in range(len(number)):
        for added in range(1, 10):
            digit = str((int(number[place]) + added) % 10)
            found = check_identity_number(country, number[:place] + digit + number[place + 1 :])
            assert found.valid is not None
            if found.valid:
                unseen.add(place + 1)
    # The Kazakh rule weighs the eleventh digit with eleven, modulo eleven: it cannot see it in its first round.
    assert unseen == ({11} if country == "KAZ" else set())


@pytest.mark.parametrize(
    ("country", "number", "kind", "sex", "born"),
    [
        ("KGZ", "10403199000017", "KG-PIN", "female", date(1990, 3, 4)),
        ("KGZ", "20403199000017", "KG-PIN", "male", date(1990, 3, 4)),
        ("PAK", "34201-0891231-8", "PK-CNIC", "female", None),
        ("PAK", "42201-0397640-7", "PK-CNIC", "male", None),
        ("AZE", "1AB2C3D", "AZ-FIN", None, None),
        ("AFG", "1400-0101-12345", "AF-TAZKIRA", None, None),
        ("TJK", "123456789", "TJ-INN", None, None),
        ("TKM", "I-AŞ 123456", "TM-PASSPORT", None, None),
    ],
)
def test_where_no_check_digit_is_published_only_the_shape_is_tested_and_valid_is_null(
    country: str, number: str, kind: str, sex: str | None, born: date | None
) -> None:
    found = check_identity_number(country, number)
    assert (found.valid, found.kind, found.sex, found.birth_date) == (None, kind, sex, born)
    assert found.as_json()["valid"] is None


@pytest.mark.parametrize(
    "written",
    [
        "900101300017",
        "900101 300017",
        "900101-300017",
        "۹۰۰۱۰۱۳۰۰۰۱۷",
        "٩٠٠١٠١٣٠٠٠١٧",
        "９００１０１３０００１７",
        "\u200f900101300017\u200e",
    ],
)
def test_digits_of_every_script_and_what_stands_between_them_are_normalised(written: str) -> None:
    found = check_identity_number("KAZ", written)
    assert (found.number, found.valid) == ("900101300017", True)


def kazakh(first: str) -> str:
    digit = kazakh_check_digit(first)
    assert digit is not None
    return first + digit


def test_a_kazakh_number_need_not_be_bound_to_a_date_of_birth() -> None:
    found = check_identity_number("KAZ", kazakh("99134530001"))
    assert (found.kind, found.valid) == ("KZ-BIN", True)
    unbound = check_identity_number("KAZ", kazakh("99133230001"))
    assert (unbound.valid, unbound.birth_date, unbound.sex) == (True, None, "male")
    assert codes(unbound) == {"birth_part_is_no_date"}
    assert "26 August 2013" in unbound.problems[0].sentence


def test_a_kazakh_number_with_a_zero_for_the_century_gives_no_hints() -> None:
    found = check_identity_number("KAZ", kazakh("90010100001"))
    assert (found.valid, found.sex, found.birth_date) == (True, None, None)
    assert codes(found) == {"no_century"}


def test_a_business_number_of_kazakhstan_is_not_a_persons() -> None:
    found = check_identity_number("KAZ", kazakh("05024000123"))
    assert (found.kind, found.valid, found.sex) == ("KZ-BIN", True, None)
    assert codes(found) == {"not_a_person"}


def test_the_second_round_of_the_kazakh_rule_is_used_where_the_first_gives_ten() -> None:
    weights = range(1, 12)
    rounds = {"first": 0, "second": 0, "none": 0}
    for serial in range(2000):
        first = f"9001013{serial:04}"
        sums = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
        again = sum(int(d) * w for d, w in zip(first, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), strict=True)) % 11
        digit = kazakh_check_digit(first)
        if sums < 10:
            rounds["first"] += digit == str(sums)
        elif again < 10:
            rounds["second"] += digit == str(again)
        else:
            rounds["none"] += digit is None
    assert sum(rounds.values()) == 2000
    assert min(rounds.values()) > 0


def test_a_kazakh_number_for_which_no_check_digit_exists_is_not_valid() -> None:
    without = next(first for serial in range(10000) if kazakh_check_digit(first := f"9001013{serial:04}") is None)
    found = check_identity_number("KAZ", without + "0")
    assert (found.valid, codes(found)) == (False, {"check_digit_wrong"})


def test_leading_zeros_that_a_spreadsheet_has_eaten_are_put_back_and_told() -> None:
    found = check_identity_number("IRN", "499370899")
    assert (found.number, found.valid, codes(found)) == ("0499370899", True, {"zeros_added"})


def test_ten_equal_digits_are_no_iranian_number() -> None:
    assert check_identity_number("IRN", "1111111111").valid is False


def test_an_o_in_an_azerbaijani_number_is_a_zero_and_told() -> None:
    found = check_identity_number("AZE", "5O12ABC")
    assert (found.number, codes(found)) == ("5012ABC", {"repaired"})


def test_a_foreigners_number_of_turkiye_is_told_as_unverified() -> None:
    assert "unverified_rule" in codes(check_identity_number("TUR", "99000000000"))


def test_a_paper_tazkira_is_not_refused() -> None:
    found = check_identity_number("AFG", "1234567")
    assert (found.valid, found.is_shaped, codes(found)) == (None, True, {"unverified_rule"})


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("KAZ", "90010130001"),
        ("KAZ", "90010130001X"),
        ("KGZ", "1040319900001"),
        ("UZB", "3121063204024"),
        ("TUR", "07291716092"),
        ("TUR", "1729171606"),
        ("IRN", "1234567"),
        ("PAK", "34201089123"),
        ("AZE", "AB12"),
        ("AZE", "ƏAB12CD"),
        ("TJK", "12345678"),
        ("AFG", "???"),
        ("TKM", ""),
    ],
)
def test_what_cannot_be_such_a_number_says_what_was_found_and_what_is_allowed(country: str, number: str) -> None:
    found = check_identity_number(country, number)
    assert (found.valid, found.is_shaped) == (False, False)
    (problem,) = found.problems
    assert problem.code == "shape"
    assert " has " in problem.sentence


def test_a_kyrgyz_number_with_an_impossible_part_is_not_valid() -> None:
    assert check_identity_number("KGZ", "30403199000017").valid is False
    assert check_identity_number("KGZ", "13113199000017").valid is False


def test_an_uzbek_number_with_an_impossible_date_is_not_valid() -> None:
    first = "3991390205001"
    found = check_identity_number("UZB", first + uzbek_check_digit(first))
    assert (found.valid, codes(found)) == (False, {"shape"})


@given(st.sampled_from(COUNTRIES), st.one_of(st.text(max_size=30), st.text("0123456789", max_size=16)))
def test_any_text_gives_an_answer_and_never_raises(country: str, number: str) -> None:
    found = check_identity_number(country, number)
    assert found.country == country
    assert found.kind
    assert found.valid is not False or found.problems
    assert all(problem.sentence.endswith(".") for problem in found.problems)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_computed_check_digits_are_accepted(first: str) -> None:
    number = first + iranian_check_digit(first)
    assert check_identity_number("IRN", number).valid is (len(set(number)) > 1)


def test_an_unknown_country_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        check_identity_number("UTO", "1")
