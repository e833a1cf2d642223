"""`panah publish`: count, protect, sign and hand over the tables of a period."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panah.cli import CommandError
from panah.cli.database import refuse_if_not_migrated, set_up

if TYPE_CHECKING:
    from panah.foundation.access.models import Officer
    from panah.node.statistics.service import Prepared, Release


def publish(
    period: Annotated[str, typer.Option(help="A day, like 2026-11-21, or a month, like 2026-11.")],
    by: Annotated[str, typer.Option(help="User name of the national coordinator, whose password is asked for.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count and protect, say what would leave, and keep nothing.")
    ] = False,
    to_file: Annotated[
        Path | None, typer.Option(help="Write the signed message into this folder, to be carried to the hub.")
    ] = None,
    others: Annotated[
        list[Path] | None,
        typer.Option(
            help="An SDMX file of what other states have published, where the hub cannot be asked; several may be given."
        ),
    ] = None,
) -> None:
    """Count a period, protect its tables, sign them as the national coordinator, and hand them to the hub (PANAH_HUB) or
    write them to a folder. The receipt of a message that was carried is kept with `panah sender receipt FILE`."""
    set_up(role="node")
    refuse_if_not_migrated()
    from django.conf import settings

    from panah.foundation.door.service import DoorError
    from panah.node.statistics import service

    try:
        code = service.period_of(period).code
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error
    carried = [path.read_bytes() for path in others] if others else None
    try:
        if dry_run:
            _say(service.prepared(service.period_of(code), service.published(code, carried)))
            print("Nothing was kept, and nothing left.")
            return
        if to_file is None and not settings.PANAH_HUB:
            raise CommandError(
                "No hub is named. Set PANAH_HUB, or write the message to a folder with `--to-file FOLDER`."
            )
        release = _signed(code, _coordinator(by), carried)
        if release is None:
            return
    except (DoorError, ValueError) as error:
        raise CommandError(str(error)) from error
    print(f"Signed: {release.period}, revision {release.revision}, message {release.message_id}.")
    if to_file is not None:
        print(f"Written: {service.write_file(release, to_file)}")
    if settings.PANAH_HUB:
        _hand_over(release)


def _signed(period: str, officer: Officer, carried: list[bytes] | None) -> Release | None:
    """The signed release; None when readers hold these very tables already."""
    from panah.cli.progress import progress
    from panah.foundation.door.service import Refused
    from panah.node.statistics import service

    with progress(f"Counting and protecting {period}", None):
        try:
            release = service.prepare(period, officer, carried)
        except Refused as refusal:
            if refusal.code != "unchanged":
                raise
            print(refusal)
            return None
    for table in service.tables_of(release):
        _line(table.name, len(table.cells), sum(cell.count is None for cell in table.cells))
    return service.sign(release, officer)


def _hand_over(release: Release) -> None:
    from panah.node.statistics import service

    after = service.hand_over(release)
    if after.state == service.Release.State.SIGNED:
        raise CommandError(f"{after.failure} The message is kept, and the worker offers it again.")
    for problem in after.problems:
        print(
            f"{problem['code']}: {problem['place']}: found {problem['found']}; allowed: {problem['allowed']}",
            file=sys.stderr,
        )
    if after.state == service.Release.State.REFUSED:
        raise CommandError("The hub refused the tables. What it found is above; mend it and publish again.")
    print("The hub has received them, and its signed receipt is kept.")


def _say(found: Prepared) -> None:
    for table in found.protected.published:
        _line(table.name, len(table.cells), sum(cell.count is None for cell in table.cells))
    print(f"Proof: {found.protected.proof.digest}")


def _line(name: str, cells: int, withheld: int) -> None:
    print(f"{name}: {cells} cells, {withheld} withheld")


def _coordinator(username: str) -> Officer:
    """The officer with this name and password. Signing is their own act, so nobody else's account will do."""
    from panah.foundation.access.models import Officer

    at_terminal = sys.stdin.isatty()
    if not username and not at_terminal:
        raise typer.BadParameter("Name the national coordinator who signs.", param_hint="--by")
    username = username or input("User name of the national coordinator: ")
    password = getpass.getpass("Password: ") if at_terminal else sys.stdin.readline().rstrip("\n")
    officer = Officer.objects.filter(username=username, is_active=True).first()
    if officer is None or not officer.check_password(password):
        raise CommandError("The user name and the password do not belong together.")
    return officer
