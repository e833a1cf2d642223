"""How the safeguards find a person's file without knowing the room that keeps it: one `Files` is named at start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from panah.foundation.access.models import Officer
from panah.foundation.door.service import NotFound


class Files(Protocol):
    def by_id(self, subject: UUID) -> Any:
        """The file, whoever asks. Raises door.NotFound."""

    def readable(self, officer: Officer, file: Any) -> bool:
        """Whether the officer may read this file now."""

    def of_office(self, officer: Officer, file: Any) -> bool:
        """Whether the officer reads this file by office, and not only because of an open break-glass session."""

    def numbers(self, subjects: Iterable[UUID]) -> Mapping[UUID, str]:
        """The numbers that officers call the files by; nothing that identifies a person."""

    def url(self, subject: UUID) -> str:
        """Address of the file's page."""


_named: list[Files] = []
_concerned: list[Callable[[Officer, UUID], bool]] = []
_leading: list[Callable[[Officer, UUID], bool]] = []


def files_from(files: Files) -> None:
    """Name where files are found. One an installation."""
    _named[:] = [files]


def found(subject: UUID) -> Any:
    """The file. Raises NotFound, also where nothing was named: what cannot be found cannot be acted on."""
    if not _named:
        raise NotFound("There is no such file.")
    return _named[0].by_id(subject)


def worked_on_by(works_on: Callable[[Officer, UUID], bool], *, leads: bool = False) -> None:
    """A room names who else works on a file, beside those who may read it: `works_on(officer, subject)`, for example because
    the case was referred to the officer's body. Such an officer sees its holds and has a say in them. `leads` is for rooms in which a
    body takes on a case to decide on it: only such work lets anybody ask for an act of force, help and work do not."""
    _concerned.append(works_on)
    if leads:
        _leading.append(works_on)


def readable(officer: Officer, file: Any) -> bool:
    return bool(_named) and _named[0].readable(officer, file)


def concerns(officer: Officer, file: Any) -> bool:
    """Whether the officer may read the file, or works on the case."""
    return readable(officer, file) or any(works_on(officer, file.pk) for works_on in _concerned)


def concerns_by_office(officer: Officer, file: Any) -> bool:
    """The same without what break-glass opens: it is for reading in an emergency, and gives nobody a say in a case."""
    by_office = bool(_named) and _named[0].of_office(officer, file)
    return by_office or any(works_on(officer, file.pk) for works_on in _concerned)


def leads_by_office(officer: Officer, file: Any) -> bool:
    """Whether the file is of the officer's own office, or the officer's body took the case on to decide on it."""
    by_office = bool(_named) and _named[0].of_office(officer, file)
    return by_office or any(works_on(officer, file.pk) for works_on in _leading)


def numbers(subjects: Iterable[UUID]) -> Mapping[UUID, str]:
    return _named[0].numbers(subjects) if _named else {}


def url(subject: UUID) -> str:
    return _named[0].url(subject) if _named else ""
