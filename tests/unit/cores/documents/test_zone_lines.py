"""What people type, paste and scan."""

from __future__ import annotations

import pytest

from panah.cores.documents import Block, Reading, read_zone, split_blocks
from tests.unit.cores.documents.zones import MRV_B, ON, SPECIMENS, TD1, TD2, TD3

FIRST, SECOND = TD3.split("\n")


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}


@pytest.mark.parametrize("format_", list(SPECIMENS))
@pytest.mark.parametrize(
    "typed",
    [
        lambda zone: zone.lower(),
        lambda zone: zone.replace("\n", "\r\n") + "\r\n",
        lambda zone: "\ufeff" + zone,
        lambda zone: "\n".join("   " + line + " \t" for line in zone.split("\n")),
        lambda zone: "\n".join(" ".join(line) for line in zone.split("\n")),
        lambda zone: "\n".join(f"{number}: {line}" for number, line in enumerate(zone.split("\n"), 1)),
        lambda zone: "\n".join(f"{number}) {line}" for number, line in enumerate(zone.split("\n"), 1)),
        lambda zone: "\n".join(f"Line {number}: {line}" for number, line in enumerate(zone.split("\n"), 1)),
        lambda zone: "\n".join(f'"{line}"' for line in zone.split("\n")),
        lambda zone: "\n".join(f"> {line}" for line in zone.split("\n")),
        lambda zone: zone.replace("<", "&lt;"),
        lambda zone: zone.replace("<", "＜"),
        lambda zone: zone.replace("<", "‹"),
        lambda zone: "\n\n".join(zone.split("\n")),
    ],
    ids=[
        "lower case",
        "CR LF",
        "byte order mark",
        "blanks around",
        "blanks between",
        "numbered 1:",
        "numbered 1)",
        "numbered Line 1:",
        "quoted",
        "quoted by mail",
        "escaped",
        "full width",
        "single guillemets",
        "empty lines between",
    ],
)
def test_typography_is_taken_away_in_silence(format_: str, typed) -> None:  # type: ignore[no-untyped-def]
    whole = read_zone(SPECIMENS[format_], ON)
    reading = read_zone(typed(SPECIMENS[format_]), ON)
    assert reading.as_json() == whole.as_json()
    assert reading.lines == whole.lines


@pytest.mark.parametrize("format_", list(SPECIMENS))
def test_a_zone_in_one_line_is_divided_and_that_is_told(format_: str) -> None:
    reading = read_zone(SPECIMENS[format_].replace("\n", ""), ON)
    assert "\n".join(reading.lines) == SPECIMENS[format_]
    assert "lines_joined" in codes(reading)


def test_a_zone_wrapped_in_other_places_is_joined_and_divided_again() -> None:
    text = TD3.replace("\n", "")
    reading = read_zone("\n".join((text[:30], text[30:60], text[60:])), ON)
    assert "\n".join(reading.lines) == TD3
    assert "lines_joined" in codes(reading)


@pytest.mark.parametrize("format_", list(SPECIMENS))
def test_missing_fillers_at_line_ends_are_added(format_: str) -> None:
    zone = SPECIMENS[format_]
    typed = "\n".join(line.rstrip("<") for line in zone.split("\n"))
    reading = read_zone(typed, ON)
    assert "\n".join(reading.lines) == zone
    assert reading.valid
    assert codes(reading) - {"expiry_century_assumed"} == {"line_length"}


@pytest.mark.parametrize("count", [1, 2, 4])
def test_missing_fillers_in_the_middle_are_put_where_the_check_digits_agree(count: int) -> None:
    typed = SECOND[:37] + SECOND[37 + count :]
    reading = read_zone(FIRST + "\n" + typed, ON)
    assert "\n".join(reading.lines) == TD3
    assert reading.valid
    assert codes(reading) == {"line_length"}


@pytest.mark.parametrize("count", [1, 2, 5])
def test_fillers_that_are_too_many_are_taken_away(count: int) -> None:
    reading = read_zone(FIRST + "<" * count + "\n" + SECOND[:38] + "<" * count + SECOND[38:], ON)
    assert "\n".join(reading.lines) == TD3
    assert reading.valid
    assert codes(reading) == {"line_length"}


