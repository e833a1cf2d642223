"""The ranges in a proof, against an attacker who tries every table; and whole random tables, protected and attacked."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from small_tables import PROFILE, SEX, every_range, people, square

from panah.cores.disclosure import CannotProtect, Dimension, Rules, Table, audit, protect, tabulate
from panah.cores.disclosure.tables import families

SMALL = Rules(threshold=4, protection=2)
small_counts = st.lists(st.integers(0, 8), min_size=4, max_size=4)


def assert_ranges_are_those_of(protected, rules, most):
    """Where the grid reaches: a bound beyond it cannot be compared."""
    tried = every_range(protected.published[0], rules, most)
    for bounds in protected.proof.bounds:
        lower, upper = tried[bounds.codes]
        assert bounds.lower == lower, bounds
        if bounds.upper is not None and bounds.upper <= most:
            assert bounds.upper == upper, bounds


@settings(max_examples=60, deadline=None)
@given(small_counts, st.sampled_from(["published", "withheld"]))
def test_the_ranges_of_the_proof_are_those_of_trying_every_table(numbers, zeros):
    rules = Rules(threshold=4, protection=2, zeros=zeros)
    assert_ranges_are_those_of(protect([square(numbers)], rules), rules, most=20)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_ranges_with_several_profiles_a_person_are_those_of_trying_every_table(data):
    counts = {}
    for sex in ("F", "M"):
        total = data.draw(st.integers(0, 4 if sex == "F" else 5))
        first = data.draw(st.integers(0, total))
        counts |= {("_T", sex): total, ("p", sex): first, ("q", sex): data.draw(st.integers(total - first, total))}
    assert_ranges_are_those_of(protect([people(counts)], SMALL), SMALL, most=9)


@settings(max_examples=60, deadline=None)
@given(small_counts)
def test_a_weaker_reader_who_only_adds_and_subtracts_finds_no_more(numbers):
    """Linear programming over the whole table, without the rules or the reasons, written apart from the code."""
    protected = protect([square(numbers)], SMALL)
    table = protected.published[0]
    cells = [cell.codes for cell in table.cells]
    equations = [[(c == whole) - (c in parts) for c in cells] for whole, parts, _ in families(table.dimensions)]
    limits = [(0, None) if cell.count is None else (cell.count, cell.count) for cell in table.cells]
    for bounds in protected.proof.bounds:
        target = np.array([float(c == bounds.codes) for c in cells])
        low = linprog(target, A_eq=equations, b_eq=[0] * len(equations), bounds=limits)
        high = linprog(-target, A_eq=equations, b_eq=[0] * len(equations), bounds=limits)
        assert low.fun <= bounds.lower + 1e-6
        assert high.status == 3 or (bounds.upper is not None and -high.fun >= bounds.upper - 1e-6)


people_on_the_move = st.lists(
    st.fixed_dictionaries(
        {
            "PROFILE": st.sets(st.sampled_from(["asylum_seeker", "smuggled", "labour_migrant"]), min_size=1),
            "SEX": st.sampled_from(["F", "F", "M", "M", "M", "_O"]),
            "AGE": st.sampled_from(["Y0T17", "Y18T59", "Y18T59", "Y_GE60"]),
            "CITIZENSHIP": st.sampled_from(["AFG", "AFG", "AFG", "TJK", "UZB", "XXA"]),
        }
    ),
    max_size=160,
)
PROFILES = Dimension("PROFILE", ("_T", "asylum_seeker", "smuggled", "labour_migrant"), additive=False, exhaustive=True)
SEXES = Dimension("SEX", ("_T", "F", "M", "_O"))
AGES = Dimension("AGE", ("_T", "Y0T17", "Y18T59", "Y_GE60"))
CITIZENSHIPS = Dimension("CITIZENSHIP", ("_T", "AFG", "TJK", "UZB", "XXA"))


def linked_tables(records):
    return [
        tabulate("by sex and age", "arrivals", "2026-11", (PROFILES, SEXES, AGES), records),
        tabulate("by citizenship", "arrivals", "2026-11", (CITIZENSHIPS, PROFILES), records),
    ]


@settings(max_examples=30, deadline=None)
@given(people_on_the_move, st.sampled_from(["published", "withheld"]))
def test_no_small_count_of_any_linked_tables_can_be_bounded_tighter_than_the_rules(records, zeros):
    rules = Rules(zeros=zeros)
    tables = linked_tables(records)
    protected = protect(tables, rules)
    ranges = {(b.table, b.codes): b for b in protected.proof.bounds}
    for table, published in zip(tables, protected.published, strict=True):
        for cell in published.cells:
            truth = table.counts[cell.codes]
            if cell.count is None:
                found = ranges[table.name, cell.codes]
                assert found.lower <= truth
                assert found.upper is None or truth <= found.upper
                assert found.upper is None or found.upper - found.lower >= rules.protection
            else:
                assert cell.count == truth, "nothing published is false"
                assert truth == 0 or truth >= rules.threshold
    assert audit(protected.published, protected.proof) == ()


@settings(max_examples=15, deadline=None)
@given(people_on_the_move, st.randoms(use_true_random=False))
def test_the_order_in_which_people_came_changes_nothing(records, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    assert protect(linked_tables(records)) == protect(linked_tables(shuffled))


@settings(max_examples=25, deadline=None)
@given(people_on_the_move, people_on_the_move)
def test_a_revision_shows_no_small_change_and_reveals_nothing_withheld(records, late):
    """The released table again after some persons were registered late; refusing to publish is allowed too."""
    rules = Rules()
    first = protect(linked_tables(records), rules)
    revised = linked_tables([*records, *late[:12]])
    try:
        second = protect(revised, rules, earlier=first.published)
    except CannotProtect:
        return
    assert audit(second.published, second.proof, earlier=first.published) == ()
    for before, after in zip(first.published, second.published, strict=True):
        for old, new in zip(before.cells, after.cells, strict=True):
            if new.count is not None and old.count is not None:
                assert not rules.is_small(abs(new.count - old.count))
            if old.count is None and new.count is not None:
                assert new.count < rules.threshold


@pytest.mark.parametrize("count", [1, 4, 7, 9])
def test_every_small_count_in_a_large_table_keeps_the_whole_range_or_nearly(count):
    cells = dict.fromkeys(product(SEX.codes[1:], ("a", "b", "c", "d")), 40) | {("F", "a"): count}
    dimension = Dimension("GROUP", ("_T", "a", "b", "c", "d"))
    full = dict(cells)
    for sex in SEX.codes[1:]:
        full[sex, "_T"] = sum(cells[sex, group] for group in dimension.codes[1:])
    for group in dimension.codes:
        full["_T", group] = sum(full[sex, group] for sex in SEX.codes[1:])
    protected = protect([Table("t", "arrivals", "2026-11", (SEX, dimension), full)])
    lower, upper = next((b.lower, b.upper) for b in protected.proof.bounds if b.codes == ("F", "a"))
    assert (lower, upper) == (1, 9)


def test_the_profiles_of_a_person_are_not_taken_for_parts_of_a_sum():
    """Were they added up, the withheld one would look protected although it is bounded by the total."""
    counts = {("_T", "F"): 12, ("_T", "M"): 12, ("p", "F"): 12, ("p", "M"): 12, ("q", "F"): 9, ("q", "M"): 9}
    protected = protect([people(counts)], SMALL)
    assert PROFILE.additive is False
    assert protected.proof.withheld == {}
