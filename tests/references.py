"""Where a reference of the requirements leads: the one judge of whether a requirement still has its link.

Needs an installation with the rooms of node and hub, as the tests have it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from panah.cli import COMMANDS
from panah.foundation.door.service import action_types

ROOT = Path(__file__).resolve().parents[1]


def resolve(reference: str) -> tuple[str, str] | None:
    """Where it leads (a file of the project, or the path of a page) and how it is called; None when it leads nowhere."""
    kind, _colon, said = reference.partition(":")
    return _LOOKS[kind](said) if kind in _LOOKS else None


def _room(said: str) -> tuple[str, str] | None:
    return _there(f"src/panah/{said}", f"src/panah/{said}/apps.py")


def _core(said: str) -> tuple[str, str] | None:
    return _there(f"src/panah/cores/{said}", f"src/panah/cores/{said}/__init__.py")


def _file(said: str) -> tuple[str, str] | None:
    return _there(said, said)


def _there(where: str, witness: str) -> tuple[str, str] | None:
    return (where, "") if (ROOT / witness).exists() else None


def _action(said: str) -> tuple[str, str] | None:
    kind = next((kind for kind in action_types() if kind.code == said), None)
    if kind is None:
        return None
    where = Path(inspect.getfile(kind)).relative_to(ROOT).as_posix()
    return where, re.split(r"(?<=\.)\s", " ".join((kind.__doc__ or "").split()))[0]


def _page(said: str) -> tuple[str, str] | None:
    other, _colon, name = said.rpartition(":")
    route = _routes(f"panah.{other or 'hub'}.urls").get(name)
    return None if route is None else (f"/{route}", "")


def _test(said: str) -> tuple[str, str] | None:
    found = _tests().get(said)
    return (found, said.removeprefix("test_").replace("_", " ")) if found else None


def _command(said: str) -> tuple[str, str] | None:
    known = COMMANDS.get(said)
    return ("src/" + known.where.partition(":")[0].replace(".", "/"), known.summary) if known else None


@cache
def _routes(urlconf: str) -> dict[str, str]:
    def walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and pattern.name:
                yield pattern.name, route

    return dict(walk(get_resolver(urlconf).url_patterns))


@cache
def _tests() -> dict[str, str]:
    """Every test function and the first file that has it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.setdefault(name, path.relative_to(ROOT).as_posix())
    return found


_LOOKS = {
    "room": _room,
    "core": _core,
    "file": _file,
    "action": _action,
    "page": _page,
    "test": _test,
    "command": _command,
}
