"""Submissions of the form: XML as ODK Collect and Enketo make it, and the JSON that Kobo and ODK Central export; and a submission made from a record.

Each becomes a row of cells by column, so that one reading serves sheets and forms. An element that the form has not is refused.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid5
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree
from django.utils.translation import gettext as _

from panah.node.imports.columns import COLUMN, LEFT, NONE
from panah.node.imports.form_names import (
    DOCUMENTS,
    FORM_MARK,
    HELD,
    LAYOUT,
    LEFT_OPEN,
    element_of,
    form_id,
    form_mark,
    key_of,
)
from panah.node.imports.limits import BIGGEST_SUBMISSION, BIGGEST_UPLOAD, MOST_PARTS, FileRefused, too_big
from panah.node.imports.people import Problem, Row
from panah.node.imports.writing import StatedName, cells_for

# What the collecting programs add by themselves.
_OF_THE_PROGRAM: Final = frozenset(
    (
        "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username",
        "audit", "meta", "formhub", "__version__", "__system", "attachments",
        "instanceID", "instanceName", "rootUuid", "deprecatedID", "uuid",
    )
)  # fmt: skip
_IDS: Final = ("rootUuid", "deprecatedID", "instanceID")
_NOT_FOR_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")

Values = dict[str, Any]


def rows_of(file: BinaryIO, format_: str) -> Iterator[Row]:
    """The submissions of one file: `odk` (one XML), `odk_zip` (many) or `json` (an export). Raises FileRefused."""
    if format_ == "odk":
        size = file.seek(0, 2)
        file.seek(0)
        if size > BIGGEST_SUBMISSION:
            raise too_big(size, BIGGEST_SUBMISSION)
        yield _row_of_xml(1, file.read(), "")
    elif format_ == "odk_zip":
        yield from _rows_of_archive(file)
    else:
        yield from _rows_of_json(file)


def rows_of_folder(folder: Path) -> Iterator[Row]:
    """The submissions that lie in a folder, in order of their paths."""
    paths = sorted(folder.rglob("*.xml"))
    if not paths:
        raise FileRefused(_("There is no submission (.xml) in the folder."), "empty")
    for number, path in enumerate(paths, start=1):
        part = path.relative_to(folder).as_posix()
        if path.stat().st_size > BIGGEST_SUBMISSION:
            yield _refused(number, part, str(too_big(path.stat().st_size, BIGGEST_SUBMISSION)))
        else:
            yield _row_of_xml(number, path.read_bytes(), part)


def submission_for(
    record: Mapping[str, Any],
    name: StatedName,
    arrived_at: datetime,
    *,
    instance: UUID | None = None,
    language: str = "",
) -> bytes:
    """The submission, as ODK Collect would send it, that says what an interview record, a name and an arrival say.

    `instance` is the id that the form program gives; without it one is made from the record's id, so that the same record
    gives the same submission.
    """
    cells = cells_for(record, name, arrived_at)
    root = ElementTree.Element("data", {"id": form_id(), "version": form_mark()})
    _add(root, FORM_MARK, form_mark())
    if language:
        cells["language"] = language
    documents: dict[str, dict[str, str]] = {}
    for key, text in cells.items():
        numbered = re.fullmatch(r"documents\.(\d)\.(\w+)", key)
        if numbered:
            documents.setdefault(numbered[1], {})[numbered[2]] = text
        elif key == DOCUMENTS:
            _add(root, HELD, "no")
        elif key not in ("pack", "name.script"):
            column = COLUMN[key]
            _add(root, element_of(key), text.replace(";", " ") if column.is_list else text)
    if documents:
        _add(root, HELD, "yes")
    for said in documents.values():
        repeat = ElementTree.SubElement(root, DOCUMENTS)
        for part, text in said.items():
            _add(repeat, part, text)
    made = instance or uuid5(UUID(int=0), f"{form_id()}/{record.get('id', '')}")
    _add(ElementTree.SubElement(root, "meta"), "instanceID", f"uuid:{made}")
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = _NOT_FOR_XML.sub("?", text)


def _rows_of_archive(file: BinaryIO) -> Iterator[Row]:
    with zipfile.ZipFile(file) as archive:
        parts = sorted(
            (part for part in archive.infolist() if part.filename.casefold().endswith(".xml")),
            key=lambda part: part.filename,
        )
        if len(parts) > MOST_PARTS:
            raise FileRefused(
                _("The archive holds more than %(most)s submissions. Part it.") % {"most": MOST_PARTS}, "too_many_rows"
            )
        for number, part in enumerate(parts, start=1):
            if part.file_size > BIGGEST_SUBMISSION:
                yield _refused(number, part.filename, str(too_big(part.file_size, BIGGEST_SUBMISSION)))
                continue
            try:
                content = archive.read(part)
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
                yield _refused(number, part.filename, _("It cannot be unpacked; it is damaged or has a password."))
                continue
            yield _row_of_xml(number, content, part.filename)


def _row_of_xml(number: int, content: bytes, part: str) -> Row:
    try:
        root = SafeTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return _refused(number, part, _("It is no readable XML of a form."))
    return _row(number, part, _values_of(root))


def _values_of(element: ElementTree.Element) -> Values:
    """An element's children as JSON would have them: nested objects, lists where a child repeats."""
    found: Values = {}
    for child in element:
        tag = _local(child.tag)
        value: Any = _values_of(child) if len(child) else (child.text or "")
        if tag == DOCUMENTS:
            found.setdefault(DOCUMENTS, []).append(value)
        elif tag in found:
            found[f"{tag}[2]"] = value
        else:
            found[tag] = value
    return found


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _rows_of_json(file: BinaryIO) -> Iterator[Row]:
    size = file.seek(0, 2)
    if size > BIGGEST_UPLOAD:
        raise too_big(size, BIGGEST_UPLOAD)
    file.seek(0)
    try:
        given = json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise FileRefused(_("The file is no readable JSON. Export the submissions anew."), "not_json") from broken
    if isinstance(given, dict):
        given = given.get("results", given.get("value", [given]))
    if not isinstance(given, list) or not given:
        raise FileRefused(
            _("There is no submission in the file. Export a list of submissions, as Kobo and ODK Central do."), "empty"
        )
    for number, one in enumerate(given, start=1):
        if isinstance(one, dict):
            yield _row(number, _("submission %(number)s") % {"number": number}, _shortened(one))
        else:
            yield _refused(number, "", _("It is no submission."))


