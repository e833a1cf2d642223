"""`panah envelope`: for a body outside the system. Opens a referral that was sealed for it and writes its signed answer; needs no database."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from uuid6 import uuid7

from panah.cli import CommandError
from panah.cores.exchange import sealing
from panah.cores.exchange.referral import Answer, Letter, Said
from panah.cores.exchange.submission import BadMessage, digest_of_bytes, key_id

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Referrals to a body that has no account: open, answer, keys."
)

File = Annotated[Path, typer.Argument(help="The envelope, as it came.", exists=True, dir_okay=False)]
KeyFile = Annotated[
    Path, typer.Option("--identity", help="File of the body's secret keys.", exists=True, dir_okay=False)
]
Sender = Annotated[
    str, typer.Option("--sender", help="Public key of the node, as it was told over another way than the envelope's.")
]


@app.command()
def key(
    file: Annotated[Path, typer.Argument(help="File of secret keys. It is made where there is none.")],
) -> None:
    """Make the keys of a body, once, and print the two public ones and their fingerprint."""
    if not file.exists():
        text = sealing.identity_text(sealing.new_identity())
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
            made.write(text)
        print(
            f"{file} holds the secret keys now. Keep a copy where it cannot be lost, and give it to nobody.",
            file=sys.stderr,
        )
    public = _identity(file).public
    print(f"key that is sealed for: {public.seals_for}")
    print(f"key that signs: {public.signs_with}")
    print(f"fingerprint, to be read over the telephone: {public.fingerprint}")


@app.command("open")
def open_(
    file: File,
    identity: KeyFile,
    sender: Sender = "",
    json: Annotated[bool, typer.Option("--json", help="Print the whole letter as JSON.")] = False,
) -> None:
    """Open an envelope, check signature and shape, and print what the body may know. Nothing is written."""
    letter = _opened(file.read_bytes(), _identity(identity), sender)
    if json:
        sys.stdout.write(msgspec.json.encode(letter).decode() + "\n")
    else:
        print("\n".join(_lines(letter)))
    if not sender:
        print(
            f"The letter is whole, but who wrote it is not proven: it names the sender key {letter.sender_key}. Compare it by "
            "telephone with the node that refers, and give it with --sender.",
            file=sys.stderr,
        )


@app.command()
def receipt(
    file: File,
    identity: KeyFile,
    answer: Annotated[str, typer.Option(help="received, accepted, declined or done.")],
    code: Annotated[
        str,
        typer.Option(
            help="With declined: NOT_COMPETENT, INCOMPLETE, CAPACITY, DUPLICATE or PERSON_DECLINED. With done: the outcome."
        ),
    ] = "",
    competent: Annotated[str, typer.Option(help="With NOT_COMPETENT: the kind of body that is, for example iom.")] = "",
    missing: Annotated[
        list[str] | None,
        typer.Option(help="With INCOMPLETE: what is needed, for example person.birth_date. Repeatable."),
    ] = None,
    sender: Sender = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Where to write; answer-….jws beside the envelope when left out."),
    ] = None,
) -> None:
    """Write the signed answer to an envelope, to be handed to the node that refers. It holds codes only."""
    content, keys = file.read_bytes(), _identity(identity)
    letter = _opened(content, keys, sender)
    answered_at = datetime.now(UTC)
    said = _said(answer, code, competent)
    made = Answer(
        id=uuid7(), letter=letter.id, referral=letter.referral, digest=digest_of_bytes(content), recipient=letter.recipient,
        said=said, code=code, competent=competent, missing=tuple(missing or ()), made_at=answered_at,
    )  # fmt: skip
    signed = sealing.sign_answer(made, keys)
    public = keys.public.signs_with
    try:
        sealing.read_answer(signed, {key_id(public): public})
    except BadMessage as bad:
        raise CommandError(
            f"{bad} Give codes, not sentences: an answer has no room for a word about the person."
        ) from bad
    path = output or file.with_name(f"answer-{made.id}.jws")
    path.write_bytes(signed + b"\n")
    print(path)


_DECLINED = ("NOT_COMPETENT", "INCOMPLETE", "CAPACITY", "DUPLICATE", "PERSON_DECLINED")
_ANSWERS: dict[str, Said] = {"received": "received", "accepted": "accepted", "declined": "declined", "done": "done"}


def _said(answer: str, code: str, competent: str) -> Said:
    if answer not in _ANSWERS:
        raise CommandError(f"{answer!r} is no answer. Allowed are {', '.join(_ANSWERS)}.")
    if answer == "declined" and code not in _DECLINED:
        raise CommandError(f"A referral is declined with a code. Give --code: one of {', '.join(_DECLINED)}.")
    if answer == "done" and not code:
        raise CommandError("A referral is done with an outcome. Give it with --code, for example needs_met.")
    if answer in ("received", "accepted") and code:
        raise CommandError(f"An answer {answer!r} has no code. Leave --code out.")
    if code == "NOT_COMPETENT" and not competent:
        raise CommandError("Who is not competent must name who is. Give --competent, for example child_protection.")
    return _ANSWERS[answer]


def _identity(file: Path) -> sealing.Identity:
    try:
        return sealing.read_identity(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, sealing.BadKeys) as bad:
        raise CommandError(f"{file}: {bad}") from bad


def _opened(content: bytes, identity: sealing.Identity, sender: str) -> Letter:
    try:
        return sealing.open_letter(content, identity, sender)
    except BadMessage as bad:
        raise CommandError(str(bad)) from bad
    except ValueError as bad:
        raise CommandError(f"--sender: {bad}") from bad


def _lines(letter: Letter) -> list[str]:
    """The letter for reading, in the codes of the contracts."""
    head = [
        f"referral: {letter.number}",
        f"from: {letter.state}, {letter.sender}",
        f"to: {letter.recipient} ({letter.to})",
        f"urgency: {letter.urgency}",
        f"answer by: {letter.answer_by.isoformat()}",
        f"consent: {letter.consent}; agreed to: {', '.join(letter.agreed) or '-'}",
    ]
    lines, shown = [*head], ""
    for item in letter.packet.items:
        if item.data_class != shown:
            shown = item.data_class
            lines += ["", f"[{shown}]"]
        lines.append(f"{item.label}: {item.value}")
    kept = [f"{one.data_class} ({one.reason})" for one in letter.packet.withheld]
    return [*lines, "", f"not shared: {', '.join(kept)}"] if kept else lines
