"""Texts for lawyers and officers stand in English and in Russian: a missing one is a problem. Texts for the people who are
asked or told stand in their languages too: a missing one is a warning, and is shown to them as missing."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.loading import Part
from panah.cores.screening.fields import FIELD

COMPLETE = ("en", "ru")
PEOPLE = ("ru", "kk", "ky", "tg", "uz", "tk", "fa", "ps", "az", "tr", "ur")
"""The languages of the people who are asked and told."""
FOR_PEOPLE = ("questions", "receipt", "leaflet", "rights", "costs", "portal")
"""How the names of tables begin whose texts are for the people themselves."""
TITLES = frozenset({"title", "what", "says", "question", "counterpart"})


def check_translations(part: Part) -> Iterator[Problem]:
    """Texts without English or Russian, in files and in translation tables."""
    yield from _walk(part.manifest, f"{part.code}/pack.yaml", "")
    for documents in part.documents.values():
        for document in documents:
            yield from _walk(document.body, document.path, "")
    officers = _officers(part)
    for name in sorted(part.files):
        if name.startswith(f"{part.code}/translations/") and name.endswith(".csv"):
            yield from _table(part.files[name], name, officers)
    yield from _questions(part)


def _walk(value: Any, path: str, place: str) -> Iterator[Problem]:
    if isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            yield from _walk(inner, path, f"{place} {number}")
    if not isinstance(value, Mapping):
        return
    in_words = any(isinstance(value.get(language), str) for language in COMPLETE)
    if in_words or place.rpartition(" ")[2] in TITLES:
        for language in COMPLETE:
            if not value.get(language):
                yield Problem(path, f"{place.strip()}: the text in '{language}' is missing", remedy="Add it.")
        return
    for key, inner in value.items():
        yield from _walk(inner, path, f"{place} {key}")


def _table(raw: bytes, path: str, officers: frozenset[str]) -> Iterator[Problem]:
    try:
        rows = csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline=""))
        columns = rows.fieldnames or []
        missing = [column for column in ("id", "note", *COMPLETE) if column not in columns]
        if missing:
            yield Problem(
                path, "a column is missing", ", ".join(columns), "id, note, en, ru, …", f"Add {', '.join(missing)}."
            )
            return
        for_people = path.rpartition("/")[2].startswith(FOR_PEOPLE)
        seen: set[str] = set()
        for line, row in enumerate(rows, start=2):
            key = row["id"] or ""
            if key in seen:
                yield Problem(path, f"line {line}: the id stands twice", f"'{key}'", remedy="Keep one row.")
            seen.add(key)
            for language in COMPLETE:
                if not row[language]:
                    yield Problem(path, f"line {line}: '{key}' has no text in '{language}'", remedy="Add it.")
            if for_people and not _is_of(key, officers):
                yield from _for_people(path, line, key, row)
    except (UnicodeDecodeError, csv.Error) as broken:
        yield Problem(path, f"the table is not readable: {broken}", allowed="UTF-8, commas", remedy="Save it so.")


def _for_people(path: str, line: int, key: str, row: Mapping[str, str | None]) -> Iterator[Problem]:
    missing = [language for language in PEOPLE if language not in COMPLETE and not row.get(language)]
    if missing:
        yield Problem(
            path,
            f"line {line}: '{key}' has no text in {', '.join(missing)}",
            remedy="It is shown as missing. Add it, and name the language under `reviewed` once a speaker agreed.",
            warning=True,
        )


def _is_of(key: str, fields: frozenset[str]) -> bool:
    """Whether a text belongs to a question on one of the fields: its wording or the label of one of its answers."""
    name = key.partition(".")[2]
    return key.startswith(("q.", "a.")) and any(name == field or name.startswith(f"{field}.") for field in fields)


def _officers(part: Part) -> frozenset[str]:
    """Ids of questions and answers that only an officer or a register fills in; nobody reads them to the person."""
    found: set[str] = set()
    for document in part.documents.get("questions", ()):
        common = document.body.get("all", {})
        for entry in document.body.get("questions", ()):
            given = {**common, **entry}
            if given.get("asked_of") != "person":
                found |= {given["field"]}
    return frozenset(found)


def _questions(part: Part) -> Iterator[Problem]:
    """Each question of the part has a wording, also the one for children, and each closed answer a label."""
    ids = _ids(part)
    for document in part.documents.get("questions", ()):
        common = document.body.get("all", {})
        for entry in document.body.get("questions", ()):
            given = {**common, **entry}
            needed = [f"q.{given['field']}"]
            if given.get("child_wording") == "yes":
                needed.append(f"q.{given['field']}.child")
            field = FIELD.get(given["field"])
            kind = "yes_no" if field and field.kind == "yes_no" else given["field"]
            needed += [f"a.{kind}.{value}" for value in (field.allowed if field else ())]
            for id_ in needed:
                if id_ not in ids:
                    yield Problem(
                        document.path,
                        f"question '{given['code']}': no text '{id_}' in translations/",
                        remedy="Add a row with that id to translations/questions.csv.",
                    )


def _ids(part: Part) -> frozenset[str]:
    found: set[str] = set()
    for name, raw in part.files.items():
        if name.startswith(f"{part.code}/translations/") and name.endswith(".csv"):
            text = raw.decode("utf-8-sig", "replace")
            found |= {row.get("id") or "" for row in csv.DictReader(StringIO(text, newline=""))}
    return frozenset(found)
