"""`panah journal`: whether the journal is whole."""

from __future__ import annotations

import sys
import time

import typer

from panah.cli.database import refuse_if_not_migrated, set_up

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Verify and sign the journal.")


@app.command()
def verify() -> None:
    """Read the whole journal and check every line, the head and every signed checkpoint. Exit status 1 when something does not hold."""
    set_up()
    refuse_if_not_migrated()
    from panah.cli.progress import progress
    from panah.foundation.journal import service

    total, _ = service.head()
    began = time.perf_counter()
    with progress("Verifying the journal", total) as at:
        found = service.verify(on_line=at)
    seconds = time.perf_counter() - began
    for broken in found.breaks:
        print(f"line {broken.seq}: {broken.reason}")
    state = "holds" if found.holds else "DOES NOT HOLD"
    print(f"The chain {state}: {found.lines} lines, {found.checkpoints} signed checkpoints, {seconds:.1f} s.")
    if not found.holds:
        print(
            "Stop work, keep this database as it is, and tell the auditor: someone or something changed the record.",
            file=sys.stderr,
        )
        raise typer.Exit(1)


@app.command()
def checkpoint() -> None:
    """Sign the journal as it stands now, and print line, hash and signature, to be kept where this installation cannot reach."""
    set_up()
    refuse_if_not_migrated()
    from panah.foundation.journal import service

    mark = service.checkpoint()
    if mark is None:
        print("Nothing new to sign.")
        return
    print(f"{mark.seq} {bytes(mark.hash).hex()} {bytes(mark.signature).hex()}")


@app.callback()
def _group() -> None:
    pass