def test_a_lost_character_damages_its_field_and_no_other() -> None:
    reading = read_zone(FIRST + "\n" + SECOND[:4] + SECOND[5:], ON)
    assert not reading.valid
    assert "line_damaged" in codes(reading)
    assert reading.checks["number"] != "ok"
    assert (reading.nationality, reading.birth_date.value, reading.expiry.value) == ("UTO", "1974-08-12", "2012-04-15")


def test_a_doubled_character_is_left_out_where_the_check_digits_agree() -> None:
    reading = read_zone(FIRST + "\n" + SECOND[:5] + SECOND[4:], ON)
    assert "\n".join(reading.lines) == TD3
    assert "line_damaged" in codes(reading)
    assert not reading.valid


def test_a_double_guillemet_is_two_fillers_and_that_is_told() -> None:
    reading = read_zone(TD3.replace("<<", "«"), ON)
    assert (reading.names.primary, reading.names.secondary, reading.number) == ("ERIKSSON", "ANNA MARIA", "L898902C3")
    assert "repaired" in codes(reading)


@pytest.mark.parametrize("second", ["(", "«"])
def test_what_may_have_been_a_letter_or_two_fillers_is_one_filler_and_that_is_told(second: str) -> None:
    reading = read_zone(TD1.replace("I<UTO", f"I{second}UTO", 1), ON)
    assert "\n".join(reading.lines) == TD1
    assert "repaired" in codes(reading)


def test_a_double_guillemet_for_each_filler_is_one_filler() -> None:
    reading = read_zone(TD3.replace("<", "«"), ON)
    assert "\n".join(reading.lines) == TD3


def test_blanks_typed_for_fillers_are_fillers() -> None:
    reading = read_zone(TD3.replace("<", " "), ON)
    assert (reading.names.primary, reading.names.secondary) == ("ERIKSSON", "ANNA MARIA")
    assert reading.checks == read_zone(TD3, ON).checks


def test_letters_of_a_cyrillic_keyboard_are_read_as_their_latin_likeness_and_told() -> None:
    reading = read_zone(TD3.replace("MARIA", "МАRIA").replace("C36", "С36"), ON)
    assert "\n".join(reading.lines) == TD3
    assert reading.valid
    assert [problem.found for problem in reading.problems if problem.code == "repaired"] == ["М", "А", "С"]


def test_persian_and_arabic_indic_digits_are_digits() -> None:
    reading = read_zone(TD3.replace("740812", "۷۴۰۸۱۲").replace("120415", "١٢٠٤١٥"), ON)
    assert "\n".join(reading.lines) == TD3


def test_words_around_a_zone_are_left_out_and_told() -> None:
    reading = read_zone("Passport of the first traveller:\n" + TD3 + "\nseen at the post", ON)
    assert "\n".join(reading.lines) == TD3
    assert codes(reading) == {"line_ignored"}


def test_a_second_zone_in_the_same_block_is_told() -> None:
    reading = read_zone(TD3 + "\n" + TD3.replace("ANNA", "NINA"), ON)
    assert reading.is_zone
    assert "zone_ignored" in codes(reading)


def test_visas_and_cards_of_the_same_size_are_told_apart() -> None:
    assert (read_zone(MRV_B, ON).format, read_zone(TD2, ON).format) == ("MRV-B", "TD2")


def test_blocks_are_parted_by_empty_lines_and_know_where_they_begin() -> None:
    text = "\ufeff\n\n" + TD3 + "\n  \n\n" + TD1 + "\n"
    assert list(split_blocks(text.split("\n"))) == [Block(3, TD3), Block(7, TD1)]


def test_a_block_without_end_keeps_a_hundred_lines_and_counts_the_others() -> None:
    (block,) = split_blocks("x" for _ in range(250))
    assert (block.text.count("x"), block.unread) == (100, 150)
