"""Blurred tables with their proof, sums of amounts, budgets of privacy, and what one state could tell of another."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

import pytest

from panah.cores.disclosure import CannotProtect, Dimension, Rules, Table, protect, tabulate
from panah.cores.disclosure.blur import blur, problems_of_keys, zero_of_one
from panah.cores.disclosure.budget import Ledger, Overspent, blurred, read_ledger, to_json
from panah.cores.disclosure.cell_key import record_key
from panah.cores.disclosure.magnitudes import SumRules, protect_sums
from panah.cores.disclosure.mirror import as_moves, as_published, leaks, new_leaks, published_as_moves
from panah.cores.disclosure.noise import Noise

AT = datetime(2026, 11, 21, tzinfo=UTC)
AXES = (
    Dimension("REGION", ("_T", *"abcdefgh")),
    Dimension("SEX", ("_T", "F", "M")),
    Dimension("AGE", ("_T", "1", "2", "3")),
)


def counted(persons: int, seed: int = 3) -> tuple[Table, dict[tuple[str, ...], int]]:
    """A table with small groups, and the sums of the record keys of its cells."""
    chance = random.Random(seed)
    records = [
        {
            "REGION": chance.choices("abcdefgh", [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01])[0],
            "SEX": chance.choice("FM"),
            "AGE": chance.choice("123"),
        }
        for _ in range(persons)
    ]
    table = tabulate("table", "persons", "2026", AXES, records)
    keys = dict.fromkeys(table.counts, 0)
    for number, record in enumerate(records):
        for cell in product(*(("_T", record[axis.id]) for axis in AXES)):
            keys[cell] += record_key(b"secret of the node.", str(number))
    return table, keys


@pytest.mark.parametrize("persons", [300, 3000])
def test_from_all_that_is_published_no_small_count_is_placed_closer_than_the_rules_allow(persons):
    """The attack by linear programming: every true count is inside its range, and no range of a small one is narrow."""
    table, keys = counted(persons)
    made = blur(table, keys, Noise())
    assert made.proof.narrowest >= 5
    for one in made.proof.bounds:
        assert one.lower <= table.counts[one.codes] <= one.upper
        assert one.upper - one.lower >= 5 or one.lower >= 10
    assert all(number == 0 or number >= 10 for number in made.counts.values())


def test_where_blurring_leaves_a_small_count_too_narrow_nothing_leaves():
    table, keys = counted(300)
    with pytest.raises(CannotProtect, match="Withhold instead"):
        blur(table, keys, Noise(threshold=12, deviation=0.5, most=1), protection=10)


def test_a_cell_without_a_key_is_not_blurred_with_one_of_its_own():
    table, keys = counted(50)
    del keys["a", "F", "1"]
    with pytest.raises(ValueError, match="has no key"):
        blur(table, keys, Noise())


def test_a_key_of_0_is_taken_for_one_that_is_missing_unless_chance_may_have_left_it():
    """Of the cells of one record some have 0 by chance; of others hardly ever, and not of half of these."""
    table, keys = counted(300)
    assert problems_of_keys(table, keys) == ()
    ones = [cell for cell in table.counts if "_T" not in cell and table.counts[cell] == 1]
    assert len(ones) > 3

    def without(cells):
        left = dict(keys)
        for cell in cells:
            for above in product(*((code, "_T") for code in cell)):
                left[above] -= keys[cell]
        return left

    assert problems_of_keys(table, without(ones[:1])) == ()
    assert zero_of_one(table, without(ones[:1])) == (ones[0],)
    for cells in (ones, [max(table.counts, key=lambda cell: table.counts[cell] * ("_T" not in cell))]):
        assert {problem.code for problem in problems_of_keys(table, without(cells))} == {"KEY"}
        with pytest.raises(ValueError, match="cannot be used"):
            blur(table, without(cells), Noise())


def test_sums_of_keys_may_be_whole_turns_apart_but_not_otherwise():
    table, keys = counted(300)
    turned = keys | {("_T", "_T", "_T"): keys["_T", "_T", "_T"] % 4096 + 4096}
    assert problems_of_keys(table, turned) == ()
    assert len(problems_of_keys(table, turned | {("_T", "_T", "_T"): turned["_T", "_T", "_T"] + 1})) == 3


RECORDS = [
    {"corridor": corridor, "sector": sector, "usd": amount}
    for chance in [random.Random(1)]
    for corridor, sector, amount in [
        (chance.choice("ABCDE"), chance.choice("xyz"), round(chance.lognormvariate(5, 1.5), 2)) for _ in range(80)
    ]
]


def test_a_sum_that_few_make_up_is_withheld_and_its_true_value_lies_inside_what_the_audit_leaves_open():
    cells = protect_sums(RECORDS, ["corridor", "sector"], "usd", SumRules())
    withheld = [cell for cell in cells if cell.why]
    assert {cell.why for cell in withheld} == {"primary", "complementary"}
    for cell in cells:
        of = [r for r in RECORDS if cell.codes[0] in ("_T", r["corridor"]) and cell.codes[1] in ("_T", r["sector"])]
        true = sum(record["usd"] for record in of)
        if cell.why:
            assert cell.total is None
            assert cell.lower <= true <= cell.upper
        else:
            assert (cell.total, cell.givers) == (pytest.approx(true), len(of))
            assert len(of) >= 5


def test_nothing_of_the_records_is_left_lying_about(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    protect_sums(RECORDS, ["corridor", "sector"], "usd", SumRules())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("records", "rules", "sentence"),
    [
        ([], {}, "found 0 records"),
        ([{"corridor": "A", "sector": "x", "usd": -1}], {}, "negative or not a number"),
        (RECORDS, {"percent": 0}, "percent is 0"),
        (RECORDS, {"fewest": 2}, "fewest 2"),
    ],
)
def test_sums_that_cannot_be_protected_are_refused_in_a_sentence(records, rules, sentence):
    with pytest.raises(ValueError, match=sentence):
        protect_sums(records, ["corridor", "sector"], "usd", SumRules(**rules))


def test_a_budget_is_spent_release_by_release_and_never_beyond_its_limit():
    ledger = Ledger("returned persons", Decimal("1.0"))
    ledger = ledger.spend("June", Decimal("0.6"), AT, 40)
    with pytest.raises(Overspent, match=r"0\.4 of 1\.0 is left"):
        ledger.spend("July", Decimal("0.5"), AT, 40)
    ledger = ledger.spend("July", Decimal("0.4"), AT, 40)
    assert ledger.left == 0
    assert read_ledger(to_json(ledger)) == ledger
    for wrong in (Decimal(0), Decimal("-0.5"), Decimal("NaN")):
        with pytest.raises(ValueError, match="Epsilon is"):
            Ledger("x", Decimal(1)).spend("a way around", wrong, AT, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"not json",
        b'{"population":"x","limit":"1","spendings":[{"purpose":"a","epsilon":"2","at":"2026-01-01T00:00:00Z","numbers":1}]}',
    ],
)
def test_a_ledger_that_is_none_or_was_overspent_by_hand_is_refused(content):
    with pytest.raises(ValueError, match="ledger"):
        read_ledger(content)


def test_noise_is_drawn_anew_and_is_as_wide_as_what_was_paid():
    counts = [1000] * 4000
    cheap, dear = (blurred(counts, Decimal(epsilon)) for epsilon in ("0.1", "2"))
    spread = [sum(abs(number - 1000) for number in release) / 4000 for release in (cheap, dear)]
    assert spread[0] == pytest.approx(10, rel=0.15)
    assert spread[1] < 1
    assert blurred(counts, Decimal("0.1")) != cheap
    wide = blurred(counts, Decimal("0.1"), records_in=5)
    assert sum(abs(number - 1000) for number in wide) / 4000 == pytest.approx(50, rel=0.15)


STATES = ("AFG", "AZE", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "TUR", "UZB")


def moves(seed: int) -> dict[tuple[str, str, str], int]:
    """Invented moves between ten states by sex: a few large, many small."""
    chance = random.Random(seed)
    return {
        (one, other, sex): int(chance.lognormvariate(2.5, 1.4))
        for one, other in product(STATES, repeat=2)
        if one != other
        for sex in "FM"
    }


def table_of(state: str, way: str, true: dict[tuple[str, str, str], int]) -> Table:
    """What a state counts of those who came (or left), by other state and sex."""
    others = tuple(other for other in STATES if other != state)
    axes = (Dimension("COUNTERPART_AREA", ("_T", *others)), Dimension("SEX", ("_T", "F", "M")))
    records = [
        {"COUNTERPART_AREA": other, "SEX": sex}
        for other in others
        for sex in "FM"
        for _ in range(true[(other, state, sex) if way == "in" else (state, other, sex)])
    ]
    return tabulate(
        "ARRIVED" if way == "in" else "LEFT", "arrivals" if way == "in" else "departures", "2026", axes, records
    )


class TestMirrorLeak:
    """Ten states publish who came from each other and who left for each other: two registers of the same moves."""

    def everything(self, seed: int) -> dict[str, list[Table]]:
        true = moves(seed)
        return {
            state: [as_moves(table_of(state, way, true), state, "COUNTERPART_AREA", way) for way in ("in", "out")]
            for state in STATES
        }

    def test_tables_that_each_state_protects_alone_give_each_other_away(self):
        alone = {
            state: [protect([table]).published[0] for table in tables] for state, tables in self.everything(5).items()
        }
        assert leaks(alone, Rules())

    @pytest.mark.parametrize("seed", [5, 6])
    def test_state_after_state_reckoning_with_what_is_out_already_leaves_nothing_recoverable(self, seed):
        out: dict[str, list] = {}
        for state, tables in self.everything(seed).items():
            earlier = [table for published in out.values() for table in published]
            out[state] = list(protect(tables, earlier=earlier).published)
        assert leaks(out, Rules()) == ()
        shown = [cell for tables in out.values() for table in tables for cell in table.cells if cell.count is not None]
        assert len(shown) > 200, "and not because nothing is published"

    def test_a_table_of_moves_goes_out_by_other_state_as_it_came_in(self):
        table = table_of("KAZ", "in", moves(5))
        protected = protect([as_moves(table, "KAZ", "COUNTERPART_AREA", "in")]).published[0]
        back = as_published(protected, table.dimensions, table.name, table.population, "COUNTERPART_AREA")
        assert published_as_moves(back, "KAZ", "COUNTERPART_AREA", "in") == protected
        with pytest.raises(ValueError, match="no axis PLACE"):
            as_moves(table, "KAZ", "PLACE", "in")


class TestNewLeaks:
    """What one more state's tables tell beside those that are out, where registers may disagree."""

    def two(self, left: dict[tuple[str, str], int], came: dict[tuple[str, str], int]) -> dict[str, list]:
        return {"UZB": [published_moves("UZB", "out", left)], "KAZ": [published_moves("KAZ", "in", came)]}

    left = {("KAZ", "F"): 3, ("KAZ", "M"): 30, ("TJK", "F"): 25, ("TJK", "M"): 11}

    def test_a_number_shown_that_the_other_withholds_is_found_whoever_comes_second(self):
        out = self.two(self.left, {("UZB", "F"): 40, ("UZB", "M"): 30})
        assert {one.table for one in new_leaks(out, "KAZ", Rules())} == {"LEFT UZB"}

    def test_who_had_regard_to_the_other_and_withholds_another_number_gives_nothing_away(self):
        """Fifteen men by the one register, thirty by the other, withheld because the women are few."""
        out = self.two(
            {("KAZ", "M"): 30, ("KAZ", "F"): 40},
            {("UZB", "M"): 15, ("UZB", "F"): 4, ("TJK", "F"): 25, ("TJK", "M"): 12},
        )
        assert new_leaks(out, "KAZ", Rules(), regarded={"UZB"}) == ()

    def test_states_whose_sums_cannot_both_be_true_are_never_an_error(self):
        out = self.two({("KAZ", "F"): 300, ("KAZ", "M"): 300}, {("UZB", "F"): 20, ("UZB", "M"): 20})
        assert new_leaks(out, "KAZ", Rules()) == ()

    @pytest.mark.parametrize("seed", [5])
    def test_what_leaked_before_is_not_laid_on_who_comes_last(self, seed):
        true = moves(seed)
        alone = {
            state: [
                protect([as_moves(table_of(state, way, true), state, "COUNTERPART_AREA", way)]).published[0]
                for way in ("in", "out")
            ]
            for state in STATES
        }
        last = STATES[-1]
        laid = {(one.table, one.codes) for one in new_leaks(alone, last, Rules())}
        assert laid < {(one.table, one.codes) for one in leaks(alone, Rules())}


def published_moves(state: str, way: str, counted: dict[tuple[str, str], int]):
    """A table protected alone, as one of moves."""
    others = tuple(other for other in STATES if other != state)
    axes = (Dimension("COUNTERPART_AREA", ("_T", *others)), Dimension("SEX", ("_T", "F", "M")))
    records = [{"COUNTERPART_AREA": other, "SEX": sex} for (other, sex), n in counted.items() for _ in range(n)]
    table = tabulate("ARRIVED" if way == "in" else "LEFT", "people", "2026", axes, records)
    return protect([as_moves(table, state, "COUNTERPART_AREA", way)]).published[0]
