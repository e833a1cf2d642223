"""How the safeguards, which lie under this room, find its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.registration.actions import existing
from panah.node.registration.models import PersonFile


class Files:
    """See safeguards.files.Files."""

    def by_id(self, subject: UUID) -> PersonFile:
        return existing(subject)

    def readable(self, officer: Officer, file: PersonFile) -> bool:
        return may(officer, "registration.read_file", file)

    def numbers(self, subjects: Iterable[UUID]) -> Mapping[UUID, str]:
        return dict(PersonFile.objects.filter(pk__in=list(subjects)).values_list("pk", "number"))

    def url(self, subject: UUID) -> str:
        return reverse("file", args=[subject])
