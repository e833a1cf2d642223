"""What the check finds in rules: what can never fire, what forbids what it proposes, what takes from the floor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from panah.cores.lawbook.checking import check_folder

Spoil = Callable[[str, str, str], Path]
CITED = "    citations: [{source: xx-reform-act-2021}]\n    verified: no\n"


def problems(packs: Path, code: str = "xx") -> list[str]:
    return [str(problem) for problem in check_folder(packs, [code], with_floor=False) if not problem.warning]


def rule(packs: Path, when: str, kind: str = "rules", head: str = "", gives: str = "") -> None:
    """One more rule of Examplia, in a file of its own."""
    given = gives or ("    gives: {profile: stranded}\n" if kind == "rules" else "")
    text = f"{head}rules:\n  - id: xx.test.rule\n{given}    when: {when}\n{CITED}"
    (packs / "xx" / kind).mkdir(exist_ok=True)
    (packs / "xx" / kind / "added.yaml").write_text(text, encoding="utf-8")


def test_a_rule_that_can_fire_is_no_problem(packs: Path) -> None:
    rule(packs, "{all: [{is: {return.stranded: yes}}, {not: {is: {return.has_means: yes}}}]}")
    assert problems(packs) == []


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{is: {return.stranded: yes}}, {is: {return.stranded: no}}]}",
        "{all: [{is: {return.stranded: yes}}, {unknown: return.stranded}]}",
        "{all: [{at_least: {person.age: '18'}}, {below: {person.age: '18'}}]}",
        "{all: [{includes: {purpose: work}}, {empty: purpose}]}",
        "{all: [{includes: {purpose: work}}, {not: {includes_any: {purpose: [work, study]}}}]}",
        "{all: [{holds: child}, {not: {holds: child}}]}",
        "{all: [{found: {need: CR}}, {none_found: {need: any}}]}",
        "{not: {answered: purpose}}",
        "{when: {is: {return.stranded: yes}}, except_when: {answered: return.stranded}}",
        "{all: [{any: [{is: {return.stranded: yes}}, {is: {return.stranded: no}}]}, {unknown: return.stranded}]}",
        "{all: [{defined: says_return_is_safe}, {is: {protection.fears_return: yes}}]}",
    ],
)
def test_a_condition_whose_parts_contradict_each_other_is_found(packs: Path, when: str) -> None:
    rule(packs, when)
    [line] = problems(packs)
    assert line.startswith("xx/rules/added.yaml: rule 'xx.test.rule': the condition can never be true; found ")


@pytest.mark.parametrize(
    "when",
    [
        "{is: {return.stranded: unknown}}",
        "{is: {return.stranded: refused}}",
        "{at_least: {person.age_estimate: '131'}}",
        "{below: {travel.companions: '0'}}",
    ],
)
def test_a_value_that_no_answer_can_have_is_found(packs: Path, when: str) -> None:
    rule(packs, when)
    assert ["the condition can never be true" in line for line in problems(packs)] == [True]


def test_a_value_outside_the_fields_list_is_found_with_the_list(packs: Path) -> None:
    rule(packs, "{is: {entry.mode: teleported}}")
    [line] = problems(packs)
    assert line.startswith("xx/rules/added.yaml: rule 'xx.test.rule': entry.mode cannot be 'teleported'; allowed are ")


def test_a_rule_whose_own_question_is_skipped_under_it_is_found(packs: Path) -> None:
    rule(packs, "{all: [{is: {health.pregnant: no}}, {at_least: {health.pregnancy_weeks: '36'}}]}")
    [line] = problems(packs)
    assert "a question that the condition needs is skipped whenever the rest of it is true" in line


def test_proposing_the_consulate_where_no_contact_is_allowed_is_found(packs: Path) -> None:
    rule(packs, "{found: {profile: asylum_seeker}}", kind="pathways", head="to: own_consulate\n")
    found = problems(packs)
    assert any(
        "'xx.test.rule' proposes own_consulate in cases in which 'no_consular_contact.claim'" in x for x in found
    )


def test_proposing_the_consulate_is_no_problem_where_the_safeguards_cannot_stand(packs: Path) -> None:
    refused = "{any: [{defined: protection_claim}, {defined: temporary_protection_elsewhere}, {holds: own_national}]}"
    when = f"{{when: {{all: [{{defined: asked_for_consulate}}, {{found: {{profile: stranded}}}}]}}, except_when: {refused}}}"
    rule(packs, when, kind="pathways", head="to: own_consulate\n")
    assert problems(packs) == []


def test_consent_said_by_a_pack_is_found(packs: Path) -> None:
    head = "to: iom\nconsent: {citation: {source: xx-reform-act-2021}}\n"
    rule(packs, "{found: {profile: stranded}}", kind="pathways", head=head)
    [line] = problems(packs)
    assert line.startswith("xx/pathways/added.yaml: what consent a referral needs is said by the floor")


def test_hours_later_than_the_floors_target_are_found(packs: Path) -> None:
    head = "to: child_protection\nsooner: [{when: {holds: child}, hours: '900'}]\n"
    rule(packs, "{holds: child}", kind="pathways", head=head)
    [line] = problems(packs)
    assert "sooner 1: later than the floor or the target of the referral already says; found 900 hours" in line


def test_a_definition_of_the_floor_changed_by_a_pack_is_found(packs: Path) -> None:
    head = "definitions: {fear_of_return: {means: {is: {protection.fears_return: no}}}}\n"
    rule(packs, "{holds: child}", head=head)
    [line] = problems(packs)
    assert "'fear_of_return' is defined twice; a definition cannot be changed by a pack" in line


def test_guards_taken_from_a_safeguard_are_found(packs: Path) -> None:
    head = "safeguard: no_consular_contact\nguards: [G1]\n"
    rule(packs, "{holds: child}", kind="safeguards", head=head)
    assert any(
        "would take guards from the floor's safeguard; found G1; allowed: at least G5" in x for x in problems(packs)
    )


def test_a_skip_that_can_never_be_is_found_in_the_floor(packs: Path, spoil: Spoil) -> None:
    path = next(packs.glob("_floor/questions/60*.yaml")).relative_to(packs).as_posix()
    spoil(path, "skip_when: {is: {needs.no_shelter: no}}", "skip_when: {is: {needs.no_shelter: unknown}}")
    lines = [str(problem) for problem in check_folder(packs, []) if not problem.warning]
    assert [line.split(";")[0] for line in lines] == [
        f"{path}: question 'H12' skip_when: the condition can never be true"
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("binds: authority", "binds: person", "binds"),
        ("runs_from: identification", "runs_from: decision", "runs_from"),
        ("binds: authority", "binds: authority\ncounts_first_day: yes", "counts_first_day"),
    ],
)
def test_a_floor_lowered_without_touching_its_number_is_found(
    packs: Path, spoil: Spoil, old: str, new: str, key: str
) -> None:
    spoil("xx/parameters/trafficking/reflection_period.yaml", old, new)
    assert any(f"{key} departs from the floor's" in line for line in problems(packs))


def test_a_rule_of_the_floor_has_no_dates(packs: Path, spoil: Spoil) -> None:
    spoil(
        "_floor/safeguards/no_removal.yaml",
        "  - id: no_removal.claim\n",
        '  - id: no_removal.claim\n    from: "2021-07-01"\n',
    )
    assert any("a rule of the floor has no dates" in str(one) for one in check_folder(packs, ["xx"]))


def test_a_rule_that_ends_before_it_begins_is_a_problem(packs: Path) -> None:
    rule(packs, "{is: {return.stranded: yes}}", gives='    from: "2021-07-01"\n    until: "2021-06-30"\n    gives: {profile: stranded}\n')  # fmt: skip
    assert any("before its first day" in one for one in problems(packs))
