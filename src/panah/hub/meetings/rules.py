"""What follows from texts, files and days. Pure: no clock, no database."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from io import BytesIO
from typing import Final, Literal

Form = Literal["pdf", "docx", "odt"]

MOST_BYTES: Final = 10_000_000
"""The largest paper, in bytes."""
_MOST_UNPACKED: Final = 200_000_000
MEDIA: Final[dict[str, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
WARNED_BEFORE: Final[tuple[Literal[7], Literal[1]]] = (7, 1)
"""Days before a deadline at which delegations are reminded."""

_WORD = re.compile(r"\w+(?:[-–’']\w+)*|\s+|[^\w\s]")
_REF = re.compile(r"^M-([a-z0-9]+(?:-[a-z0-9]+)*)-([1-9][0-9]{0,4})$")


@dataclass(frozen=True)
class Author:
    """Who changed a text, and when. `who` is the code of a participant; empty: the secretariat or the chair."""

    who: str
    at: datetime


@dataclass(frozen=True)
class Piece:
    """A run of text with who put it in and who took it out; None where it was there from the beginning, or still stands."""

    text: str
    put_in: Author | None = None
    taken_out: Author | None = None
    told: bool = field(default=False, compare=False)
    """Whether it is said here who did it: of neighbouring changes of one author only at the last."""

    @property
    def author(self) -> Author | None:
        """Whose change it is; None for what stands from the beginning."""
        return self.taken_out or self.put_in

    @property
    def kind(self) -> str:
        """`same`, `ins` or `del`; what was put in and taken out again is `del`."""
        return "del" if self.taken_out else "ins" if self.put_in else "same"


@dataclass(frozen=True)
class Wording:
    """One version of a text, and who made it."""

    text: str
    author: Author


def tracked(wordings: Sequence[Wording]) -> tuple[Piece, ...]:
    """The last wording marked up against the first, word by word, each change with its author.

    The text without what was taken out is the last wording; without what was put in, the first. Both to the character.
    """
    if not wordings:
        return ()
    pieces = [Piece(word) for word in _words(wordings[0].text)]
    for wording in wordings[1:]:
        pieces = _changed(pieces, _words(wording.text), wording.author)
    return _joined(pieces)


def marked(old: str, new: str, author: Author) -> tuple[Piece, ...]:
    """One text marked up against another."""
    return tracked((Wording(old, author), Wording(new, author)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _changed(pieces: list[Piece], words: list[str], author: Author) -> list[Piece]:
    """The pieces after somebody made their standing text into the words. What was taken out before stays where it was."""
    standing = [place for place, piece in enumerate(pieces) if piece.taken_out is None]
    result: list[Piece] = []
    last = 0

    def keep_until(place: int) -> None:
        """What was taken out earlier and lies before this place."""
        nonlocal last
        result.extend(pieces[last:place])
        last = place

    for kind, old_from, old_to, new_from, new_to in _steps([pieces[at].text for at in standing], words):
        for at in standing[old_from:old_to]:
            keep_until(at)
            result.append(pieces[at] if kind == "equal" else replace(pieces[at], taken_out=author))
            last = at + 1
        if kind != "equal":
            result.extend(Piece(word, put_in=author) for word in words[new_from:new_to])
    keep_until(len(pieces))
    return result


def _steps(old: list[str], new: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """The steps of difflib, where a space or a mark between two changes goes with them: a reader follows phrases, not single words."""
    found: list[tuple[str, int, int, int, int]] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(steps):
        between = 0 < at < len(steps) - 1
        alone = kind == "equal" and between and not any(word.isalnum() for word in old[a:b])
        if found and found[-1][0] == "replace" and (kind != "equal" or alone):
            _, first, _, begin, _ = found[-1]
            found[-1] = ("replace", first, b, begin, d)
        else:
            found.append(("equal" if kind == "equal" and not alone else "replace", a, b, c, d))
    return found


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours of the same fate as one run."""
    result: list[Piece] = []
    for piece in pieces:
        if result and (result[-1].put_in, result[-1].taken_out) == (piece.put_in, piece.taken_out):
            result[-1] = replace(result[-1], text=result[-1].text + piece.text)
        else:
            result.append(piece)
    after = [*result[1:], Piece("")]
    return tuple(
        replace(piece, told=piece.author is not None and piece.author != next_one.author)
        for piece, next_one in zip(result, after, strict=False)
    )


def reference(text: str) -> tuple[str, int] | None:
    """Code of the meeting and number of the paragraph in the id of a conclusion (`M-som-9-3`); None when it is none."""
    found = _REF.match(text)
    return (found[1], int(found[2])) if found else None


def form_of(content: bytes) -> Form | None:
    """What a file is, by its content and never by its name; None when it is none of the forms that are taken, is damaged, or holds
    a program."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            unpacked = sum(entry.file_size for entry in packed.infolist())
            kind = (
                packed.read("mimetype") if "mimetype" in names and packed.getinfo("mimetype").file_size < 200 else b""
            )
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, KeyError, EOFError, ValueError):
        return None
    if unpacked > _MOST_UNPACKED or any(_is_program(name) for name in names):
        return None
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    return "odt" if kind.strip() == MEDIA["odt"].encode() and "content.xml" in names else None


def _is_program(name: str) -> bool:
    name = name.lower()
    return name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/", "word/activex", "word/embeddings"))


def reminder_due(until: datetime, at: datetime, given: Iterable[int]) -> Literal[7, 1] | None:
    """Which reminder of a deadline is to be given: 7 or 1 (days before it), or None. Whoever comes late gets the later one only."""
    left = until - at
    if left <= timedelta(0):
        return None
    reached = [days for days in WARNED_BEFORE if left <= timedelta(days=days)]
    return min(reached) if reached and min(reached) not in set(given) else None


def in_order(begins: date | None, earliest: date | None, latest: date | None) -> date:
    """The day by which a meeting stands in a list: the day itself, else the bound that is known; what has none stands last."""
    return begins or earliest or latest or date.max


def upcoming(today: date, begins: date | None, ends: date | None, latest: date | None) -> bool:
    """Whether a meeting is not over on the day. One whose time is not known is not taken for one that comes."""
    last = ends or begins or latest
    return last is not None and last >= today


def missing(texts: Callable[[str], str], tongues: Sequence[str] = ("en", "ru")) -> tuple[str, ...]:
    """The languages in which there is no text."""
    return tuple(tongue for tongue in tongues if not texts(tongue).strip())
