"""What a published table may give away."""

import pytest
from small_tables import AGE, GROUP, PERIOD, PROFILE, SEX, people, row, square, table_of

from panah.cores.disclosure import (
    CannotProtect,
    Dimension,
    PublishedCell,
    PublishedTable,
    Rules,
    Table,
    audit,
    protect,
    tabulate,
)


def shown(table):
    return {cell.codes: cell.count for cell in table.cells}


def kinds(table):
    return {cell.codes: cell.kind for cell in table.cells if cell.kind}


def test_a_count_of_seven_is_withheld_together_with_a_second_cell():
    protected = protect([row(7, 12, 30)])
    assert kinds(protected.published[0]) == {("a",): "primary", ("b",): "complementary"}
    assert shown(protected.published[0])["_T",] == 49


def test_each_withheld_cell_says_why():
    protected = protect([row(7, 12, 30)])
    reasons = {cell: str(reason) for (_, cell), reason in protected.reasons.items()}
    assert reasons == {("a",): "primary: fewer than 10", ("b",): "complementary: protects GROUP=a"}


def test_what_leaves_does_not_say_which_cell_another_one_protects():
    protected = protect([row(7, 12, 30)])
    assert not hasattr(protected.published[0].cells[0], "protects")


def test_a_count_of_ten_is_published_and_one_of_nine_is_not():
    protected = protect([row(10, 9, 40, 50)])
    assert shown(protected.published[0])["b",] is None
    assert "primary" not in {kinds(protected.published[0]).get(("a",))}


def test_a_table_without_small_counts_is_published_whole():
    protected = protect([row(10, 20, 30)])
    assert kinds(protected.published[0]) == {}
    assert protected.proof.narrowest is None
    assert audit(protected.published, protected.proof) == ()


def test_two_small_counts_that_fix_each_other_are_not_enough():
    """Two ones under a published total of 32 would both be known from the total."""
    protected = protect([row(1, 1, 30)])
    assert shown(protected.published[0])["c",] is None or shown(protected.published[0])["_T",] is None
    assert protected.proof.narrowest is not None
    assert protected.proof.narrowest >= 5


def test_two_nines_whose_sum_is_published_would_both_be_known():
    protected = protect([row(9, 9, 40)])
    widths = [b.upper - b.lower for b in protected.proof.bounds if b.upper is not None]
    assert min(widths) >= 5
    assert len(protected.proof.bounds) > 2


def test_nine_persons_alone_in_their_groups_cannot_be_placed():
    """A published zero beside them would tell that each of the nine is one."""
    dimension = Dimension("GROUP", ("_T", *(f"g{i}" for i in range(12))))
    counts = {(f"g{i}",): int(i < 9) for i in range(12)}
    protected = protect([table_of((dimension,), counts)])
    assert set(shown(protected.published[0]).values()) == {None}


def test_reasons_that_would_tell_too_much_are_left_out():
    """The two age groups are small, the men are not, and the women's zero is hidden: together that leaves 2 or 3."""
    rules = Rules(threshold=4, protection=2)
    protected = protect([square([0, 1, 2, 2])], rules)
    assert set(kinds(protected.published[0]).values()) == {"unexplained"}
    assert audit(protected.published, protected.proof, least=rules) == ()
    assert str(protected.reasons["arrivals", ("F", "_T")]) == "primary: fewer than 4", "the node still knows"


def test_a_zero_outside_a_small_group_is_published():
    protected = protect([row(0, 12, 30)])
    assert shown(protected.published[0])["a",] == 0


def test_a_zero_inside_a_small_group_is_withheld():
    """Of four boys none is said to be small, else the other cell of the row would be known."""
    protected = protect([square([0, 4, 40, 50])])
    assert shown(protected.published[0])["F", "Y0T17"] is None


def test_zeros_are_withheld_when_the_rules_say_so_but_impossible_cells_are_shown():
    counts = dict(table_of((GROUP,), {("a",): 0, ("b",): 0, ("c",): 30, ("d",): 40}).counts)
    table = Table("arrivals", "arrivals", PERIOD, (GROUP,), counts, structural=frozenset({("b",)}))
    protected = protect([table], Rules(zeros="withheld"))
    assert shown(protected.published[0])["a",] is None
    assert shown(protected.published[0])["b",] == 0
    assert audit(protected.published, protected.proof) == ()


def test_an_impossible_cell_is_never_counted_on_to_hide_another():
    """A reader knows that the impossible cell is zero, so the small one needs a real companion."""
    counts = dict(table_of((GROUP,), {("a",): 7, ("b",): 0, ("c",): 30, ("d",): 40}).counts)
    table = Table("arrivals", "arrivals", PERIOD, (GROUP,), counts, structural=frozenset({("b",)}))
    protected = protect([table])
    assert {("a",), ("c",)} <= set(kinds(protected.published[0]))


def test_the_small_cells_of_a_linked_table_stay_hidden_in_the_other():
    by_group = table_of((SEX, GROUP), {(s, g): 20 for s in ("F", "M") for g in "abcd"} | {("F", "a"): 3}, "by group")
    by_age = table_of((SEX, AGE), {("F", "Y0T17"): 23, ("F", "Y_GE18"): 40, ("M", "Y0T17"): 40, ("M", "Y_GE18"): 40})
    protected = protect([by_group, by_age])
    sexes = [{cell: shown(t)[cell, "_T"] for cell in SEX.codes} for t in protected.published]
    assert sexes[0] == sexes[1]
    assert audit(protected.published, protected.proof) == ()


