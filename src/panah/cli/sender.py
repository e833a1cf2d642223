"""`panah sender`: which keys the hub and the nodes believe, and receipts that were carried by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from panah.cli import CommandError
from panah.cli.database import refuse_if_not_migrated, set_up

# A key is base64url and may begin with a hyphen; that must not be read as an option.
KEY_MAY_BEGIN_WITH_A_HYPHEN = {"ignore_unknown_options": True}

sender = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Keys by which the hub and the nodes know each other."
)


@sender.command()
def key() -> None:
    """Print this installation's id and public key, to be told to the other side by another way than the one they secure."""
    _ready()
    from panah.cores.exchange.submission import key_id, text_of_key
    from panah.foundation.keys import service as keys

    public = text_of_key(keys.signing_public_key())
    print(f"{key_id(public)} {public}")


@sender.command(context_settings=KEY_MAY_BEGIN_WITH_A_HYPHEN)
def add(
    state: Annotated[str, typer.Argument(help="Alpha-3 code of the state, for example KAZ.")],
    public_key: Annotated[str, typer.Argument(help="What `panah sender key` prints last on the node.")],
    valid_from: Annotated[
        datetime | None, typer.Option(help="First moment, in UTC. Now, when it is not given.")
    ] = None,
    valid_to: Annotated[datetime | None, typer.Option(help="Last moment, in UTC.")] = None,
) -> None:
    """On the hub: take in what is signed with this key as the word of a state."""
    _ready("hub")
    from panah.foundation.door.service import DoorError
    from panah.hub.intake import service

    try:
        added = service.add_sender(
            state.upper(), public_key, valid_from=_in_utc(valid_from), valid_to=_in_utc(valid_to)
        )
    except (DoorError, ValueError) as error:
        raise CommandError(str(error)) from error
    print(f"{state.upper()} may hand in tables signed with the key {added}.")


@sender.command("list")
def list_senders() -> None:
    """On the hub: print state, key id, first and last moment of every key, one a line."""
    _ready("hub")
    from panah.hub.intake import service

    for one in service.senders():
        ends = one.valid_to.isoformat() if one.valid_to else "-"
        print(f"{one.state} {one.key_id} {one.valid_from.isoformat()} {ends}")


@sender.command(context_settings=KEY_MAY_BEGIN_WITH_A_HYPHEN)
def withdraw(key_id: Annotated[str, typer.Argument(help="Id of the key.")]) -> None:
    """On the hub: take in nothing more that is signed with this key. What was published stays."""
    _ready("hub")
    from panah.foundation.door.service import DoorError
    from panah.hub.intake import service

    try:
        service.withdraw_sender(key_id)
    except DoorError as error:
        raise CommandError(str(error)) from error
    print("The key is withdrawn.")


@sender.command(context_settings=KEY_MAY_BEGIN_WITH_A_HYPHEN)
def trust(public_key: Annotated[str, typer.Argument(help="What `panah sender key` prints last on the hub.")]) -> None:
    """On a node: believe receipts that are signed with this key of the hub."""
    _ready("node")
    from panah.foundation.door.service import DoorError
    from panah.node.statistics import service

    try:
        trusted = service.trust_hub(public_key)
    except DoorError as error:
        raise CommandError(str(error)) from error
    print(f"Receipts signed with the key {trusted} are believed.")


@sender.command()
def distrust(key_id: Annotated[str, typer.Argument(help="Id of the key.")]) -> None:
    """On a node: believe nothing more that is signed with this key of the hub. Receipts kept before stay."""
    _ready("node")
    from panah.foundation.door.service import DoorError
    from panah.node.statistics import service

    try:
        service.distrust_hub(key_id)
    except DoorError as error:
        raise CommandError(str(error)) from error
    print("The key is believed no more.")


@sender.command()
def receipt(file: Annotated[Path, typer.Argument(help="The hub's receipt.", exists=True, dir_okay=False)]) -> None:
    """On a node: keep the hub's receipt of a message that was carried by hand."""
    _ready("node")
    from panah.foundation.door.service import DoorError
    from panah.node.statistics import service

    try:
        release = service.keep_receipt(file.read_bytes())
    except DoorError as error:
        raise CommandError(str(error)) from error
    print(f"{release.period}, revision {release.revision}: {service.Release.State(release.state).label}.")


def _ready(role: str | None = None) -> None:
    set_up(role=role)
    refuse_if_not_migrated()


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
