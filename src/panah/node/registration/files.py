"""How the safeguards, which lie under this room, find its files; and the pages that rooms above it have about a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.registration.actions import existing
from panah.node.registration.models import PersonFile
from panah.node.registration.permissions import visible_files
from panah.web.parts import Link

Pages = Callable[[Officer, PersonFile], Sequence[Link]]

_pages: list[Pages] = []


def pages_from(pages: Pages) -> None:
    """A room says which of its pages about a file an officer may use, for the file's own page."""
    _pages.append(pages)


def pages(officer: Officer, file: PersonFile) -> list[Link]:
    return [link for of_room in _pages for link in of_room(officer, file)]


class Files:
    """See safeguards.files.Files."""

    def by_id(self, subject: UUID) -> PersonFile:
        return existing(subject)

    def readable(self, officer: Officer, file: PersonFile) -> bool:
        return may(officer, "registration.read_file", file)

    def of_office(self, officer: Officer, file: PersonFile) -> bool:
        return visible_files(officer, break_glass=False).filter(pk=file.pk).exists()

    def numbers(self, subjects: Iterable[UUID]) -> Mapping[UUID, str]:
        return dict(PersonFile.objects.filter(pk__in=list(subjects)).values_list("pk", "number"))

    def url(self, subject: UUID) -> str:
        return reverse("file", args=[subject])