def _shortened(given: Mapping[str, Any]) -> Values:
    """Without the groups that exports write before a name, and without what the server adds (names that begin with _ or have an @)."""
    found: Values = {}
    ids = {"instanceID": given.get("__id") or given.get("_uuid") or given.get("meta/instanceID")}
    for name in ("rootUuid", "deprecatedID"):
        ids[name] = given.get(f"meta/{name}")
    for key, value in given.items():
        if "@" in key or key.startswith(("_", "meta/", "formhub/")):
            continue
        short = key.rpartition("/")[2]
        if short == DOCUMENTS and isinstance(value, list):
            found[short] = [_shortened(one) if isinstance(one, dict) else one for one in value]
        elif isinstance(value, dict) and short != "meta":
            found |= _shortened(value)
        else:
            found[short] = value
    meta = found.get("meta")
    named = {key: text for key, text in ids.items() if text}
    if named:
        found["meta"] = {**(meta if isinstance(meta, dict) else {}), **named}
    return found


def _row(number: int, part: str, values: Values) -> Row:
    """A submission as a row. Elements that are not of the form refuse it, as does a form of another kind."""
    mark = _text(values.pop(FORM_MARK, ""))
    problems = list(_mark_problems(mark))
    source_id = _instance_of(values)
    if not source_id:
        problems.append(Problem("", "", _("a submission with its instanceID, so that it is not taken in twice")))
    cells: dict[str, str] = {"pack": form_id().removeprefix("panah_")}
    documents = values.pop(DOCUMENTS, [])
    held = _text(values.pop(HELD, ""))
    for element, value in values.items():
        if element in _OF_THE_PROGRAM:
            continue
        key = key_of(element)
        if not key or isinstance(value, dict | list):
            problems.append(Problem(element, _text(value)[:60], _("the elements of the form and no other")))
            continue
        if element.endswith(LEFT_OPEN):
            continue
        text = _text(value)
        if text:
            cells[key] = ";".join(text.split()) if COLUMN[key].is_list else text
    problems += _read_documents(documents, held, cells)
    return Row(number, cells, tuple(problems), part, source_id)


def _mark_problems(mark: str) -> Iterator[Problem]:
    """The form's own mark says with which form a submission was made. One of another layout is not guessed at."""
    said = re.fullmatch(r"(\w+)/(\d+)/(.+)", mark)
    if said is None:
        yield Problem(
            FORM_MARK, mark, _("a submission of the form %(form)s, made with `panah form`") % {"form": form_id()}
        )
    elif said[1] != form_id():
        yield Problem(
            FORM_MARK,
            mark,
            _("a submission of the form %(form)s; this one is of another country's form") % {"form": form_id()},
        )
    elif int(said[2]) != LAYOUT:
        yield Problem(
            FORM_MARK,
            mark,
            _("a form of layout %(layout)s. Give the collectors the new form, and type this one in")
            % {"layout": LAYOUT},
        )


def _read_documents(documents: Any, held: str, cells: dict[str, str]) -> Iterator[Problem]:
    if not isinstance(documents, list):
        documents = [documents] if documents else []
    if held and held not in ("yes", "no", *LEFT):
        yield Problem(HELD, held, ", ".join(("yes", "no", *LEFT)))
    number = 0
    for one in documents:
        said = {key: _text(value) for key, value in one.items()} if isinstance(one, dict) else {}
        said = {key: text for key, text in said.items() if text and key not in _OF_THE_PROGRAM}
        if not said:
            continue
        number += 1
        for name, text in said.items():
            key = f"{DOCUMENTS}.{number}.{name}"
            if key in COLUMN:
                cells[key] = text
            else:
                yield Problem(f"{DOCUMENTS}.{name}", text[:60], _("the elements of the form and no other"))
    if held == "no" and not number:
        cells[DOCUMENTS] = NONE
    elif held == "no":
        yield Problem(HELD, held, _("yes, since documents are described"))


def _instance_of(values: Values) -> str:
    """The id of the submission. A correction keeps the id of the one that it corrects, so that nobody is registered twice."""
    meta = values.get("meta")
    places: list[Mapping[str, Any]] = [meta] if isinstance(meta, dict) else []
    for name in _IDS:
        for place in (*places, values):
            text = _text(place.get(name))
            if text:
                return text.removeprefix("uuid:").casefold()
    return ""


def _refused(number: int, part: str, sentence: str) -> Row:
    return Row(number, {}, (Problem("", "", sentence.rstrip(".")),), part)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
