"""A folder of packs that a test may spoil: the floor, the schemas and Examplia, copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from panah.cores.lawbook import packs_root


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    for name in ("_schema", "_floor", "xx"):
        shutil.copytree(packs_root() / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def spoil(packs: Path) -> Callable[[str, str, str], Path]:
    """Replace text in one file of the copied packs; the text must be there."""

    def replace(name: str, old: str, new: str) -> Path:
        path = packs / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return replace
