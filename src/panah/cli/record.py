"""`panah record`: what the Process agreed and who takes part, from the folder `record/` into the hub."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from panah.cli import CommandError
from panah.cli.database import refuse_if_not_migrated, set_up

ROOMS: Final = ("participants", "record", "treaties", "practices", "meetings", "commitments")
"""The rooms that keep a part of the record, in the order in which one leans on another. Each offers in its `service` two
functions, both given the whole folder of the record: `check(folder)`, which gives what is wrong there and needs no database, and
`load(folder)`, which takes it in through the door. The same folder again changes nothing."""

Home = Annotated[Path | None, typer.Option("--home", help="Folder of the record; the one that came with the program.")]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Check and load the record of the Process (on the hub)."
)


@app.command()
def check(home: Home = None) -> None:
    """List everything that is wrong with the record, one a line. Exit status 0: nothing; 1: something; 2: no such folder.

    Needs no database.
    """
    os.environ.setdefault("PANAH_ROLE", "hub")
    set_up("hub")
    folder = _folder(home)
    problems = 0
    for room, service in _rooms():
        for problem in service.check(folder):
            problems += 1
            print(f"{room}: {problem}")
    raise typer.Exit(1 if problems else 0)


@app.command()
def load(home: Home = None) -> None:
    """Take the record into this hub. What is wrong in one room's part is named and left out; the rest is loaded.

    The same record again changes nothing. Exit status 0: all is loaded; 1: something is wrong; 2: no such folder.
    """
    set_up("hub")
    refuse_if_not_migrated()
    from panah.foundation.door.service import DoorError

    folder = _folder(home)
    wrong = False
    for room, service in _rooms():
        problems = [str(problem) for problem in service.check(folder)]
        if not problems:
            try:
                print(f"{room}: {_told(service.load(folder))}", flush=True)
            except DoorError as refusal:
                problems = [str(refusal)]
        for problem in problems:
            print(f"{room}: {problem}", file=sys.stderr)
        wrong = wrong or bool(problems)
    raise typer.Exit(1 if wrong else 0)


def _folder(home: Path | None) -> Path:
    from panah.hub.loadings.service import record_home

    found = home or record_home()
    if not found.is_dir():
        print(f"panah: {found} is no folder. Give the folder of the record with --home.", file=sys.stderr)
        raise typer.Exit(2)
    return found


def _rooms() -> Iterator[tuple[str, Any]]:
    """The rooms of this program that keep a part of the record, with their services."""
    found = False
    for room in ROOMS:
        if find_spec(f"panah.hub.{room}.service") is None:
            continue
        service = importlib.import_module(f"panah.hub.{room}.service")
        if hasattr(service, "check") and hasattr(service, "load"):
            found = True
            yield room, service
    if not found:
        raise CommandError("No room of this program keeps a part of the record. Install the program again.")


def _told(outcome: Any) -> str:
    """What a room says of its loading: the numbers in its receipt."""
    result = getattr(outcome, "result", outcome)
    if not isinstance(result, Mapping):
        return "loaded"
    said = ", ".join(f"{name} {value}" for name, value in result.items() if name != "new")
    return f"{said or 'loaded'}{'' if result.get('new', True) else '; nothing was changed'}"
