"""Nothing that was asked of the screening is forgotten, and the page that says so is not stale."""

from __future__ import annotations

from panah.cores.screening.codes import NEEDS
from panah.cores.screening.fields import FIELD, FIELDS
from tests.packs.coverage import PAGE, carried_by, data, floor_rules, listed, page

STATEMENTS = [one for listing in data()["statements"].values() for one in listing]


def test_every_statement_is_carried_by_rules_that_exist_or_says_why_not() -> None:
    for one in STATEMENTS:
        assert ("rules" in one) != ("why_not" in one), one["says"]
        assert [pattern for pattern in one.get("rules", ()) if not carried_by(pattern)] == [], one["says"]


def test_every_rule_of_the_floor_carries_a_statement() -> None:
    carrying = {id_ for one in STATEMENTS for pattern in one.get("rules", ()) for id_ in carried_by(pattern)}
    assert [rule.id for rule in floor_rules() if rule.kind != "need" and rule.id not in carrying] == []


def test_every_need_has_a_rule_or_a_reason_and_never_both() -> None:
    given = {code for rule in floor_rules() if rule.kind == "need" for code in rule.gives}
    reasons = set(data()["needs_not_supported"])
    assert given | reasons == set(NEEDS)
    assert given & reasons == set()


def test_every_item_of_the_banks_has_fields_or_a_reason_and_every_field_an_item() -> None:
    items = {item: value for item, value in data()["questions"].items() if not isinstance(value, dict)}
    named = {key for fields in items.values() for key in listed(fields)}
    assert named <= set(FIELD)
    beyond = {field.key for field in FIELDS} - named
    assert {key.partition(".")[0] for key in beyond} <= {
        *("child", "exploitation", "labour", "needs", "person", "protection", "return", "travel")
    }


def test_the_codes_of_the_washington_table_are_codes() -> None:
    rows = data()["washington_group"]
    assert len(rows) == 6
    assert {row[key] for row in rows for key in ("lot_of_difficulty", "cannot")} <= set(NEEDS)


def test_the_page_of_coverage_is_the_one_of_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run python -m tests.packs.coverage, which writes the page."