def test_a_margin_withheld_in_one_linked_table_is_withheld_in_every_other():
    small_sex = {("F", "a"): 4, ("M", "a"): 60, ("M", "b"): 70}
    first = table_of((SEX, Dimension("GROUP", ("_T", "a", "b"))), {("F", "b"): 0, **small_sex}, "first")
    second = table_of((SEX,), {("F",): 4, ("M",): 130}, "second")
    protected = protect([first, second])
    one, two = (shown(table) for table in protected.published)
    assert one["F", "_T"] is two["F",] is None
    assert (one["M", "_T"] is None) == (two["M",] is None)
    assert (one["_T", "_T"] is None) == (two["_T",] is None)


def test_linked_tables_that_disagree_are_refused():
    with pytest.raises(ValueError, match="must agree before they are protected"):
        protect([row(12, 13, name="one"), row(12, 14, name="two")])


def test_persons_with_several_profiles_are_not_worked_out_from_the_total():
    """The profiles do not add up to the total, but none can be more than it."""
    counts = {("_T", "F"): 12, ("_T", "M"): 40, ("p", "F"): 12, ("p", "M"): 35, ("q", "F"): 3, ("q", "M"): 30}
    protected = protect([people(counts)])
    assert shown(protected.published[0])["q", "F"] is None
    assert audit(protected.published, protected.proof) == ()


def test_a_part_that_must_fill_the_total_is_not_worked_out_from_below():
    """Everyone has a profile: of 20 women 13 are p, so q is at least 7 and at most 9; too narrow to leave."""
    counts = {("_T", "F"): 20, ("_T", "M"): 60, ("p", "F"): 13, ("p", "M"): 35, ("q", "F"): 8, ("q", "M"): 40}
    protected = protect([people(counts)])
    bounds = {b.codes: (b.lower, b.upper) for b in protected.proof.bounds}
    lower, upper = bounds["q", "F"]
    assert upper - lower >= 5


def test_a_hierarchy_hides_no_better_than_its_weakest_level():
    outcome = Dimension(
        "OUTCOME",
        ("_T", "accepted", "declined", "capacity", "duplicate", "incomplete"),
        parents=(("capacity", "declined"), ("duplicate", "declined"), ("incomplete", "declined")),
    )
    counts = {"accepted": 50, "capacity": 2, "duplicate": 15, "incomplete": 20, "declined": 37, "_T": 87}
    table = Table("referrals", "referrals", PERIOD, (outcome,), {(code,): n for code, n in counts.items()})
    protected = protect([table])
    assert shown(protected.published[0])["capacity",] is None
    assert {("duplicate",), ("incomplete",), ("declined",)} & set(kinds(protected.published[0]))
    assert audit(protected.published, protected.proof) == ()


def test_a_stricter_protection_level_leaves_wider_ranges():
    table = row(5, 12, 30, 80)
    for protection in (1, 5, 8):
        protected = protect([table], Rules(protection=protection))
        assert protected.proof.narrowest is None or protected.proof.narrowest >= protection


def test_protection_is_deterministic():
    tables = [square([3, 14, 40, 50])]
    assert protect(tables) == protect(tables)


def test_a_table_protected_twice_under_other_rules_has_another_digest():
    table = row(5, 12, 30)
    assert protect([table]).proof.digest != protect([table], Rules(threshold=5, protection=3)).proof.digest


def test_rules_that_cannot_be_kept_are_refused():
    with pytest.raises(ValueError, match="must lie between 1 and 8"):
        Rules(protection=9)
    with pytest.raises(ValueError, match="3 or more"):
        Rules(threshold=2)


def test_tables_that_are_out_already_may_make_protection_impossible():
    """The neighbours and the total were published without a companion; nothing can hide the seven any more."""
    table = row(7, 12, 30)
    cells = (PublishedCell(c, kind="primary") if n == 7 else PublishedCell(c, count=n) for c, n in table.counts.items())
    earlier = PublishedTable("arrivals", "arrivals", PERIOD, table.dimensions, tuple(cells))
    with pytest.raises(CannotProtect, match="already published"):
        protect([table], earlier=[earlier])


def test_records_are_counted_once_in_every_cell_that_contains_them():
    records = [
        {"PROFILE": {"p", "q"}, "SEX": "F"},
        {"PROFILE": {"p"}, "SEX": "M"},
        {"PROFILE": {"q"}, "SEX": "F"},
    ]
    table = tabulate("arrivals", "arrivals", PERIOD, (PROFILE, SEX), records)
    assert table.counts["_T", "_T"] == 3
    assert table.counts["p", "_T"] == 2
    assert table.counts["q", "F"] == 2
    assert table.counts["p", "F"] == 1


def test_a_record_with_an_unknown_code_is_refused_by_its_number():
    with pytest.raises(ValueError, match=r"Record 2 has \('X',\) for SEX"):
        tabulate("arrivals", "arrivals", PERIOD, (SEX,), [{"SEX": "F"}, {"SEX": "X"}])


def test_a_record_without_a_code_is_refused():
    with pytest.raises(ValueError, match="Record 1"):
        tabulate("arrivals", "arrivals", PERIOD, (SEX,), [{}])


def test_a_table_whose_margin_is_not_its_sum_is_refused():
    with pytest.raises(ValueError, match="must be the sum of its parts, 30"):
        Table("arrivals", "arrivals", PERIOD, (SEX,), {("_T",): 31, ("F",): 10, ("M",): 20})


def test_a_table_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="lacks 1 of 3 cells, the first at SEX=M"):
        Table("arrivals", "arrivals", PERIOD, (SEX,), {("_T",): 10, ("F",): 10})


def test_codes_that_contain_each_other_are_refused():
    with pytest.raises(ValueError, match="must form a tree"):
        Dimension("D", ("_T", "a", "b"), parents=(("a", "b"), ("b", "a")))
