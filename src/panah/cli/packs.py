"""`panah packs`: what a machine can find wrong with the packs of law."""

from __future__ import annotations

from typing import Annotated

import typer

from panah.cores.lawbook import pack_codes, packs_root
from panah.cores.lawbook.checking import check_folder

CODES = "Codes of packs; all of them when none is given."
app = typer.Typer(add_completion=False, no_args_is_help=True, help="Check the packs of law.")


@app.callback()
def packs() -> None:
    """Check the packs of law."""


@app.command("check")
def check(packs: Annotated[list[str] | None, typer.Argument(metavar="[PACK]...", help=CODES)] = None) -> None:
    """List every problem of the packs, one a line. Exit status 0: none, or warnings only; 1: some; 2: no such pack."""
    root = packs_root()
    known = pack_codes(root)
    strange = sorted(set(packs or ()) - set(known))
    if strange or not known:
        typer.echo(
            f"There is no pack {', '.join(strange)} in {root}. The packs are: {', '.join(known) or 'none'}.", err=True
        )
        raise typer.Exit(2)
    problems = check_folder(root, packs or None)
    for problem in problems:
        typer.echo(str(problem))
    raise typer.Exit(1 if any(not problem.warning for problem in problems) else 0)
