"""Tables and rules as people keep them in files."""

import pytest

from panah.cores.disclosure import protect
from panah.cores.disclosure.sheets import Refused, SheetRules, protected_rows, read_counts, read_rules

RULES = read_rules("threshold: 10")


def refusal(text, rules=RULES):
    with pytest.raises(Refused) as refused:
        read_counts(text, rules)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def test_margins_that_are_not_in_the_file_are_added_up():
    table = read_counts("SEX,AGE,count\nF,Y0T17,12\nF,Y_GE18,30\nM,Y_GE18,40\n", RULES)
    assert table.counts["F", "_T"] == 42
    assert table.counts["M", "Y0T17"] == 0
    assert table.counts["_T", "_T"] == 82


def test_a_hierarchy_of_the_rules_is_added_up_too():
    rules = read_rules("dimensions: {OUTCOME: {parents: {CAPACITY: DECLINED, DUPLICATE: DECLINED}}}")
    table = read_counts("OUTCOME,count\nACCEPTED,40\nCAPACITY,12\nDUPLICATE,15\n", rules)
    assert table.counts["DECLINED",] == 27
    assert table.counts["_T",] == 67


def test_the_total_of_persons_with_several_profiles_must_be_given():
    rules = read_rules("dimensions: {PROFILE: {additive: false}}")
    assert refusal("PROFILE,count\nasylum_seeker,40\nsmuggled,30\n", rules) == [("MISSING", "_T")]
    table = read_counts("PROFILE,count\nasylum_seeker,40\nsmuggled,30\n_T,45\n", rules)
    assert table.counts["_T",] == 45


def test_semicolons_tabs_and_a_byte_order_mark_are_read():
    for text in ("\ufeffSEX;count\nF;12\nM;13\n", "SEX\tcount\nF\t12\nM\t13\n"):
        assert read_counts(text, RULES).counts["_T",] == 25


def test_every_bad_row_is_named():
    text = "SEX,count\nF,twelve\n,5\nM,7\nM,8\nX,-3\nY,1 000\n"
    assert refusal(text) == [
        ("COUNT", "line 2, count"),
        ("CODE", "line 3, SEX"),
        ("DUPLICATE", "line 5"),
        ("COUNT", "line 6, count"),
        ("COUNT", "line 7, count"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "COLUMNS"),
        ("SEX,count\n", "EMPTY"),
        ("SEX,number\nF,3\n", "COLUMNS"),
        ("count\n3\n", "COLUMNS"),
        ("SEX,SEX,count\nF,F,3\n", "COLUMNS"),
        ("SEX,count\nF,12\nM,13\n_T,26\n", "ARITHMETIC"),
        ("SEX,count\nF\n", "COUNT"),
        ('SEX,count\n"F,12\n', "COUNT"),
    ],
)
def test_a_file_that_is_no_table_of_counts_is_refused_in_words(text, code):
    assert {found for found, _ in refusal(text)} == {code}


def test_more_combinations_than_a_table_can_have_are_refused():
    rows = "\n".join(f"a{i},b{i},c{i},12" for i in range(70))
    assert refusal(f"A,B,C,count\n{rows}\n") == [("SIZE", "file")]


def test_a_missing_row_is_refused_when_the_rules_say_so():
    rules = read_rules("missing: error")
    assert refusal("SEX,AGE,count\nF,a,12\nF,b,12\nM,a,12\n", rules) == [("MISSING", "M b")]


def test_an_unknown_key_of_the_rules_is_named():
    with pytest.raises(ValueError, match="unknown field `thresold`"):
        read_rules("thresold: 5")


def test_rules_that_are_not_yaml_are_refused_in_words():
    with pytest.raises(ValueError, match="not YAML"):
        read_rules("a: [")


def test_empty_rules_are_the_strict_ones():
    assert read_rules("") == SheetRules()
    assert SheetRules().rules().threshold == 10


def test_the_protected_table_carries_its_reasons_and_bounds_in_each_row():
    protected = protect([read_counts("GROUP,count\na,7\nb,12\nc,30\n", RULES)])
    rows = list(protected_rows(protected.published[0], protected.proof))
    assert rows[0] == {
        "GROUP": "a",
        "count": "",
        "status": "withheld",
        "why": "primary: fewer than 10",
        "lower": 1,
        "upper": 9,
        "method": "suppression",
        "parameters": "threshold=10 protection=5 zeros=published",
    }
    assert rows[2] == rows[0] | {"GROUP": "c", "count": 30, "status": "published", "why": "", "lower": 30, "upper": 30}
