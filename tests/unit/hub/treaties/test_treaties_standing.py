"""What follows from statements: age, disputes, memory, and a count in which silence is never no."""

from __future__ import annotations

from datetime import date

import pytest

from panah.hub.treaties import dates, doubts, standing, tables
from panah.hub.treaties.packs import Entry
from panah.hub.treaties.tables import Source, Staleness, Status

ON = date(2026, 11, 21)
SOURCES = {
    code: Source(code, "page", code, code, "", "", confidence, current)
    for code, confidence, current in (
        ("list", "high", "yes"), ("other", "medium", "yes"), ("copy", "medium", "no"), ("memory", "memory", "yes"), ("press", "low", "yes"),
    )
}  # fmt: skip
AGES = {value: Staleness(value, years, "", "") for value, years in (("party", 5), ("not party", 2), ("signed only", 2))}


def row(value: str, as_of: str, source: str = "list", date: str = "", act: str = "", verified: str = "yes") -> Status:
    return Status(
        "KAZ", "cat", act, date, "", value, as_of, source, "no" if source in ("memory", "press") else verified, "", ""
    )


def found(*rows: Status, on: date = ON) -> standing.Standing:
    return standing.standing_of(rows, SOURCES, AGES, on)


def test_a_party_grows_old_after_five_years_and_an_absence_after_two() -> None:
    assert not found(row("party", "2022-08", date="1998")).stale
    assert found(row("party", "2020", date="1998")).stale
    assert found(row("not party", "2022-08")).stale
    assert not found(row("not party", "2025-03")).stale


def test_the_day_on_which_a_statement_grows_old_is_the_last_that_its_date_can_mean() -> None:
    assert not found(row("not party", "2024-11"), on=date(2026, 11, 30)).stale
    assert found(row("not party", "2024-11"), on=date(2026, 12, 1)).stale
    assert found(row("not party", "2024-02-29"), on=date(2026, 3, 1)).stale


def test_a_copy_that_is_not_current_is_old_from_its_first_day_on() -> None:
    said = row("party", "2015-03", "copy", "1999-01-15", "accession")
    assert found(said, on=date(2015, 4, 1)).stale
    assert not found(said, on=date(2014, 4, 1)).stale


def test_the_real_copy_of_2015_is_never_shown_as_what_the_law_is_now() -> None:
    shipped = tables.shipped()
    copied = [
        one
        for one in standing.standings(shipped, ON).values()
        if one.leading and one.leading.source == "treaty-list-un-2015"
    ]
    assert copied
    assert all(one.stale or one.value == tables.UNKNOWN for one in copied)


def test_what_is_from_memory_makes_no_standing_and_stands_beside() -> None:
    one = found(row("party", "2026-11", "memory", "2015"))
    assert (one.value, one.since) == ("unknown", "")
    assert [said.date for said in one.from_memory] == ["2015"]


def test_what_nobody_could_read_is_unknown() -> None:
    assert found(row("unknown", "2024-01")).value == "unknown"


def test_a_year_and_a_day_in_it_are_one_date_and_the_day_is_shown() -> None:
    one = found(row("party", "2022-08", date="2003"), row("party", "2015-03", "copy", "2003-10-30", "accession"))
    assert (one.since, one.act, one.disputed) == ("2003-10-30", "accession", False)


def test_two_dates_that_cannot_be_one_stand_side_by_side() -> None:
    one = found(
        row("party", "2025", date="1992", act="ratification"),
        row("party", "2026-11", "press", "1997-08-30", "ratification"),
    )
    assert one.disputed
    assert one.since == "1992"
    assert [(said.source, said.date) for said in one.others] == [("press", "1997-08-30")]


def test_a_date_from_memory_that_differs_is_a_dispute_too() -> None:
    assert found(row("party", "2022-08", date="1995"), row("party", "2026-11", "memory", "1990")).disputed


def test_party_and_not_party_for_the_same_time_are_a_dispute_that_no_count_takes() -> None:
    one = found(row("not party", "2026-01"), row("party", "2025-06", "other", "2001"))
    assert one.disputed
    assert one.value == "not party"
    assert not one.counts


def test_who_joined_after_a_list_was_written_is_no_dispute() -> None:
    one = found(row("not party", "2020-10-05"), row("party", "2025", "other", "2024-06-03", "ratification"))
    assert (one.value, one.since, one.disputed) == ("party", "2024-06-03", False)


def test_a_year_that_may_lie_after_the_absence_is_no_dispute() -> None:
    assert not found(row("not party", "2022-10-29"), row("party", "2026-11", "other", "2022")).disputed


def test_what_is_verified_goes_before_what_is_newer_and_not() -> None:
    one = found(row("party", "2022-08", date="1998"), row("not party", "2026-01", "press"))
    assert one.value == "party"
    assert one.disputed


def test_a_withdrawal_ends_it_and_contradicts_nothing() -> None:
    rows = (row("party", "2022-08", date="1998"), row("not party", "2026-01", "other", "2025-07-01", "withdrawal"))
    assert (found(*rows).value, found(*rows).disputed) == ("not party", False)
    assert found(*rows, on=date(2024, 1, 1)).value == "party"


