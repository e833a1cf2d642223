"""Making an installation ready: database, static files, accounts, worker."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from panah.cli import CommandError
from panah.cli.database import refuse_if_not_migrated, set_up


def migrate() -> None:
    """Make or renew the database, and lay out the files that the web server hands out."""
    set_up()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print("The database is ready.")


def officer(
    username: Annotated[str, typer.Argument(help="Small letters, digits, dot, dash.")],
    name: Annotated[str, typer.Option(help="Name as colleagues know it.")],
    role: Annotated[list[str], typer.Option(help="Role; may be given more than once.")],
    body: Annotated[str, typer.Option(help="Code of the body in the pack.")] = "",
    post: Annotated[str, typer.Option(help="Code of the border post, centre or office.")] = "",
    email: Annotated[str, typer.Option()] = "",
    language: Annotated[str, typer.Option(help="en or ru.")] = "",
) -> None:
    """Open an account; the password is asked for, or read as one line from standard input."""
    set_up()
    refuse_if_not_migrated()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from pydantic import ValidationError as BadAction
    from uuid6 import uuid7

    from panah.foundation.access.actions import AddOfficer, hashed
    from panah.foundation.clock import now
    from panah.foundation.door.service import perform

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as weak:
        raise typer.BadParameter(" ".join(weak.messages)) from weak
    try:
        action = AddOfficer(
            by=None,
            place="",
            happened_at=now(),
            officer=uuid7(),
            username=username,
            display_name=name,
            password_hash=hashed(password),
            email=email,
            language=language,
            body=body,
            post=post,
            roles=tuple(role),
        )
    except BadAction as bad:
        raise typer.BadParameter(
            "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in bad.errors())
        ) from bad
    perform(action)
    print(f"The account {username} is open.")


def worker(
    until_empty: Annotated[bool, typer.Option(help="Do what is queued now, then stop.")] = False,
) -> None:
    """Run the job worker: notices, mail, hand-over to the hub, escalations, signing of the journal."""
    set_up()
    refuse_if_not_migrated()
    from panah.foundation.jobs.worker import run

    run(until_empty=until_empty)


def token(
    username: Annotated[str, typer.Argument(help="The officer with whose rights the program acts.")],
    name: Annotated[str, typer.Option(help="Which program or device holds it.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="For how long.")] = 90,
    revoke: Annotated[bool, typer.Option(help="Revoke the officer's tokens of this name instead.")] = False,
) -> None:
    """Give a program a token for the REST interface, printed once; or revoke it."""
    set_up()
    refuse_if_not_migrated()
    from uuid6 import uuid7

    from panah.foundation.access.actions import IssueToken, RevokeToken
    from panah.foundation.access.models import Officer
    from panah.foundation.access.service import new_token, token_digest
    from panah.foundation.clock import now
    from panah.foundation.door.service import perform

    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"There is no account {username!r}. Open it with `panah officer`.")
    if revoke:
        for row in found.tokens.filter(name=name, revoked_at=None):
            perform(RevokeToken(id=uuid7(), by=None, happened_at=now(), token=row.pk))
        print(f"No token {name!r} of {username} works any more.")
        return
    fresh = new_token()
    perform(
        IssueToken(by=None, happened_at=now(), officer=found.pk, name=name, token_digest=token_digest(fresh), days=days)
    )
    print(fresh)
