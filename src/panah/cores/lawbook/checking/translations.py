"""Texts that people read stand in English and in Russian; a missing one is a problem, never a silent other language."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.loading import Part

COMPLETE = ("en", "ru")


def check_translations(part: Part) -> Iterator[Problem]:
    """Texts without English or Russian, in files and in translation tables."""
    yield from _walk(part.manifest, f"{part.code}/pack.yaml", "")
    for documents in part.documents.values():
        for document in documents:
            yield from _walk(document.body, document.path, "")
    for name in sorted(part.files):
        if name.startswith(f"{part.code}/translations/") and name.endswith(".csv"):
            yield from _table(part.files[name], name)


def _walk(value: Any, path: str, place: str) -> Iterator[Problem]:
    if isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            yield from _walk(inner, path, f"{place} {number}")
    if not isinstance(value, Mapping):
        return
    if any(isinstance(value.get(language), str) for language in COMPLETE):
        for language in COMPLETE:
            if not value.get(language):
                yield Problem(path, f"{place.strip()}: the text in '{language}' is missing", remedy="Add it.")
        return
    for key, inner in value.items():
        yield from _walk(inner, path, f"{place} {key}")


def _table(raw: bytes, path: str) -> Iterator[Problem]:
    try:
        rows = csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline=""))
        columns = rows.fieldnames or []
        missing = [column for column in ("id", "note", *COMPLETE) if column not in columns]
        if missing:
            yield Problem(
                path, "a column is missing", ", ".join(columns), "id, note, en, ru, …", f"Add {', '.join(missing)}."
            )
            return
        seen: set[str] = set()
        for line, row in enumerate(rows, start=2):
            key = row["id"] or ""
            if key in seen:
                yield Problem(path, f"line {line}: the id stands twice", f"'{key}'", remedy="Keep one row.")
            seen.add(key)
            for language in COMPLETE:
                if not row[language]:
                    yield Problem(path, f"line {line}: '{key}' has no text in '{language}'", remedy="Add it.")
    except (UnicodeDecodeError, csv.Error) as broken:
        yield Problem(path, f"the table is not readable: {broken}", allowed="UTF-8, commas", remedy="Save it so.")
