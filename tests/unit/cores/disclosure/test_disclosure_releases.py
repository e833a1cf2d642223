"""What a second release gives away about the first."""

from dataclasses import replace
from itertools import product

from small_tables import PERIOD, row, square, table_of

from panah.cores.disclosure import Dimension, Table, audit, protect
from panah.cores.disclosure.tables import all_cells

DAYS = Dimension("TIME_PERIOD", ("2026-11", "2026-11-01", "2026-11-02"), total="2026-11")
GROUPS = Dimension("GROUP", ("_T", "a", "b"))


def shown(table):
    return {cell.codes: cell.count for cell in table.cells}


def test_the_same_table_again_is_published_the_same():
    first = protect([square([7, 20, 30, 40])])
    again = protect([square([7, 20, 30, 40])], earlier=first.published)
    assert shown(again.published[0]) == shown(first.published[0])
    assert audit(again.published, again.proof, earlier=first.published) == ()


def test_a_cell_that_grew_by_one_is_withheld_in_the_revision():
    first = protect([row(25, 40, 60)])
    second = protect([row(26, 40, 60)], earlier=first.published)
    kinds = {cell.codes: cell.kind for cell in second.published[0].cells}
    assert kinds["a",] == kinds["_T",] == "difference"
    assert str(second.reasons["arrivals", ("a",)]) == "difference: changed by fewer than 10 since an earlier release"
    assert audit(second.published, second.proof, earlier=first.published) == ()


def test_a_cell_that_grew_by_ten_is_published_again():
    first = protect([row(25, 40, 60)])
    second = protect([row(35, 40, 60)], earlier=first.published)
    assert shown(second.published[0])["a",] == 35


def test_what_was_withheld_stays_withheld_when_it_has_grown():
    first = protect([row(7, 40, 60)])
    second = protect([row(30, 40, 60)], earlier=first.published)
    assert shown(second.published[0])["a",] is None
    assert str(second.reasons["arrivals", ("a",)]) == "earlier: withheld in an earlier release"


def test_a_second_table_published_later_does_not_open_the_first():
    """The margin that hides the small cell of the first table stays hidden in the second."""
    sexes = Dimension("SEX", ("_T", "F", "M", "_O"))
    first = protect([table_of((sexes,), {("F",): 40, ("M",): 50, ("_O",): 3})])
    hidden = {cell.codes[0] for cell in first.published[0].cells if cell.count is None}
    inner = {
        (s, g): n
        for s, ns in {"F": (20, 20), "M": (25, 25), "_O": (3, 0)}.items()
        for g, n in zip("ab", ns, strict=True)
    }
    second = protect([table_of((sexes, GROUPS), inner, "by group")], earlier=first.published)
    assert hidden <= {
        cell.codes[0] for cell in second.published[0].cells if cell.count is None and cell.codes[1] == "_T"
    }
    assert audit(second.published, second.proof, earlier=first.published) == ()


def month_of(days):
    counts = dict.fromkeys(all_cells((DAYS, GROUPS)), 0)
    for (day, group), count in days.items():
        for cell in ((day, group), (day, "_T"), ("2026-11", group), ("2026-11", "_T")):
            counts[cell] += count
    return Table("month", "arrivals", PERIOD, (DAYS, GROUPS), counts)


def test_a_month_does_not_open_the_days_that_were_published_before():
    """Day by day the small groups were withheld; the month less the other day would give them."""
    days = {
        ("2026-11-01", "a"): 6,
        ("2026-11-01", "b"): 30,
        ("2026-11-02", "a"): 40,
        ("2026-11-02", "b"): 50,
    }
    released = []
    for day in DAYS.codes[1:]:
        counts = {(group,): days[day, group] for group in "ab"}
        table = table_of((GROUPS,), counts, day)
        released += protect([Table(day, "arrivals", day, table.dimensions, table.counts)]).published
    protected = protect([month_of(days)], earlier=released)
    cells = shown(protected.published[0])
    assert cells["2026-11-02", "a"] == 40
    assert cells["2026-11", "a"] is None
    assert audit(protected.published, protected.proof, earlier=released) == ()


def test_earlier_tables_of_other_days_cost_nothing_and_change_nothing():
    table = row(7, 40, 60)
    others = []
    for day in range(1, 6):
        other = Table("arrivals", "arrivals", f"2026-10-{day:02}", table.dimensions, table.counts)
        others += protect([other]).published
    alone, beside = protect([table]), protect([table], earlier=others)
    assert beside.published == alone.published
    assert beside.proof.bounds == alone.proof.bounds
    assert len(beside.proof.earlier) == 5


def test_a_table_of_another_population_has_nothing_to_do_with_this_one():
    first = protect([row(7, 40, 60)])
    table = row(30, 40, 60)
    other = Table("referrals", "referrals", PERIOD, table.dimensions, table.counts)
    assert None not in shown(protect([other], earlier=first.published).published[0]).values()


def test_a_cell_that_could_be_zero_at_first_is_not_held_to_more_in_a_revision_that_leaves_it_alone():
    """Inside a group that is itself too small zeros are withheld too, so nobody knows of any of them that it is not zero. One number of
    another table changes: what stood up the first time stands up again."""
    inner = dict(zip(product("abc", "xyz"), (2, 5, 0, 7, 3, 12, 2, 4, 12), strict=True))
    groups, kinds = Dimension("GROUP", ("_T", *"abc")), Dimension("KIND", ("_T", *"xyz"))
    first = protect([table_of((groups, kinds), inner), referrals(30, 40)])
    changed = [table_of((groups, kinds), inner), referrals(42, 40)]
    second = protect(changed, earlier=first.published)
    assert shown(second.published[0]) == shown(first.published[0])
    assert shown(second.published[1])["a",] == 42
    assert audit(second.published, second.proof, earlier=first.published) == ()
    third = protect(
        [changed[0], referrals(42, 51)], earlier=[table for one in (first, second) for table in one.published]
    )
    assert shown(third.published[0]) == shown(first.published[0])


def referrals(*numbers):
    return replace(row(*numbers, name="referrals"), population="referrals")
