"""`panah screen`: interview records in, proposed profiles out, one a line and in the same order. No database."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

if TYPE_CHECKING:
    from panah.cores.screening import InterviewRecord, Profile, Screener

STANDARD = "-"
BLOCK = 8_000_000
"""Bytes read at once, some ten thousand interviews: screening many together is ten times as fast as one by one."""


def screen(
    interviews: Annotated[
        str, typer.Argument(metavar="INTERVIEWS.jsonl", help="One interview record a line; - reads standard input.")
    ],
    pack: Annotated[str, typer.Option(help="Pack for records that name none.")] = "",
    on: Annotated[str, typer.Option(help="Day of interview (YYYY-MM-DD) for records without; today if absent.")] = "",
    format_: Annotated[str, typer.Option("--format", help="jsonl or table.")] = "jsonl",
    out: Annotated[str, typer.Option("-o", "--out", help="File to write; standard output if absent.")] = STANDARD,
    overlay: Annotated[
        str,
        typer.Option(metavar="DRAFT_FOLDER", help="Draft law laid over the pack: only what it changes is written."),
    ] = "",
) -> None:
    """Propose a profile for each interview record, or tell what a draft of the law would change in them.

    A record that cannot be read gives a line with id, line and error; the rest goes on, and the exit status is 1.
    """
    day = _day(on)
    _check_pack(pack)
    if format_ not in ("jsonl", "table"):
        raise typer.BadParameter(f"found '{format_}'; allowed are jsonl and table.", param_hint="--format")
    source = _source(interviews)
    bad = 0
    try:
        with _sink(out) as sink:
            if overlay:
                from panah.cli.overlay import screen_draft

                bad = screen_draft(overlay, _shown(source, _size(interviews)), pack, day, sink, format_)
                return _end(bad)
            write = _Table(sink) if format_ == "table" else _Lines(sink)
            for result in _results(source, pack, day, _size(interviews)):
                bad += isinstance(result, Refusal)
                write(result)
            write.end()
    finally:
        if source is not sys.stdin.buffer:
            source.close()
    _end(bad)


def _end(bad: int) -> None:
    if bad:
        raise typer.Exit(1)


class Refusal:
    """A line of the input that gives no profile, and why."""

    __slots__ = ("error", "id", "line")

    def __init__(self, id_: str | None, line: int, error: str) -> None:
        self.id, self.line, self.error = id_, line, error

    def encoded(self) -> bytes:
        content = {"id": self.id, "line": self.line, "error": self.error}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _results(source: BinaryIO, pack: str, day: date, size: int | None) -> Iterator[Profile | Refusal]:
    screening = _Screening(pack, day)
    with collector_at_rest():
        for lines in _shown(source, size):
            yield from screening(lines)


def _shown(source: BinaryIO, size: int | None) -> Iterator[list[tuple[int, bytes]]]:
    """The blocks of a file, while a bar shows how far the work on them is."""
    from panah.cli.progress import progress

    done = 0
    with progress("Screening interviews", size) as advance:
        for lines in _blocks(source):
            yield lines
            done += sum(len(line) + 1 for _, line in lines)
            advance(done)


def _blocks(source: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
    """Numbered lines, as many at once as there are: a file comes in blocks, a pipe as soon as somebody writes to it."""
    read = getattr(source, "read1", source.read)
    number, rest = 0, b""
    while block := read(BLOCK):
        *lines, rest = (rest + block).split(b"\n")
        if lines:
            yield list(enumerate(lines, start=number + 1))
            number += len(lines)
    if rest:
        yield [(number + 1, rest)]


class _Screening:
    """Records of any pack, each pack compiled when the first record needs it."""

    def __init__(self, pack: str, day: date) -> None:
        from panah.cores.screening import RecordError, decode_record

        self.decode, self.refused = decode_record, RecordError
        self.pack, self.day = pack, day
        self.screeners: dict[str, Screener] = {}

    def __call__(self, lines: list[tuple[int, bytes]]) -> Iterator[Profile | Refusal]:
        """What becomes of each line that is not empty, in their order."""
        found: dict[int, Profile | Refusal] = {}
        by_pack: dict[str, list[tuple[int, InterviewRecord]]] = {}
        for number, line in lines:
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                record = self.decode(line)
            except self.refused as wrong:
                found[number] = Refusal(wrong.id, number, str(wrong))
                continue
            by_pack.setdefault(record.pack or self.pack, []).append((number, record))
        for code, records in by_pack.items():
            found |= self._of_pack(code, records)
        return iter([found[number] for number in sorted(found)])

    def _of_pack(self, code: str, records: list[tuple[int, InterviewRecord]]) -> dict[int, Profile | Refusal]:
        if not code:
            why = "pack: found nothing; name a pack in the record or with --pack."
            return {number: Refusal(record.id, number, why) for number, record in records}
        try:
            profiles = self._screener(code).many([record for _, record in records], self.day)
        except LookupError as unknown:
            return {number: Refusal(record.id, number, f"pack: {unknown}") for number, record in records}
        return {
            number: Refusal(record.id, number, str(profile)) if isinstance(profile, self.refused) else profile
            for (number, record), profile in zip(records, profiles, strict=True)
        }

    def _screener(self, code: str) -> Screener:
        known = self.screeners.get(code)
        if known is None:
            from panah.cores.lawbook import load_pack
            from panah.cores.screening import screener

            known = self.screeners[code] = screener(load_pack(code))
        return known


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No search for cyclic garbage while a file is screened: records and profiles hold no circles, and the search costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Lines:
    """One JSON object a line."""

    def __init__(self, sink: BinaryIO) -> None:
        from panah.cores.screening import encode_profile

        self.encode, self.sink = encode_profile, sink

    def __call__(self, result: Profile | Refusal) -> None:
        encoded = result.encoded() if isinstance(result, Refusal) else self.encode(result)
        self.sink.write(encoded + b"\n")

    def end(self) -> None:
        """Nothing follows the last line."""


class _Table:
    """A row a person for reading at a terminal; the most urgent are not moved, the order stays that of the input."""

    COLUMNS = ("id", "urgency", "profiles", "needs", "referrals", "safeguards", "missing")

    def __init__(self, sink: BinaryIO) -> None:
        self.sink = sink
        self.rows: list[tuple[str, ...]] = []

    def __call__(self, result: Profile | Refusal) -> None:
        if isinstance(result, Refusal):
            self.rows.append((result.id or f"line {result.line}", "error", result.error, "", "", "", ""))
            return
        referrals = (f"{line.to}{' (consent needed)' if line.consent == 'needed' else ''}" for line in result.referrals)
        self.rows.append(
            (
                result.id,
                result.urgency,
                ", ".join(result.codes("profiles")),
                ", ".join(result.codes("needs")),
                ", ".join(referrals),
                ", ".join(result.codes("safeguards")),
                str(len(result.missing)),
            )
        )

    def end(self) -> None:
        write_table(self.sink, self.COLUMNS, self.rows)


def write_table(sink: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as text, as wide as the terminal, or 200 columns in a file."""
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(*(Column(name, overflow="fold") for name in columns), show_lines=True)
    for row in rows:
        table.add_row(*row)
    with tempfile.SpooledTemporaryFile(mode="w+", encoding="utf-8") as text:
        width = None if sink is sys.stdout.buffer else 200
        Console(file=text, width=width, force_terminal=False, markup=False).print(table)
        text.seek(0)
        sink.write(text.read().encode())


