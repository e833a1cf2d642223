"""Find by a number: a file, or what other rooms keep under a number of their own. Nothing that the officer may not open is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, serves_other_state
from panah.foundation.journal import service as journal
from panah.node.registration.models import PersonFile
from panah.web.parts import Link

Finds = Callable[[Officer, str, UUID | None], Sequence[Link]]

_finds: list[Finds] = []


def found_by(finds: Finds) -> None:
    """A room says what it keeps under a number, or about the file of that number, that this officer may open. It asks the rights."""
    _finds.append(finds)


def find(officer: Officer, number: str) -> list[Link]:
    """What the officer may open under this number. The search is written into the journal, without what was typed."""
    wanted = number.strip().upper()
    found: list[Link] = []
    if wanted and not serves_other_state(officer):
        file = PersonFile.objects.filter(number=wanted).first()
        if file is not None and may(officer, "registration.read_file", file):
            found.append(Link(_("File %(number)s") % {"number": file.number}, reverse("file", args=[file.pk])))
        for finds in _finds:
            found += finds(officer, wanted, file.pk if file else None)
    facts = {"by": "number", "found": len(found)}
    journal.note_read("registration.searched", by=officer.pk, place=officer.post, subject=None, facts=facts)
    return found
