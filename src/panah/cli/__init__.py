"""The `panah` command. Each subcommand is loaded only when it is called, so that the pure ones start without Django.

What each takes and gives is a public interface (docs/reference/cli.md). Exit status: 0 all well, 1 some inputs were bad,
2 wrong usage. Nothing ends in a traceback: a fault of ours is written to a file and named in one sentence.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from panah import __version__


class CommandError(Exception):
    """A command cannot do what was asked; the sentence says why and what to do. Exit status 1."""


@dataclass(frozen=True)
class Command:
    """Where a subcommand lives: `module:function`, or `module:app` for one that has subcommands of its own."""

    where: str
    summary: str


COMMANDS: dict[str, Command] = {
    "screen": Command("panah.cli.screen:screen", "Propose a profile for each interview record."),
    "document": Command("panah.cli.document:document", "Read machine-readable zones of travel documents."),
    "id-number": Command("panah.cli.id_number:id_number", "Check national identity numbers."),
    "lawbook": Command("panah.cli.lawbook:lawbook", "Write a pack as a book for lawyers."),
    "packs": Command("panah.cli.packs:app", "Check the packs of law."),
    "protect": Command("panah.cli.protect:protect", "Protect a table of counts, with proof."),
    "flows": Command("panah.cli.flows:flows", "Estimate who moved from where to where, by several methods."),
    "sdmx": Command("panah.cli.sdmx:app", "Read and validate SDMX files."),
    "envelope": Command("panah.cli.envelope:app", "Open a referral that was sealed for a body, and answer it."),
    "migrate": Command("panah.cli.installation:migrate", "Make or renew the database of this installation."),
    "officer": Command("panah.cli.installation:officer", "Open an account for an officer."),
    "token": Command("panah.cli.installation:token", "Give a program a token for the REST interface (node)."),
    "serve": Command("panah.cli.serve:serve", "Run the web server and the job worker."),
    "worker": Command("panah.cli.installation:worker", "Run the job worker alone."),
    "import": Command("panah.cli.intake:import_file", "Take in a spreadsheet or form submissions (node)."),
    "form": Command(
        "panah.cli.intake:form", "Write the form for Kobo and ODK, a sheet to fill in, or a paper to print (node)."
    ),
    "publish": Command(
        "panah.cli.publish:publish", "Count, protect, sign and hand a period's tables to the hub (node)."
    ),
    "sender": Command("panah.cli.sender:sender", "Let a node's signing key hand tables to this hub (hub)."),
    "figures": Command("panah.cli.figures:app", "Load or remake the producers' figures (hub)."),
    "indicators": Command("panah.cli.indicators:app", "List the 52 indicators, or compute those with figures now."),
    "record": Command("panah.cli.record:app", "Check and load the record of the Process (hub)."),
    "treaties": Command("panah.cli.treaties:app", "Write who is bound by which treaty as CSV."),
    "journal": Command("panah.cli.journal:app", "Verify the journal."),
    "demo": Command("panah.cli.demo:demo", "Show everything with a day of invented arrivals."),
}


class LazyGroup(TyperGroup):
    """Subcommands by name, imported on call."""

    def list_commands(self, ctx: object) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | TyperGroup | None:  # type: ignore[override]
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].where.split(":")
        found = getattr(importlib.import_module(module), attribute)
        app = found
        if not isinstance(found, typer.Typer):
            app = typer.Typer(add_completion=False)
            app.command(cmd_name)(found)
        return get_command(app)  # type: ignore[return-value]

    def format_commands(self, ctx: object, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])


def root() -> TyperGroup:
    """The whole command line."""
    app = typer.Typer(cls=LazyGroup, add_completion=False, no_args_is_help=True, rich_markup_mode=None)
    app.callback(help="Panah: the node of a state and the hub of the Almaty Process.")(_root)
    return get_command(app)  # type: ignore[return-value]


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"panah {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    try:
        root().main(arguments, prog_name="panah")
    except BrokenPipeError:
        # The reader went away (`panah … | head`): nothing of ours is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as fault:
        sys.exit(_tell(fault))


def _tell(fault: Exception) -> int:
    from panah.configuration import ConfigurationError

    known = isinstance(fault, ConfigurationError | OSError) or type(fault).__module__.startswith("panah.")
    if known:
        print(f"panah: {fault}", file=sys.stderr)
        return 1
    with tempfile.NamedTemporaryFile("w", prefix="panah-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
        traceback.print_exception(fault, file=file)
    print(
        f"panah: a fault in Panah itself ({type(fault).__name__}: {fault}). Nothing half-done was kept. "
        f"Details for its makers are in {file.name}; read them before you send them, they may name data.",
        file=sys.stderr,
    )
    return 1