def _day(text: str) -> date:
    """The default day of interview: the one given, else today. Only this command looks at the clock, the core never."""
    if not text:
        return date.today()  # noqa: DTZ011 - the day on the officer's own clock
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"found '{text}'; a day is written YYYY-MM-DD.", param_hint="--on") from None


def _check_pack(code: str) -> None:
    if not code:
        return
    from panah.cores.lawbook import pack_codes

    known = pack_codes()
    if code not in known:
        raise typer.BadParameter(f"there is no pack '{code}'; there are {', '.join(known)}.", param_hint="--pack")


def _source(name: str) -> BinaryIO:
    if name == STANDARD:
        return sys.stdin.buffer
    try:
        return open(name, "rb")
    except OSError as wrong:
        raise typer.BadParameter(
            f"'{name}' cannot be read ({wrong.strerror}). Give a file of JSON lines, or - for standard input.",
            param_hint="INTERVIEWS.jsonl",
        ) from None


def _size(name: str) -> int | None:
    try:
        return None if name == STANDARD else Path(name).stat().st_size
    except OSError:
        return None


@contextmanager
def _sink(name: str) -> Iterator[BinaryIO]:
    """Where the result goes. A file appears whole or not at all: it is written beside and renamed at the end."""
    if name == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(name)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as wrong:
        raise typer.BadParameter(
            f"'{name}' cannot be written ({wrong.strerror}). Give a folder that exists and may be written to.",
            param_hint="--out",
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
