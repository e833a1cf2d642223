"""`panah screen --overlay`: what a draft of the law would change, in which case, and because of which file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from panah.cli import screen as command
from panah.cores.lawbook import packs_root

RETURNING = {"return": {"stranded": "yes"}, "protection": {"fears_return": "no"}}
CLAIM = {"protection": {"fears_return": "yes"}}
RULE = """
rules:
  - id: xx.draft.stranded_to_labour
    when: {found: {profile: stranded}}
    citations: [{source: xx-reform-act-2021}]
    verified: no
to: labour_authority
"""


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "packs"
    for name in ("_schema", "_floor", "xx"):
        shutil.copytree(packs_root() / name, root / name)
    monkeypatch.setenv("PANAH_PACKS", str(root))
    return root


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    folder = tmp_path / "draft"
    folder.mkdir()
    return folder


def put(draft: Path, name: str, text: str) -> None:
    path = draft / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def changed(packs: Path, draft: Path, name: str, old: str, new: str) -> None:
    """The pack's file in the draft, with one change."""
    text = (packs / "xx" / name).read_text(encoding="utf-8")
    assert old in text
    put(draft, name, text.replace(old, new))


def run(draft: Path, *records: dict[str, Any], more: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]], Any]:
    app = typer.Typer()
    app.command()(command.screen)
    text = "\n".join(
        json.dumps({"id": f"case-{number}", "date": "2026-11-20", **record}) for number, record in enumerate(records, 1)
    )
    result = CliRunner().invoke(app, ["-", "--pack", "xx", "--overlay", str(draft), *more], input=text)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines() if line[:1] == "{"], result


def test_only_cases_that_change_are_written_with_what_comes_and_the_file_behind_it(packs: Path, draft: Path) -> None:
    put(draft, "pathways/draft.yaml", RULE)
    code, lines, result = run(draft, RETURNING, CLAIM)
    assert code == 0
    [line] = lines
    assert line["id"] == "case-1"
    assert [referral["to"] for referral in line["appears"]["referrals"]] == ["labour_authority"]
    assert line["disappears"] == {}
    assert line["because"] == ["xx/pathways/draft.yaml"]
    assert "1 of 2 cases change, 0 of " in result.stderr


def test_a_finding_that_follows_from_a_new_one_is_led_back_to_the_file_that_started_it(
    packs: Path, draft: Path
) -> None:
    text = (
        "rules:\n  - id: xx.draft.claim\n    gives: {profile: stateless_risk}\n    when: {is: {return.stranded: yes}}\n"
    )
    put(draft, "rules/draft.yaml", f"{text}    citations: [{{source: xx-reform-act-2021}}]\n    verified: no\n")
    _, [line], _ = run(draft, RETURNING)
    assert "stateless_risk" in line["appears"]["profiles"]
    assert "no_consular_contact" in line["appears"]["safeguards"]
    assert line["because"] == ["xx/rules/draft.yaml"]


def test_a_referral_that_would_be_due_sooner_goes_and_comes_with_both_days(packs: Path, draft: Path) -> None:
    text = (packs / "_floor/parameters/referral/asylum_authority.yaml").read_text(encoding="utf-8")
    floor = next(line for line in text.splitlines() if line.strip().startswith("value:"))
    sooner = "\n".join(line for line in text.splitlines() if not line.startswith("floor:"))
    put(draft, "parameters/referral/asylum_authority.yaml", sooner.replace(floor, '    value: "1"') + "\n")
    code, lines, _ = run(draft, CLAIM)
    assert code == 0
    [line] = [line for line in lines if "id" in line]
    [gone], [come] = line["disappears"]["referrals"], line["appears"]["referrals"]
    assert gone["to"] == come["to"] == "asylum_authority"
    assert come["due"] < gone["due"]
    assert line["because"] == ["xx/parameters/referral/asylum_authority.yaml"]


def test_worked_deadlines_whose_answer_changes_are_listed(packs: Path, draft: Path) -> None:
    changed(packs, draft, "parameters/asylum/first_decision.yaml", 'value: "40"', 'value: "30"')
    code, lines, result = run(draft, CLAIM)
    assert code == 0
    assert lines
    assert all(line["parameter"] == "asylum/first_decision" for line in lines)
    assert {(line["before"]["value"], line["after"]["value"]) for line in lines} == {("40", "30")}
    assert lines[0]["because"] == ["xx/parameters/asylum/first_decision.yaml"]
    assert f"0 of 1 cases change, {len(lines)} of " in result.stderr


def test_a_draft_that_lowers_the_floor_is_refused_with_the_reason(packs: Path, draft: Path) -> None:
    changed(packs, draft, "parameters/trafficking/reflection_period.yaml", 'value: "45"', 'value: "29"')
    code, lines, result = run(draft, CLAIM)
    assert (code, lines) == (1, [])
    assert "The draft is refused" in result.stderr
    assert "less favourable than the floor" in result.stderr


def test_a_draft_with_a_misspelt_key_is_refused(packs: Path, draft: Path) -> None:
    put(draft, "pathways/draft.yaml", RULE.replace("when:", "wehn:"))
    code, lines, result = run(draft, CLAIM)
    assert (code, lines) == (1, [])
    assert "unknown key; found 'wehn'" in result.stderr


def test_the_pack_itself_is_not_touched(packs: Path, draft: Path) -> None:
    put(draft, "pathways/draft.yaml", RULE)
    before = sorted(path for path in packs.rglob("*"))
    run(draft, RETURNING)
    assert sorted(path for path in packs.rglob("*")) == before


def test_a_line_that_cannot_be_read_is_named_and_the_rest_goes_on(packs: Path, draft: Path) -> None:
    put(draft, "pathways/draft.yaml", RULE)
    code, lines, _ = run(draft, {"health": {"pregnent": "yes"}}, RETURNING)
    assert code == 1
    assert [line["id"] for line in lines] == ["case-1", "case-2"]
    assert "health.pregnent" in lines[0]["error"]


def test_a_table_reads_well(packs: Path, draft: Path, tmp_path: Path) -> None:
    put(draft, "pathways/draft.yaml", RULE)
    target = tmp_path / "out.txt"
    assert run(draft, RETURNING, more=("--format", "table", "-o", str(target)))[0] == 0
    text = target.read_text(encoding="utf-8")
    assert "because of" in text
    assert "to labour_authority (" in text
    assert "xx/pathways/draft.yaml" in text


def test_a_draft_may_say_itself_which_pack_it_is_of(packs: Path, draft: Path) -> None:
    put(draft, "xx/pathways/draft.yaml", RULE)
    app = typer.Typer()
    app.command()(command.screen)
    record = json.dumps({"id": "a", "pack": "xx", "date": "2026-11-20", **RETURNING})
    result = CliRunner().invoke(app, ["-", "--overlay", str(draft)], input=record)
    assert result.exit_code == 0
    assert "1 of 1 cases change" in result.stderr


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_that_is_no_draft_of_a_known_pack_is_wrong_usage(packs: Path, tmp_path: Path, folder: str) -> None:
    app = typer.Typer()
    app.command()(command.screen)
    given = tmp_path / "empty" / folder
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(app, ["-", "--overlay", str(given)], input="").exit_code == 2
