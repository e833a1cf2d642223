"""Packs that do not lie in the packs folder: an earlier edition to compare with, or a draft laid over a pack.

Each is put together in a folder of its own that goes away afterwards; the packs themselves are never touched.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from panah.cores.lawbook import packs_root

FLOOR = "_floor"
SCHEMAS = "_schema"


@contextmanager
def edition(folder: str, code: str, option: str) -> Iterator[Path]:
    """A packs folder that holds an earlier edition of a pack, over the floor beside it or, where none lies there, today's."""
    given = _folder(folder, option)
    if not (given / "pack.yaml").is_file() and (given / code / "pack.yaml").is_file():
        given = given / code
    if not (given / "pack.yaml").is_file():
        raise typer.BadParameter(
            f"'{folder}' holds no pack.yaml. Name the folder of an earlier edition of '{code}'.", param_hint=option
        )
    with _copied(code, own=given, floor=given.parent / FLOOR) as root:
        yield root


@contextmanager
def laid_over(folder: str, code: str, option: str) -> Iterator[Path]:
    """A packs folder in which the files of a draft replace those of the same path in a pack, and new ones are added.

    The draft may also hold a folder named as the pack, and `_floor` beside it for a draft of the floor.
    """
    given = _folder(folder, option)
    with _copied(code, own=packs_root() / code, floor=packs_root() / FLOOR) as root:
        parts = {name: given / name for name in (code, FLOOR) if (given / name).is_dir()} or {code: given}
        for name, part in parts.items():
            shutil.copytree(part, root / name, dirs_exist_ok=True)
        yield root


def files_of(folder: str, code: str) -> tuple[str, ...]:
    """The files that a draft brings, by their path in the packs folder, sorted."""
    given = Path(folder)
    parts = {name: given / name for name in (code, FLOOR) if (given / name).is_dir()} or {code: given}
    return tuple(
        sorted(
            f"{name}/{path.relative_to(part).as_posix()}"
            for name, part in parts.items()
            for path in part.rglob("*")
            if path.is_file()
        )
    )


@contextmanager
def _copied(code: str, own: Path, floor: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="panah-packs-") as name:
        root = Path(name)
        shutil.copytree(packs_root() / SCHEMAS, root / SCHEMAS)
        shutil.copytree(floor if floor.is_dir() else packs_root() / FLOOR, root / FLOOR)
        shutil.copytree(own, root / code)
        yield root


def _folder(name: str, option: str) -> Path:
    given = Path(name)
    if not given.is_dir():
        raise typer.BadParameter(f"'{name}' is not a folder. Name a folder with files of a pack.", param_hint=option)
    return given
