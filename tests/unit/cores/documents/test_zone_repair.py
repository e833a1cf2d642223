"""Reading errors: put right where there is one way, proposed where there are several, never in silence."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from panah.cores.documents import Fields, Problem, Reading, compose, read_zone
from panah.cores.documents.alphabet import VALUES
from panah.cores.documents.layouts import BY_FORMAT, MIXED, NUMERIC
from panah.cores.documents.position import LETTER_TO_DIGITS
from tests.unit.cores.documents.zones import GERMAN_PASSPORT, MRV_A, ON, TD1, TD2, TD3, fields, replaced


def told(reading: Reading, code: str) -> list[Problem]:
    return [problem for problem in reading.problems if problem.code == code]


def places(reading: Reading, code: str) -> set[tuple[int | None, int | None, str | None, str | None]]:
    return {(problem.line, problem.position, problem.found, problem.read_as) for problem in told(reading, code)}


@pytest.mark.parametrize(
    ("line", "position", "found", "meant"),
    [
        (2, 15, "A", "4"),
        (2, 16, "O", "0"),
        (2, 17, "B", "8"),
        (2, 18, "I", "1"),
        (2, 18, "L", "1"),
        (2, 19, "Z", "2"),
        (2, 20, "Z", "2"),
        (2, 26, "|", "1"),
        (2, 27, "S", "5"),
        (2, 44, "Q", "0"),
        (2, 44, "D", "0"),
        (2, 10, "G", "6"),
    ],
)
def test_a_letter_where_only_digits_stand_is_read_as_its_digit(
    line: int, position: int, found: str, meant: str
) -> None:
    reading = read_zone(replaced(TD3, line, position, found), ON)
    assert "\n".join(reading.lines) == TD3
    assert reading.valid
    assert places(reading, "repaired") == {(line, position, found, meant)}


@pytest.mark.parametrize(
    ("line", "position", "found", "meant"),
    [(1, 5, "0", "O"), (1, 8, "1", "I"), (1, 11, "5", "S"), (2, 13, "0", "O"), (1, 12, "0", "O")],
)
def test_a_digit_where_only_letters_stand_is_read_as_its_letter(
    line: int, position: int, found: str, meant: str
) -> None:
    reading = read_zone(replaced(TD3, line, position, found), ON)
    assert "\n".join(reading.lines) == TD3
    assert places(reading, "repaired") == {(line, position, found, meant)}


def test_a_digit_in_a_code_becomes_the_letter_that_makes_the_code_known() -> None:
    reading = read_zone(replaced(GERMAN_PASSPORT, 1, 3, "0"), ON)
    assert reading.issuer == "D"
    assert places(reading, "repaired") == {(1, 3, "0", "D")}


def test_a_letter_that_can_be_two_digits_is_the_one_with_which_the_check_digit_agrees() -> None:
    zone = "\n".join(
        compose(Fields("TD3", "P", "KAZ", "N00000017", "KAZ", "Serik", birth_date="1983-01-01", expiry="2030-01-01"))
    )
    reading = read_zone(replaced(zone, 2, 15, "B"), ON)
    assert reading.birth_date.value == "1983-01-01"
    assert places(reading, "repaired") == {(2, 15, "B", "3")}


def test_in_a_number_the_one_change_that_makes_two_check_digits_agree_is_made_and_shown() -> None:
    reading = read_zone(replaced(TD3, 2, 6, "O"), ON)
    assert (reading.number, reading.valid) == ("L898902C3", True)
    assert places(reading, "repaired") == {(2, 6, "O", "0")}


def passport(number: str, optional: str = "") -> str:
    fields_ = Fields(
        "TD3", "P", "KGZ", number, "KGZ", "Asanova", "Nurgul", "1990-01-01", "female", "2030-01-01", optional
    )
    return "\n".join(compose(fields_))


def test_where_several_changes_would_do_all_are_proposed_and_none_is_made() -> None:
    reading = read_zone(passport("N00000017", "1S0050").replace("1S0050", "1S00S0"), ON)
    assert (reading.optional, reading.checks["optional"], reading.valid) == ("1S00S0", "wrong", False)
    assert told(reading, "repaired") == []
    assert places(reading, "repair_proposed") == {(2, 30, "S", "5"), (2, 33, "S", "5")}


def test_a_letter_at_the_beginning_of_a_number_is_only_proposed_to_be_a_digit() -> None:
    reading = read_zone(passport("B12345678").replace("B12345678", "812345678"), ON)
    assert (reading.number, reading.valid) == ("812345678", False)
    assert places(reading, "repair_proposed") == {(2, 1, "8", "B")}


def test_where_only_one_check_digit_covers_a_character_a_change_is_only_proposed() -> None:
    zone = "\n".join(
        compose(Fields("MRV-A", "V", "KAZ", "M4440777", "UZB", "Karimov", "Anvar", "1990-01-01", "male", "2027-01-01"))
    )
    reading = read_zone(replaced(zone, 2, 5, "O"), ON)
    assert (reading.number, reading.valid) == ("M444O777", False)
    assert (2, 5, "O", "0") in places(reading, "repair_proposed")
    assert told(reading, "repaired") == []


def test_a_wrong_check_digit_of_a_visa_does_not_change_its_number() -> None:
    for digit in "012456789":
        reading = read_zone(replaced(MRV_A, 2, 10, digit), ON)
        assert (reading.number, reading.checks["number"]) == ("L898902C", "wrong")


def test_one_letter_taken_for_one_digit_throughout_a_number_is_put_right() -> None:
    reading = read_zone(passport("M40077004").replace("M40077004", "M4OO77OO4"), ON)
    assert (reading.number, reading.valid) == ("M40077004", True)
    assert len(told(reading, "repaired")) == 4


def test_where_one_letter_or_all_of_them_would_do_nothing_is_changed() -> None:
    reading = read_zone(passport("M12305070").replace("M12305070", "M123O5O7O"), ON)
    assert (reading.number, reading.valid) == ("M123O5O7O", False)
    assert {position for _, position, _, _ in places(reading, "repair_proposed")} == {5, 7, 9}


def test_a_number_whose_errors_are_independent_of_another_fields_is_put_right_alone() -> None:
    reading = read_zone(
        passport("M40777047", "1S0050").replace("M40777047", "M4O777047").replace("1S0050", "1S00S0"), ON
    )
    assert (reading.number, reading.checks["number"]) == ("M40777047", "ok")
    assert (reading.optional, reading.checks["optional"], reading.valid) == ("1S00S0", "wrong", False)


def test_fillers_read_as_letters_after_the_name_are_fillers() -> None:
    for zone, letters in ((TD3, "KKKKKKKKKKKKKKKKKKK"), (TD3, "<<KK<<KKKKK<<<<<<CC"), (TD3, "<<<<<LLLLLLLLLLLLLL")):
        first, second = zone.split("\n")
        reading = read_zone(first[:25] + letters + "\n" + second, ON)
        assert reading.names.as_json() == {"primary": "ERIKSSON", "secondary": "ANNA MARIA", "truncated": False}
        assert told(reading, "repaired")


def test_a_name_after_the_end_of_the_name_is_kept_and_told() -> None:
    first, second = "P<UTOKIM<<SUN<<LEE<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3.split("\n")[1]
    reading = read_zone(first + "\n" + second, ON)
    assert (reading.names.primary, reading.names.secondary) == ("KIM", "SUN LEE")
    assert told(reading, "text_after_name")


def test_a_lost_separator_is_proposed_and_not_made() -> None:
    reading = read_zone(replaced(TD3, 1, 14, "K"), ON)
    assert reading.names.primary == "ERIKSSONK ANNA MARIA"
    assert (1, 14, "K", "<") in places(reading, "repair_proposed")


def test_a_code_with_fillers_read_as_letters_is_proposed() -> None:
    reading = read_zone(GERMAN_PASSPORT.replace("P<D<<", "P<DKK"), ON)
    assert places(reading, "repair_proposed") == {(1, 4, "K", "<"), (1, 5, "K", "<")}


def test_an_unknown_date_read_as_letters_is_unknown_again() -> None:
    zone = "\n".join(compose(Fields("TD3", "P", "KAZ", "N00000017", "XXB", "Ahmadzai", expiry="2030-01-01")))
    reading = read_zone(zone.replace("XXB<<<<<<", "XXB<K<<K<"), ON)
    assert reading.birth_date.precision == "unknown"
    assert reading.valid
    assert len(told(reading, "repaired")) == 2


def test_what_cannot_be_read_at_all_is_told_with_its_place_and_what_is_allowed() -> None:
    reading = read_zone(replaced(TD3, 2, 16, "X"), ON)
    (problem,) = told(reading, "character_not_allowed")
    assert (problem.line, problem.position, problem.found) == (2, 16, "X")
    assert "only a digit can stand" in problem.sentence
    assert not reading.valid


DIGIT_TO_LIKENESS = {
    "0": "OQDU",
    "1": "IL",
    "2": "Z",
    "3": "B",
    "4": "A",
    "5": "S",
    "6": "G",
    "7": "TZ",
    "8": "BS",
    "9": "G",
}


@settings(max_examples=300)
@given(fields(), st.data())
def test_one_misread_digit_among_digits_is_repaired_or_reported(given_fields: Fields, data: st.DataObject) -> None:
    zone = "\n".join(compose(given_fields))
    lines = zone.split("\n")
    layout = BY_FORMAT[given_fields.format]
    at = data.draw(
        st.sampled_from(
            [
                (line, column)
                for (line, column), field in layout.field_at.items()
                if field in NUMERIC and lines[line][column] in DIGIT_TO_LIKENESS
            ]
        )
    )
    digit = lines[at[0]][at[1]]
    letter = data.draw(st.sampled_from(DIGIT_TO_LIKENESS[digit]))
    assert digit in LETTER_TO_DIGITS[letter]
    reading = read_zone(replaced(zone, at[0] + 1, at[1] + 1, letter), ON)
    if reading.lines == tuple(lines):
        assert (at[0] + 1, at[1] + 1, letter, digit) in places(reading, "repaired")
    else:
        assert not reading.valid
        assert told(reading, "check_digit_wrong")


LIKENESS = {"0": "OQD", "O": "0", "1": "I", "I": "1", "2": "Z", "Z": "2", "5": "S", "S": "5", "8": "B", "B": "8"}


@settings(max_examples=300)
@given(st.from_regex(r"[A-Z]?[0-9]{8}", fullmatch=True), st.integers(0, 9), st.data())
def test_one_misread_character_of_an_ordinary_number_is_never_repaired_wrongly(
    number: str, column: int, data: st.DataObject
) -> None:
    zone = passport(number)
    printed = zone.split("\n")[1][column]
    found = data.draw(
        st.sampled_from([*LIKENESS.get(printed, ""), *(digit for digit in "0123456789" if digit != printed)])
    )
    reading = read_zone(replaced(zone, 2, column + 1, found), ON)
    if "\n".join(reading.lines) == zone:
        assert reading.valid
        assert (2, column + 1, found, printed) in places(reading, "repaired")
    else:
        assert told(reading, "repaired") == []
        invisible = (VALUES[found] - VALUES[printed]) % 10 == 0
        assert reading.checks["number"] == ("ok" if invisible else "wrong")


@settings(max_examples=200)
@given(fields(), st.data())
def test_whatever_is_repaired_by_the_check_digits_makes_them_all_agree(
    given_fields: Fields, data: st.DataObject
) -> None:
    zone = "\n".join(compose(given_fields))
    span = BY_FORMAT[given_fields.format].spans["number"]
    column = data.draw(st.integers(span.start, span.end - 1))
    found = data.draw(st.sampled_from("ABCDEGIKLOQSZ0123456789<"))
    reading = read_zone(replaced(zone, span.line + 1, column + 1, found), ON)
    if told(reading, "repaired"):
        assert "wrong" not in reading.checks.values()


@settings(max_examples=200)
@given(st.sampled_from([TD1, TD2, TD3, GERMAN_PASSPORT]), st.data())
def test_whatever_differs_from_what_was_read_is_told(zone: str, data: st.DataObject) -> None:
    lines = zone.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.integers(0, len(lines) - 1))
        column = data.draw(st.integers(0, len(lines[row]) - 1))
        lines[row] = (
            lines[row][:column] + data.draw(st.sampled_from("ABCDEGIKLOQSTUZ0123456789<")) + lines[row][column + 1 :]
        )
    reading = read_zone("\n".join(lines), ON)
    assume(reading.is_zone)
    repairs = {}
    for problem in told(reading, "repaired"):
        assert problem.line
        assert problem.position
        assert problem.read_as
        for offset, read_as in enumerate(problem.read_as):
            repairs[problem.line - 1, problem.position - 1 + offset] = read_as
    for row, (before, after) in enumerate(zip(lines, reading.lines, strict=True)):
        for column, (found, read) in enumerate(zip(before, after, strict=True)):
            assert found == read or repairs[row, column] == read


def test_every_field_with_letters_and_digits_is_known_to_the_repair() -> None:
    for layout in BY_FORMAT.values():
        assert set(layout.spans) & MIXED


def test_three_lines_of_the_exact_shape_of_a_card_stay_a_card_whatever_was_misread_in_them() -> None:
    lines = TD1.split("\n")
    lines[0] = "I<ATOA" + lines[0][6:]
    lines[1] = lines[1][:15] + "A" + lines[1][16:]
    assert read_zone("\n".join(lines), ON).format == "TD1"
