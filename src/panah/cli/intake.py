"""Taking in sheets and form submissions, and writing the form and the empty sheet."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from panah.cli import CommandError
from panah.cli.database import refuse_if_not_migrated, set_up
from panah.cli.streams import writing

if TYPE_CHECKING:
    from panah.cores.lawbook import Pack
    from panah.foundation.access.models import Officer
    from panah.node.imports.service import Incoming, Result

_CHUNK = 1 << 20


def import_file(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="XLSX, CSV, or XML, ZIP, JSON or a folder of submissions; - reads standard input."
        ),
    ],
    by: Annotated[
        str,
        typer.Option(help="User name of the officer who sends the file; the rows then belong to that officer's post."),
    ] = "",
    place: Annotated[str, typer.Option(help="Code of the place for rows that name none.")] = "",
    format_: Annotated[
        str, typer.Option("--format", help="xlsx, csv, odk, odk_zip or json; found by itself if absent.")
    ] = "",
    receipts: Annotated[
        bool, typer.Option(help="Print one JSON line for each row that is safe in the database.")
    ] = False,
    refused_out: Annotated[
        str, typer.Option(help="Write the refused rows to this .xlsx or .csv, to be mended and sent again.")
    ] = "",
) -> None:
    """Take in people from a sheet or from submissions of the form.

    Each row is taken whole or refused whole; what was taken before is not taken twice. Exit status 1 when rows were refused.
    """
    set_up("node")
    refuse_if_not_migrated()
    from panah.node.imports.service import FORMATS, FileRefused

    if format_ and format_ not in FORMATS:
        raise typer.BadParameter(f"found {format_!r}; allowed are {', '.join(FORMATS)}.", param_hint="--format")
    if refused_out and Path(refused_out).suffix not in (".xlsx", ".csv"):
        raise typer.BadParameter(
            f"found {refused_out!r}; the name ends with .xlsx or .csv.", param_hint="--refused-out"
        )
    officer = _officer(by)
    _check_place(place, officer)
    try:
        with _incoming(file, format_) as (incoming, digest):
            some, refused = _take(incoming, digest, officer, place, receipts, keep=bool(refused_out))
    except FileRefused as wrong:
        raise CommandError(f"{file}: {wrong}") from wrong
    if refused:
        _write_refused(refused, refused_out)
    if some:
        raise typer.Exit(1)


def form(
    kind: Annotated[
        str,
        typer.Argument(
            help="xlsx (XLSForm), xml (XForm), sheet (empty spreadsheet), paper (the interview to print) or leaflet."
        ),
    ] = "xlsx",
    code: Annotated[str, typer.Argument(help="Code of the leaflet, for example asylum.")] = "",
    out: Annotated[str, typer.Option("-o", "--out", help="File to write; standard output if absent.")] = "-",
    language: Annotated[
        str, typer.Option(help="Of the sheet: en or ru. Of paper and leaflet: the person's, one of the twelve.")
    ] = "en",
    officer_language: Annotated[
        str, typer.Option(help="Of the paper, beside the person's: en or ru. The one that differs if absent.")
    ] = "",
    pack: Annotated[str, typer.Option(help="Rules of paper and leaflet; those of this node if absent.")] = "",
    child: Annotated[bool, typer.Option("--child", help="The paper asks in words for a child.")] = False,
) -> None:
    """Write the form for Kobo, ODK Central and the like, the sheet to fill in, or a paper: the interview or a leaflet."""
    if kind not in ("xlsx", "xml", "sheet", "paper", "leaflet"):
        raise typer.BadParameter(f"found {kind!r}; allowed are xlsx, xml, sheet, paper and leaflet.")
    if code and kind != "leaflet":
        raise typer.BadParameter(f"found {code!r}; only `leaflet` takes a code.", param_hint="CODE")
    if kind in ("paper", "leaflet"):
        set_up("node")
        made = (
            _paper(language, officer_language, pack, child=child) if kind == "paper" else _leaflet(code, language, pack)
        )
        with writing(out) as file:
            file.write(made)
        return
    if language not in ("en", "ru"):
        raise typer.BadParameter(f"found {language!r}; allowed are en and ru.", param_hint="--language")
    set_up("node")
    from panah.node.imports.service import form_xlsx, form_xml, write_template

    with writing(out) as file:
        if kind == "sheet":
            with tempfile.TemporaryFile() as whole:
                write_template(whole, language)
                whole.seek(0)
                file.write(whole.read())
        else:
            file.write(form_xlsx() if kind == "xlsx" else form_xml())


def _paper(language: str, officer_language: str, code: str, *, child: bool) -> bytes:
    """The interview to print, as PDF."""
    from panah.foundation.clock import now
    from panah.node.profiling.service import paper_form_of, paper_form_pdf

    pack, spoken = _rules(code), _spoken(language)
    officer = officer_language or ("en" if spoken == "ru" or "ru" not in pack.languages else "ru")
    if officer == spoken and not officer_language:
        officer = "ru"
    try:
        return paper_form_pdf(paper_form_of(pack, spoken, officer, now().date(), child=child))
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--officer-language") from wrong


def _leaflet(code: str, language: str, pack: str) -> bytes:
    """A leaflet as PDF."""
    from panah.node.profiling.service import leaflet_of, leaflets_pdf

    try:
        return leaflets_pdf([leaflet_of(code, _spoken(language), _rules(pack))])
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="CODE") from wrong


def _rules(code: str) -> Pack:
    """The pack asked for, else that of this node."""
    from panah.cores.lawbook import PackNotFound, load_pack
    from panah.node.registration.service import node_pack

    try:
        return load_pack(code) if code else node_pack()
    except PackNotFound as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--pack") from wrong


def _spoken(tag: str) -> str:
    """The tag of the language whose texts serve a speaker of `tag`."""
    from panah.foundation.languages import LANGUAGES, of_tag

    found = of_tag(tag)
    if found is None:
        allowed = ", ".join(each.tag for each in LANGUAGES)
        raise typer.BadParameter(f"found {tag!r}; allowed are {allowed}.", param_hint="--language")
    return found.tag


def _take(
    incoming: Incoming, digest: bytes, officer: Officer | None, place: str, receipts: bool, *, keep: bool
) -> tuple[int, list[Result]]:
    """Take all rows in and say what became of them. Returns how many were refused and, where they are to be kept, which."""
    from panah.cli.progress import progress
    from panah.foundation.door.service import NotAllowed
    from panah.node.imports.service import counted, import_by_command

    refused: list[Result] = []
    done = 0
    for note in incoming.notes:
        print(f"panah: {note}", file=sys.stderr)

    def tell(result: Result) -> None:
        nonlocal done
        done += 1
        advance(done)
        if result.state == "refused":
            if keep:
                refused.append(result)
            for problem in result.problems:
                print(f"{result.row.where}: {problem.sentence()}", file=sys.stderr)
        elif receipts:
            line = {
                "row": result.row.number,
                "state": result.state,
                "action": str(result.action),
                "file": str(result.file),
            }
            print(json.dumps(line | {"number": result.number}), flush=True)

    with progress("Taking in", None) as advance:
        try:
            counts = counted(import_by_command(incoming, digest, officer, place), tell)
        except NotAllowed as stranger:
            raise CommandError(
                f"{officer.username if officer else 'The installation'} may not take files in. A border officer or a registrar with a post may."
            ) from stranger
    print(
        f"{counts.rows} rows: {counts.taken} taken in, {counts.known} known before, {counts.refused} refused.",
        file=sys.stderr if receipts else sys.stdout,
    )
    return counts.refused, refused


def _officer(username: str) -> Officer | None:
    from panah.foundation.access.models import Officer

    if not username:
        return None
    found = Officer.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no account {username!r}. Open it with `panah officer`.")
    return found


def _check_place(place: str, officer: Officer | None) -> None:
    from panah.node.registration.service import node_pack

    if place and node_pack().place(place) is None:
        raise typer.BadParameter(f"there is no place {place!r} in the rules {node_pack().code}.", param_hint="--place")
    if place and officer is not None and place != officer.post:
        raise typer.BadParameter(
            f"{officer.username} works at {officer.post or 'no post'} and can send files to that place only.",
            param_hint="--place",
        )


@contextmanager
def _incoming(name: str, format_: str) -> Iterator[tuple[Incoming, bytes]]:
    """What the file holds and its digest. Standard input is kept in a temporary file, since a file is read more than once."""
    from panah.node.imports.service import read_file, read_folder

    path = Path(name)
    if name != "-" and path.is_dir():
        yield read_folder(path), _digest_of_folder(path)
        return
    with tempfile.TemporaryFile() as copy:
        if name == "-":
            while chunk := sys.stdin.buffer.read(_CHUNK):
                copy.write(chunk)
            yield read_file(copy, "", format_), _digest(copy)
            return
        try:
            opened = path.open("rb")
        except OSError as bad:
            raise typer.BadParameter(
                f"{name} cannot be read: {bad.strerror}. Name a file, a folder, or - for standard input."
            ) from bad
        with opened as file:
            incoming = read_file(file, path.name, format_)
            yield incoming, _digest(file)


def _digest(file: BinaryIO) -> bytes:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]


def _digest_of_folder(folder: Path) -> bytes:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.xml")):
        with path.open("rb") as file:
            whole.update(_digest(file))
    return whole.digest()


def _write_refused(refused: list[Result], out: str) -> None:
    from panah.node.imports.service import refusal_of, write_refused

    with writing(out) as file, tempfile.TemporaryFile() as whole:
        write_refused(whole, [(None, refusal_of(one)) for one in refused], Path(out).suffix[1:])
        whole.seek(0)
        file.write(whole.read())
