"""What the check finds: each way in which a pack can be wrong, made by spoiling Examplia."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from panah.cores.lawbook import Citation, Value, load_pack
from panah.cores.lawbook.checking import check, check_folder
from panah.cores.lawbook.checking.floor import keeps

Spoil = Callable[[str, str, str], Path]
DECISION = "xx/parameters/asylum/first_decision.yaml"
REFORM = '  - from: "2021-07-01"\n    value: "40"'


def problems(packs: Path) -> list[str]:
    return [str(problem) for problem in check_folder(packs, ["xx"], with_floor=False) if not problem.warning]


def only(packs: Path) -> str:
    found = problems(packs)
    assert len(found) == 1, found
    return found[0]


def test_examplia_is_clean(packs: Path) -> None:
    assert problems(packs) == []
    assert [problem for problem in check(load_pack("xx", packs)) if not problem.warning] == []


def test_an_unknown_key_is_named_with_the_keys_that_exist(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "binds: authority", "binds: authority\nsuspendd_by: [illness]")
    assert only(packs).startswith(f"{DECISION}: top level: unknown key; found 'suspendd_by'; allowed: binds, ")


def test_a_missing_key_is_named_with_its_meaning(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "version_chosen_by: registration\n", "")
    line = only(packs)
    assert "the key 'version_chosen_by' is missing" in line


def test_a_wrong_word_is_named_with_the_words_that_exist(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "unit: working_days", "unit: fortnights")
    assert any(
        "unit: not a word of the list; found 'fortnights'; allowed: hours, calendar_days" in line
        for line in problems(packs)
    )


def test_a_number_that_is_none_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, 'value: "40"', 'value: "forty"')
    assert "values 2 value: 'forty' does not match" in only(packs)


def test_a_key_that_does_not_belong_to_a_figure_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/parameters/labour/quota.yaml", "unit: percent", "unit: percent\nruns_from: arrival")
    assert "a key does not belong to this kind; found 'arrival'" in only(packs)


def test_a_value_and_its_absence_at_once_are_refused(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '    value: "40"', '    value: "40"\n    unknown: Nobody knows.')
    assert "values 2" in only(packs)


def test_a_comma_without_quotes_in_a_title_is_explained(packs: Path, spoil: Spoil) -> None:
    spoil("xx/bodies/bodies.yaml", '{en: "Office for Refugees"', "{en: Office for Refugees, Capital")
    assert any("A text with a comma inside braces needs quotes" in line for line in problems(packs))


def test_a_key_that_stands_twice_stops_that_pack_alone(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "unit: working_days", "unit: working_days\nunit: months")
    line = only(packs)
    assert "first_decision.yaml, line 5: the key 'unit' stands twice" in line


def test_a_gap_in_time_is_found_on_its_first_day(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '    value: "60"', '    value: "60"\n    until: "2021-05-31"')
    gaps = [line for line in problems(packs) if line.startswith(f"{DECISION}: a gap in time")]
    assert [line.partition("; ")[0] for line in gaps] == [f"{DECISION}: a gap in time: nothing holds on 2021-06-01"]


def test_an_end_without_a_successor_is_a_gap(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '    value: "40"', '    value: "40"\n    until: "2026-12-31"')
    assert "nothing holds on 2027-01-01" in only(packs)


def test_a_declared_absence_of_law_is_no_gap(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '    value: "60"', '    value: "60"\n    until: "2021-05-31"')
    declared = '  - from: "2021-06-01"\n    not_in_force: Forgotten.\n    citation: {source: xx-reform-act-2021}\n'
    spoil(DECISION, REFORM, declared + REFORM)
    spoil(
        "xx/cases/deadlines.yaml",
        'expect: {due: "2021-09-23", value: "60"}',
        "expect: {unknown: asylum/first_decision}",
    )
    assert problems(packs) == []


def test_an_overlap_in_time_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '    value: "60"', '    value: "60"\n    until: "2021-08-31"')
    found = problems(packs)
    assert any(
        "an overlap in time: 2 values hold on 2021-07-01; found those from 2014-03-01 and 2021-07-01" in line
        for line in found
    )


def test_two_values_from_one_day_are_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '"2021-07-01"', '"2014-03-01"')
    assert any("a value ends before it begins" in line for line in problems(packs))


def test_a_fact_that_is_not_in_the_list_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "runs_from: registration", "runs_from: full_moon")
    assert any("the fact is not in the list; found 'full_moon'" in line for line in problems(packs))


def test_a_cause_that_is_not_in_the_list_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "[interpreter_unavailable, illness]", "[interpreter_unavailable, illness, holidays]")
    assert "the cause is not in the list; found 'holidays'" in only(packs)


def test_a_term_of_nothing_cannot_count_its_first_day(packs: Path, spoil: Spoil) -> None:
    spoil("xx/parameters/detention/maximum.yaml", 'value: "1"', 'value: "0"')
    assert any("a term of nothing cannot count its first day" in line for line in problems(packs))


def test_a_citation_that_leads_nowhere_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "source: xx-reform-act-2021", "source: xx-reform-act-2022")
    assert "values 2 citation: the source is not described; found 'xx-reform-act-2022'" in only(packs)


def test_a_value_without_citation_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '    citation: {source: xx-reform-act-2021, article: "2"}\n', "")
    assert "values 2: the key 'citation' is missing" in only(packs)


def test_nothing_is_better_verified_than_its_source(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, '{source: xx-reform-act-2021, article: "2"}', "{source: panah-design}")
    assert "verified yes rests on a source that is not verified; found 'panah-design'" in only(packs)


def test_a_value_below_the_floor_is_found_on_the_first_day_on_which_it_is(packs: Path, spoil: Spoil) -> None:
    spoil("xx/parameters/trafficking/reflection_period.yaml", 'value: "45"', 'value: "29"')
    found = [line for line in problems(packs) if "less favourable than the floor" in line]
    assert [line.split(" on ")[1][:10] for line in found] == ["2016-10-15"]
    assert "found 29 calendar_days; allowed: at least 30 calendar_days" in found[0]


def test_a_pack_cannot_take_the_floors_value_away(packs: Path, spoil: Spoil) -> None:
    old = '    value: "90"\n    citation: {source: xx-reform-act-2021, article: "7"}\n    verified: yes'
    new = "    not_in_force: Abolished.\n    citation: {source: xx-reform-act-2021}"
    spoil("xx/parameters/trafficking/reflection_period.yaml", old, new)
    assert any("takes away the floor's value" in line for line in problems(packs))


@pytest.mark.parametrize(
    ("amount", "unit", "least", "least_unit", "direction", "kept"),
    [
        ("1", "months", "30", "calendar_days", "at_least", False),
        ("2", "months", "30", "calendar_days", "at_least", True),
        ("30", "working_days", "30", "calendar_days", "at_least", True),
        ("720", "hours", "30", "calendar_days", "at_least", True),
        ("2", "calendar_days", "48", "hours", "at_most", True),
        ("3", "calendar_days", "48", "hours", "at_most", False),
        ("1", "months", "31", "calendar_days", "at_most", True),
        ("1", "months", "30", "calendar_days", "at_most", False),
        ("5", "working_days", "7", "calendar_days", "at_most", None),
        ("5", "working_days", "5", "working_days", "at_most", True),
        ("3", "calendar_days", "5", "working_days", "at_most", None),
    ],
)
def test_a_floor_is_kept_even_in_the_least_favourable_month(
    amount: str, unit: str, least: str, least_unit: str, direction: str, kept: bool | None
) -> None:
    def value(number: str, of: str) -> Value:
        return Value(date(2020, 1, 1), None, "value", number, of, Citation("an-act"), verified=True)

    assert keeps(value(amount, unit), value(least, least_unit), direction) is kept


def test_a_code_without_body_is_found_on_the_day_it_begins(packs: Path, spoil: Spoil) -> None:
    spoil("xx/bodies/bodies.yaml", '        from: "2021-07-01"', '        from: "2021-08-01"')
    found = problems(packs)
    assert any(line.startswith("xx/bodies: asylum_authority on 2021-07-01: no body is competent") for line in found)
    assert not any("statelessness_authority" in line for line in found)  # the floor's unnamed body stands in


def test_two_bodies_for_one_code_and_day_are_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/bodies/bodies.yaml", '        until: "2021-06-30"\n', "")
    assert any("asylum_authority on 2021-07-01: two bodies are competent" in line for line in problems(packs))


def test_a_body_for_a_code_declared_absent_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(
        "xx/bodies/bodies.yaml", "to: [ethnic_return_authority]", "to: [ethnic_return_authority, migration_authority]"
    )
    assert "migration_authority on 2014-03-01: declared absent and yet a body is competent" in only(packs)


def test_a_body_that_stands_twice_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/bodies/bodies.yaml", "id: xx-child-ombudsperson", "id: unhcr-office")
    assert any("a body stands 2 times; found 'unhcr-office'" in line for line in problems(packs))


def test_a_place_in_a_province_that_does_not_exist_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/places/places.yaml", "    province: XX-01\n    status: open", "    province: XX-09\n    status: open")
    assert "'EXA' lies in a province that the pack does not describe; found 'XX-09'" in only(packs)


def test_a_missing_translation_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, "  ru: Срок решения по просьбе об убежище\n", "")
    assert only(packs) == f"{DECISION}: what: the text in 'ru' is missing; Add it."


def test_a_hole_in_a_translation_table_is_found(packs: Path) -> None:
    folder = packs / "xx/translations"
    folder.mkdir()
    (folder / "leaflets.csv").write_text("id,note,en,ru\nhello,Greeting,Hello,\nhello,,Hi,Привет\n", encoding="utf-8")
    assert [line.split(": ", 1)[1] for line in problems(packs)] == [
        "line 2: 'hello' has no text in 'ru'; Add it.",
        "line 3: the id stands twice; found 'hello'; Keep one row.",
    ]


def test_a_calendar_that_ends_this_year_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/pack.yaml", 'version: "2026-11-21"', 'version: "2028-11-21"')
    assert "the holidays of 2029 are not known" in only(packs)


def test_a_void_review_is_found(packs: Path) -> None:
    entry = "{file: pack.yaml, digest: " + "0" * 64 + ', reviewer: Invented Lawyer, role: lawyer, "on": "2026-11-21"}'
    (packs / "xx/reviews.yaml").write_text(f"reviews:\n  - {entry}\n", encoding="utf-8")
    assert "the review of 'xx/pack.yaml' by Invented Lawyer is void" in only(packs)


def test_a_review_of_a_file_that_is_gone_is_found(packs: Path) -> None:
    entry = "{file: gone.yaml, digest: " + "0" * 64 + ', reviewer: Invented Lawyer, role: lawyer, "on": "2026-11-21"}'
    (packs / "xx/reviews.yaml").write_text(f"reviews:\n  - {entry}\n", encoding="utf-8")
    assert "the reviewed file does not exist" in only(packs)


def test_a_case_that_comes_out_otherwise_shows_both_answers(packs: Path, spoil: Spoil) -> None:
    spoil(DECISION, 'value: "40"', 'value: "41"')
    found = problems(packs)
    assert any(
        "comes out otherwise; found due 2021-08-27, value 41; allowed: due 2021-08-26, value 40" in line
        for line in found
    )


def test_a_case_with_a_fact_nobody_knows_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/cases/deadlines.yaml", 'given: {registration: "2021-06-30"}', 'given: {registrasion: "2021-06-30"}')
    assert "unknown fact; found registrasion" in only(packs)


def test_a_folder_that_is_none_of_a_pack_is_found(packs: Path) -> None:
    shutil.copytree(packs / "xx/bodies", packs / "xx/mayors")
    assert "xx/mayors/bodies.yaml: the folder is not one of a pack" in only(packs)


def test_a_case_of_an_unknown_kind_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/cases/deadlines.yaml", "kind: deadline", "kind: riddle")
    assert "no such kind of case; found 'riddle'" in only(packs)


def test_a_pack_under_another_folders_name_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/pack.yaml", "code: xx", "code: yy")
    assert "the code is not the name of the folder; found 'yy'; allowed: 'xx'" in only(packs)


def test_a_fault_in_the_floor_is_told_once_however_many_packs_lie_over_it(packs: Path, spoil: Spoil) -> None:
    shutil.copytree(packs / "xx", packs / "xy")
    spoil("xy/pack.yaml", "code: xx", "code: xy")
    spoil("_floor/parameters/trafficking/reflection_period.yaml", "binds: authority", "binds: nobody")
    found = [problem for problem in check_folder(packs) if problem.path.endswith("trafficking/reflection_period.yaml")]
    assert [problem.path for problem in found] == ["_floor/parameters/trafficking/reflection_period.yaml"]


def test_a_folder_without_schemas_says_so(packs: Path) -> None:
    shutil.rmtree(packs / "_schema")
    assert "the folder of schemas is missing" in only(packs)
