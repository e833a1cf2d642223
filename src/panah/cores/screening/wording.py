"""Texts of the packs' translation tables, each saying whether a speaker of its language has reviewed it.

A table is `translations/*.csv` with the columns `id`, `note` (for the translator), one a language (BCP 47), and
`reviewed`, which lists the languages in which a speaker agreed to the text. What is missing is missing: no other
language is put in its place.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from panah.cores.lawbook import Pack, PackError
from panah.cores.screening.fields import FIELD

FLOOR: Final = "_floor"
NOT_LANGUAGES: Final = frozenset({"id", "note", "reviewed"})


@dataclass(frozen=True)
class Text:
    """A text in one language. `reviewed` is False for a draft that no speaker has agreed to yet."""

    text: str
    language: str
    reviewed: bool


@dataclass(frozen=True)
class Wording:
    """All texts of a pack over the floor."""

    texts: Mapping[str, Mapping[str, Text]]
    notes: Mapping[str, str]

    def text(self, id_: str, language: str) -> Text | None:
        """A text by id and language, None where it is missing. `fa-AF` finds `fa`, and so on for other subtags."""
        versions = self.texts.get(id_, {})
        return versions.get(language) or versions.get(language.partition("-")[0])

    def answer(self, key: str, value: str, language: str) -> Text | None:
        """The label of an answer to a field."""
        kind = "yes_no" if key in FIELD and FIELD[key].kind == "yes_no" else key
        return self.text(f"a.{kind}.{value}", language)

    def unreviewed(self) -> tuple[tuple[str, str], ...]:
        """Id and language of every text that no speaker has agreed to, sorted."""
        return tuple(
            sorted(
                (id_, language)
                for id_, versions in self.texts.items()
                for language, text in versions.items()
                if not text.reviewed
            )
        )


def wording(pack: Pack) -> Wording:
    """The texts of a pack over those of the floor; read once for each content of a pack.

    Raises PackError for a table that cannot be read or an id that stands twice in one folder.
    """
    return _wording(pack.root, pack.code, pack.digest)


@lru_cache(maxsize=32)
def _wording(root: Path, code: str, digest: str) -> Wording:
    texts: dict[str, Mapping[str, Text]] = {}
    notes: dict[str, str] = {}
    for folder in (FLOOR, code):
        seen: set[str] = set()
        for path in sorted((root / folder / "translations").glob("*.csv")):
            for row in _rows(path, f"{folder}/translations/{path.name}"):
                if row["id"] in seen:
                    raise PackError(f"{folder}/translations/{path.name}: the id '{row['id']}' stands twice.")
                seen.add(row["id"])
                reviewed = (row.get("reviewed") or "").split()
                versions = {
                    language: Text(text, language, language in reviewed)
                    for language, text in row.items()
                    if language not in NOT_LANGUAGES and text
                }
                texts[row["id"]] = MappingProxyType({**texts.get(row["id"], {}), **versions})
                notes[row["id"]] = row.get("note", "")
    return Wording(MappingProxyType(texts), MappingProxyType(notes))


def _rows(path: Path, name: str) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise PackError(f"{name}: the table is not readable ({broken}). Save it as UTF-8 with commas.") from None
