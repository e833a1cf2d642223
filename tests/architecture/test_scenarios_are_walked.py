"""The page of the scenarios names tests that are there, one for each of the ten, and each goes every way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.journeys.conftest import WAYS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/explanation/scenarios.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/journeys/\w+\.py)::(test_\w+)`", PAGE)


def test_each_of_the_ten_scenarios_has_a_line_and_a_test_of_its_number() -> None:
    lines = re.findall(r"^\| (\d+) \|.*::test_(\d+)_\w+` \|$", PAGE, flags=re.M)
    assert lines == [(str(n), str(n)) for n in range(1, 11)]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _path, name in NAMED])
def test_each_named_test_is_there_and_goes_every_way(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
    assert len(found) == 1, f"{path} has no {name}"
    taken = {argument.arg for argument in found[0].args.args}
    assert taken & {"story", "story_in"}, "the fixtures by which a story is told every way"


def test_the_fixtures_tell_a_story_every_way() -> None:
    assert [one.id for one in WAYS] == ["pages", "rest", "browser"]
    conftest = (ROOT / "tests/journeys/conftest.py").read_text(encoding="utf-8")
    assert "@pytest.fixture(params=WAYS)\ndef way(" in conftest
    for name in ("story", "story_in"):
        assert f"def {name}(way: Driver" in conftest


def test_no_named_story_is_kept_from_the_browser() -> None:
    for path, name in NAMED:
        source = (ROOT / path).read_text(encoding="utf-8").partition(f"def {name}(")[0]
        above = source.rpartition("\n\n\n")[2]
        assert "BY_WORDS" not in above
