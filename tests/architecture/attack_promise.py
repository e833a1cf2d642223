"""What an attacker finds on the hub beside a meeting: what one participant promised, wrote down, asked for and was offered.

Its ids are always the same, as those of the meeting are. `OURS` is the participant of whom all of it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.commitments import acts as promising
from panah.hub.participants import service as participants
from panah.hub.practices import acts as practising
from panah.hub.treaties.models import Amendment, ReportedAct
from tests.architecture.attack_meeting import SENTENCE

OURS: Final = "KAZ"
OTHERS: Final = "TKM"
_GIVER: Final = "KGZ"
_IDS: Final = ("commitment", "report", "practice", "request", "offer", "own_offer", "treaty_report")
ID: Final[Mapping[str, UUID]] = {name: UUID(int=0x5EED1000 + at) for at, name in enumerate(_IDS, 1)}
AMENDMENT: Final = "kaz-invented-law"


def seated(officer: Officer, participant: str) -> Officer:
    """The same account, as national coordinator of a participant. The participants are loaded."""
    seat = {"seat": uuid7(), "officer": officer.pk, "participant": participant, "office": "national_coordinator"}
    perform(participants.SeatOfficer(by=None, happened_at=now(), begins=date(2020, 1, 1), **seat))
    return officer


def make_promise(officer: Callable[..., Officer]) -> None:
    """All of it, through the real actions: a made commitment would ask for a second coordinator, so it is a draft with a report on it."""
    ours, giver = (seated(officer("national_coordinator"), code) for code in (OURS, _GIVER))
    by, by_giver = ({"by": who.pk, "happened_at": now()} for who in (ours, giver))
    drafted = {"commitment": ID["commitment"], "report": ID["report"], "participant": OURS, "action_en": SENTENCE}
    perform(promising.TakeRow(**by, **drafted, status="in_progress", reported=SENTENCE))
    told = {"participant": OURS, "theme": "border", "title_en": "A card", "what_en": "A card.", "source": "The source"}
    perform(practising.WritePractice(**by, entry=uuid7(), version=ID["practice"], **told))
    said: dict[str, Any] = {"theme": "border", "title": "Two trainers", "text": "Two trainers for a week."}
    perform(practising.AskHelp(**by, request=ID["request"], participant=OURS, **said))
    perform(practising.OfferHelp(**by_giver, offer=ID["offer"], request=ID["request"], participant=_GIVER, **said))
    perform(practising.OfferHelp(**by, offer=ID["own_offer"], participant=OURS, **said))
    _report_of_law(ours)


def _report_of_law(ours: Officer) -> None:
    """What the state reported of a treaty and of a law. The register is not loaded here: the rows stand for what its loading would let through."""
    at = {"reported_by": ours.pk, "reported_at": now()}
    ReportedAct.objects.create(
        id=ID["treaty_report"],
        state=OURS,
        instrument="cat",
        act="accession",
        date="2020",
        paper="Note 1",
        check_state="waiting",
        **at,
    )
    Amendment.objects.create(key=AMENDMENT, state=OURS, title_en="Title", title_ru="Title", made_at=now())