def test_a_reservation_stands_beside_from_its_day_on() -> None:
    rows = (row("party", "2022-08", date="1998"), row("", "2022-08", date="2009-12-31", act="reservation"))
    assert [said.act for said in found(*rows).beside] == ["reservation"]
    assert found(*rows, on=date(2000, 1, 1)).beside == ()


def test_before_the_day_of_the_act_nothing_is_said() -> None:
    assert found(row("party", "2022-08", date="1998"), on=date(1997, 1, 1)).value == "unknown"
    assert found(row("party", "2022-08", date="1998"), on=date(1998, 6, 1)).value == "unknown"
    assert found(row("party", "2022-08", date="1998"), on=date(1999, 1, 1)).value == "party"


def test_party_without_a_date_is_told_only_from_the_day_of_the_source_on() -> None:
    assert found(row("party", "2018"), on=date(2017, 12, 31)).value == "unknown"
    assert found(row("party", "2018"), on=date(2019, 1, 1)).value == "party"


def test_the_count_adds_up_and_silence_is_in_none_of_its_sides() -> None:
    for state in tables.REGION:
        counted = standing.tally(state, ON)
        assert counted.ratified + counted.not_ratified + counted.unknown == counted.tracked
        assert standing.ratified(state, ON) == (counted.ratified, counted.tracked)
        assert counted.unknown > 0, "the sources leave something open for every state"


def test_what_is_not_verified_is_not_counted() -> None:
    shipped = tables.shipped()
    by_exclusion = standing.standings(shipped, ON)[("KAZ", "ilo-c105")]
    assert (by_exclusion.value, by_exclusion.verified, by_exclusion.counts) == ("party", False, False)


def test_a_state_that_nobody_follows_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the states"):
        standing.ratified("FRA", ON)


@pytest.mark.parametrize(
    ("state", "instrument", "value", "since"),
    [
        ("KAZ", "icrmw", "not party", ""),
        ("TUR", "icrmw", "party", "2004-09-27"),
        ("TKM", "convention-1954", "party", "2011-12-07"),
        ("UZB", "convention-1951", "not party", ""),
        ("PAK", "convention-1951", "not party", ""),
        ("AFG", "trafficking-protocol", "party", "2014-08-14"),
        ("KGZ", "ilo-c190", "party", "2024-06-03"),
        ("TJK", "ilo-c143", "party", "2007"),
        ("UZB", "ilo-p029", "party", "2019-09-16"),
        ("UZB", "smuggling-protocol", "signed only", ""),
        ("IRN", "trafficking-protocol", "unknown", ""),
        ("TUR", "convention-1954", "unknown", ""),
        ("KAZ", "ilo-c181", "not party", ""),
    ],
)
def test_the_real_tables_say_what_the_sources_say(state: str, instrument: str, value: str, since: str) -> None:
    one = standing.standings(tables.shipped(), ON)[(state, instrument)]
    assert (one.value, one.since) == (value, since)


@pytest.mark.parametrize(("state", "instrument"), [("UZB", "ilo-c029"), ("PAK", "crc"), ("KAZ", "ilo-c181")])
def test_the_disputes_that_the_sources_have_are_found(state: str, instrument: str) -> None:
    assert standing.standings(tables.shipped(), ON)[(state, instrument)].disputed


def entry(action: str, on: str = "", checked_on: str = "2022-08", verified: bool = True) -> Entry:
    return Entry("KAZ", "cat", action, on, "", checked_on, verified, "kaz 1")


@pytest.mark.parametrize(
    ("rows", "pack", "what"),
    [
        ([row("party", "2022-08", date="1998")], entry("party", "1998-08-26"), ""),
        ([row("party", "2022-08", date="1998")], entry("accession", "1997"), "date"),
        ([row("party", "2022-08", date="1998")], entry("none", checked_on="2022-08"), "value"),
        ([row("party", "2026-08", date="2025")], entry("none", checked_on="2022-08"), "newer"),
        ([row("party", "2022-08", date="1998")], entry("unknown"), "pack_unknown"),
        ([row("unknown", "2022-08")], entry("party", "1998"), "hub_unknown"),
        ([row("unknown", "2022-08")], entry("party", "1998", verified=False), ""),
        ([row("not party", "2022-08")], entry("none"), ""),
    ],
)
def test_a_difference_between_hub_and_pack_is_named_by_its_kind(rows: list[Status], pack: Entry, what: str) -> None:
    assert doubts.difference(found(*rows), pack) == what


def test_the_hub_and_the_packs_that_came_with_it_agree() -> None:
    from panah.hub.treaties import packs

    assert list(doubts.between(standing.standings(tables.shipped(), ON), packs.entries())) == []


def test_partial_dates_are_read_and_compared_without_inventing_the_rest() -> None:
    assert (dates.first("2003"), dates.last("2003-02")) == (date(2003, 1, 1), date(2003, 2, 28))
    assert dates.agree("2003", "2003-10-30")
    assert not dates.agree("2003-01", "2003-02-01")
    assert dates.agree("", "2003")
    assert not dates.is_partial("2003-02-30")
    assert dates.years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
