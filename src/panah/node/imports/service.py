"""The door of this room for the others: take a file in, write sheets, make the form and its submissions."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID, uuid5

from django.conf import settings
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.keys.service import installation_key
from panah.node.imports.actions import StartImport, content_of
from panah.node.imports.limits import FileRefused
from panah.node.imports.models import Format, Import
from panah.node.imports.people import Problem, Row, Terms
from panah.node.imports.reading import FORMATS, Incoming, read_file, read_folder
from panah.node.imports.submissions import submission_for
from panah.node.imports.taking import Counts, Result, counted, refusal_of, take_in
from panah.node.imports.writing import Described, StatedName, rows_for, write_refused, write_sheet, write_template
from panah.node.imports.xlsform import form_xlsx, form_xml
from panah.node.registration import service as registration

__all__ = [
    "FORMATS", "Counts", "Described", "FileRefused", "Import", "Incoming", "Problem", "Result", "Row", "StatedName", "counted", "form_xlsx",
    "form_xml", "import_by_command", "read_file", "read_folder", "read_waiting", "refusal_of", "rows_for", "submission_for", "upload", "write_refused",
    "write_sheet", "write_template",
]  # fmt: skip

_IDS = "import-ids"


def terms_for(by: UUID | None, place: str, format_: str, only_place: str = "") -> Terms:
    """The terms of an import by an officer (then every row belongs to their post) or by the installation."""
    source = "sheet" if format_ in ("xlsx", "csv") else "xlsform"
    return Terms(
        pack=registration.node_pack(),
        secret=installation_key(_IDS),
        now=now(),
        by=by,
        place=place,
        only_place=only_place,
        source=source,
    )


def import_by_command(incoming: Incoming, digest: bytes, officer: Officer | None, place: str) -> Iterator[Result]:
    """Take in a file that lies at hand. Without an officer the installation itself acts, and rows may name any place.

    Raises NotAllowed, or FileRefused; what was taken in before that stays.
    """
    by = officer.pk if officer else None
    post = officer.post if officer else ""
    found = _start(by, post, incoming.format, digest, None)
    yield from take_in(found, incoming, terms_for(by, place or post, incoming.format, post))


def upload(content: bytes, name: str, officer: Officer) -> Import:
    """Keep a file that an officer sends, for a job to read. Raises FileRefused where its first look says that it is none, and NotAllowed."""
    incoming = read_file(io.BytesIO(content), name)
    return _start(officer.pk, officer.post, incoming.format, hashlib.sha256(content).digest(), content)


def read_waiting(import_id: UUID) -> int:
    """Read a file that waits, to its end. Returns how many people were taken in; 0 where nothing waits."""
    found = Import.objects.filter(pk=import_id, finished_at=None).first()
    content = content_of(found) if found else None
    if found is None or content is None:
        return 0
    terms = terms_for(found.by, found.place, found.format, found.place)
    incoming = _opened(io.BytesIO(content), found)
    try:
        return counted(take_in(found, incoming, terms), lambda result: None).taken
    except FileRefused:
        return 0  # said on the page of the import


def _opened(file: BinaryIO, found: Import) -> Incoming:
    """The file as it is to be read; one that cannot even be opened is refused while it is read, so that the import ends."""
    try:
        return read_file(file)
    except FileRefused as refused:
        reason = refused

        def nothing() -> Iterator[Row]:
            raise reason
            yield

        return Incoming(found.format, nothing())


def _start(by: UUID | None, place: str, format_: str, digest: bytes, content: bytes | None) -> Import:
    identifier = uuid5(uuid5(UUID(int=0), f"{settings.PANAH_INSTALLATION}/{by}/{place}"), digest.hex())
    perform(
        StartImport(
            id=uuid7(),
            by=by,
            place=place,
            happened_at=now(),
            of=identifier,
            format=Format(format_),
            file_digest=digest.hex(),
            content=content,
        )
    )
    return Import.objects.get(pk=identifier)
