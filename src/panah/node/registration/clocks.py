"""What is next for a person: the terms that run from their arrival, as the pack gives them, and what other rooms put in.
Being late never prevents anything here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cores.lawbook import Pack, Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.terms import due
from panah.foundation.access.models import Officer
from panah.node.registration.models import EntryMode, PersonFile
from panah.web.parts import Clock

Next = Callable[[Officer, PersonFile, datetime], Sequence[Clock]]

FILING_AFTER_IRREGULAR_ENTRY = "asylum/filing_after_irregular_entry"

_others: list[Next] = []


def next_from(of_room: Next) -> None:
    """A room says what of its own is next for a person, as far as this officer may know of it."""
    _others.append(of_room)


def of_file(officer: Officer, file: PersonFile, pack: Pack, now: datetime) -> list[Clock]:
    """What must be done for this person, by when, with the law: what ends first stands first, what nobody can reckon last."""
    filing = _filing(file, pack, now)
    running = [*([filing] if filing else ()), *(clock for of_room in _others for clock in of_room(officer, file, now))]
    return sorted(running, key=lambda clock: (clock.due is None, clock.due or clock.started))


def _filing(file: PersonFile, pack: Pack, now: datetime) -> Clock | None:
    """The person's own term to ask for asylum after an irregular entry; none for a national of the pack's state and a closed file."""
    parameter = pack.parameters.get(FILING_AFTER_IRREGULAR_ENTRY)
    irregular = file.entry.get("mode") in {EntryMode.IRREGULAR, EntryMode.INTERCEPTED}
    if parameter is None or not irregular or pack.country in file.citizenships or file.closed_at is not None:
        return None
    tag = get_language() or "en"
    what = _("%(what)s (late is registered as well)") % {
        "what": parameter.what.get(tag, parameter.what.get("en", parameter.name))
    }
    end = due(parameter, {"arrival": file.arrived_at}, calendar_of(pack))
    if isinstance(end, Unknown):
        return Clock(what, file.arrived_at, None, now, unknown=end.why)
    source = pack.sources.get(end.value.citation.source)
    title = source.title.get(tag, source.title.get("en", source.id)) if source else end.value.citation.source
    kind: Literal["statutory", "target"] = "target" if pack.basis_of(end.value) == "target" else "statutory"
    return Clock(what, file.arrived_at, end.at, now, kind=kind, source=title)
