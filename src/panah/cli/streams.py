"""Where commands read from and write to: files or `-`, in any encoding, and never half a file."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import typer

LONGEST_LINE: Final = 1_000_000
"""Bytes of one line that are read at a time, so that a file without line ends does not fill the memory."""


@contextmanager
def reading(source: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for `-`. A file that cannot be opened is wrong usage (exit status 2)."""
    if source == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(source).open("rb"))
        except OSError as bad:
            raise typer.BadParameter(
                f"{source} cannot be read: {bad.strerror}. Name a file, or - for standard input."
            ) from bad
        yield file


@contextmanager
def writing(destination: str | None) -> Iterator[BinaryIO]:
    """Where output goes: standard output, or a file that appears whole at the end and not at all after an error or Ctrl-C."""
    if destination is None or destination == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(destination)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as bad:
        raise typer.BadParameter(
            f"{destination} cannot be written: {bad.strerror}. Name a file in a folder that you may write to."
        ) from bad
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def text_lines(file: BinaryIO) -> Iterator[str]:
    """The lines of a file as text: UTF-8, UTF-16 with its mark, and line by line Windows-1252 where it is neither.

    Never raises for what the bytes are. Lines end with LF, CR LF or CR; the ends and a byte order mark are left out.
    """
    first = file.readline(LONGEST_LINE)
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        whole = io.TextIOWrapper(io.BytesIO(first + file.read()), encoding="utf-16", errors="replace")
        yield from (line.rstrip("\n") for line in whole)
        return
    line = first.removeprefix(b"\xef\xbb\xbf")
    while line:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
        yield from text.rstrip("\r\n").split("\r")
        line = file.readline(LONGEST_LINE)
