"""Only a room's actions write, only the clock room asks the time, and no check can be skipped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_origin

from panah.foundation.access.service import permission_names
from panah.foundation.door.service import Action, action_types

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "panah"

# The foundation's own writers, under the door: the journal, the keys, the notices, the receipt of an action.
UNDER_THE_DOOR = {
    "foundation/journal/service.py",
    "foundation/keys/service.py",
    "foundation/notices/service.py",
    "foundation/notices/tasks.py",
    "foundation/door/service.py",
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "_raw_delete"}


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def writes(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls that change rows: on a manager or queryset (`….objects…`), or `save` and `delete` of an instance."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            text = ast.unparse(node.func)
            on_rows = ".objects" in text or "_set." in text or ".grants." in text
            if (
                (node.func.attr in WRITES and on_rows)
                or (node.func.attr == "update" and on_rows)
                or text.endswith(("row.save", "file.save", ".delete"))
            ):
                yield node


def test_only_actions_write_to_the_tables():
    found = [
        f"{name}:{call.lineno} {ast.unparse(call.func)}"
        for name, tree in modules("foundation", "node", "hub", "portal", "web")
        if name not in UNDER_THE_DOOR and not re.search(r"(^|/)actions(/|\.py)", name)
        for call in writes(tree)
    ]
    assert found == [], "Write in the room's actions.py, through an action, and nowhere else."


def test_only_the_clock_room_asks_what_time_it_is():
    asks = re.compile(r"(datetime\.now|datetime\.utcnow|date\.today|timezone\.now|time\.time)\(")
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and path.relative_to(SOURCE).as_posix() != "foundation/clock/__init__.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asks.search(line) and "cli/" not in path.relative_to(SOURCE).as_posix()
    ]
    assert found == [], "Take the time as an argument; at the edge, from panah.foundation.clock.now()."


def test_no_action_carries_a_flag_that_skips_a_check():
    flags = re.compile(r"(skip|force|bypass|override|unsafe|no_check|dry)")
    found = [f"{kind.code}.{name}" for kind in action_types() for name in kind.model_fields if flags.search(name)]
    assert found == []


def test_every_action_needs_a_permission_that_a_room_declares():
    undeclared = {f"{kind.code} needs {kind.needs}" for kind in action_types() if kind.needs not in permission_names()}
    assert undeclared == set()


def test_action_codes_are_unique_and_begin_with_their_room():
    codes = [kind.code for kind in action_types() if kind.__module__.startswith("panah.")]
    assert len(codes) == len(set(codes))
    for kind in action_types():
        if kind.__module__.startswith("panah."):
            room = kind.__module__.split(".")[
                2 if kind.__module__.split(".")[1] in {"foundation", "node", "hub"} else 1
            ]
            assert kind.code.split(".")[0] == room, kind.code


def test_the_journal_shows_in_the_clear_only_ids_codes_and_numbers():
    """Free text of an action about a person is sealed; open are ids, codes, booleans and counts. Where any text would fit, no code is kept:
    a handler that looks away writes a sentence about the person into the clear."""
    suspicious = re.compile(r"(name|remark|text|story|note|birth|document|answer|value|email|phone|address)")
    found = []
    for kind in action_types():
        if not kind.__module__.startswith("panah."):
            continue
        about_a_person = kind.__module__.startswith("panah.node.") and kind.subject is not Action.subject
        for field in sorted(kind.open_fields):
            said = kind.model_fields[field]
            closed = get_origin(said.annotation) is Literal
            if suspicious.search(field) and not closed:
                found.append(f"{kind.code}.{field} sounds like a person's own")
            if about_a_person and said.annotation is str and not any(map(_takes_a_code_alone, said.metadata)):
                found.append(f"{kind.code}.{field} takes any text")
    assert found == []


def _takes_a_code_alone(constraint: Any) -> bool:
    pattern = getattr(constraint, "pattern", None)
    return pattern is not None and re.search(pattern, "She told of it") is None


def test_node_and_hub_meet_only_in_contracts():
    for name, tree in modules("node", "hub"):
        other = "panah.hub" if name.startswith("node/") else "panah.node"
        for node in ast.walk(tree):
            imported = node.module if isinstance(node, ast.ImportFrom) else ""
            assert not (imported or "").startswith(other), f"{name} imports {imported}"


def test_a_room_enters_another_only_by_its_service():
    allowed = re.compile(r"^panah\.(node|hub)\.\w+(\.service)?$")
    found = []
    for name, tree in modules("node", "hub"):
        room = ".".join(["panah", *name.split("/")[:2]])
        for node in ast.walk(tree):
            module = node.module if isinstance(node, ast.ImportFrom) and node.module else ""
            if not re.match(r"^panah\.(node|hub)\.\w+", module) or module.startswith(room):
                continue
            names = [alias.name for alias in node.names]
            ok = (
                module.endswith(".service")
                or (allowed.match(module) and names == ["service"])
                or len(name.split("/")) == 2
            )
            if not ok:
                found.append(f"{name} imports {names} from {module}")
    assert found == []


def test_files_and_functions_stay_small():
    long_files = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in SOURCE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    ]
    long_functions = [
        f"{name}: {node.name} {node.end_lineno - node.lineno + 1}"
        for name, tree in modules("cores", "foundation", "node", "hub", "web", "cli")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 70
    ]
    assert long_files == []
    assert long_functions == []
