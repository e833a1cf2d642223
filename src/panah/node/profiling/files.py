"""How the safeguards, who know no other room, find the files that registration keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.registration import service as registration
from panah.node.registration.service import PersonFile


class RegisteredFiles:
    """The safeguards' Files, over registration."""

    def by_id(self, subject: UUID) -> PersonFile:
        return registration.file_by_id(subject)

    def readable(self, officer: Officer, file: PersonFile) -> bool:
        return may(officer, "registration.read_file", file)

    def numbers(self, subjects: Iterable[UUID]) -> Mapping[UUID, str]:
        return dict(PersonFile.objects.filter(pk__in=tuple(subjects)).values_list("pk", "number"))

    def url(self, subject: UUID) -> str:
        return reverse("file", args=[subject])
