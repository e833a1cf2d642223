"""People of the hub for tests: accounts with seats. A room's conftest takes the fixture with `from tests.hub_people import people`;
`seated_officer` and `seat` make more of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.conf import LazySettings
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.participants import service
from panah.hub.participants.service import SeatOfficer
from tests.conftest import make_officer

SINCE = date(2020, 1, 1)
"""The day from which the seats of tests stand, so that they stand on whatever day a test stands at."""

ROLE_OF = {
    "national_coordinator": "national_coordinator",
    "senior_official": "senior_official",
    "chair_delegate": "senior_official",
    "support_unit": "secretariat",
    "observer": "observer",
}


def seat(officer: Officer, participant: str, office: str, begins: date = SINCE) -> UUID:
    """Tie the account to the office of the participant, through the door. The participants must be loaded."""
    identifier = uuid7()
    perform(
        SeatOfficer(
            by=None,
            happened_at=now(),
            seat=identifier,
            officer=officer.pk,
            participant=participant,
            office=office,
            begins=begins,
        )
    )
    return identifier


def seated_officer(office: str, participant: str, **fields: str) -> Officer:
    """A new account with the role that the office needs, seated for the participant."""
    officer = make_officer(ROLE_OF[office], **fields)
    seat(officer, participant, office)
    return officer


@dataclass(frozen=True)
class People:
    """Kazakhstan holds the chair since 24 April 2025. `kaz` and `kgz` are national coordinators, `chair` is Kazakhstan's delegate of the
    chair and senior official, `secretariat` sits for IOM, `unhcr` for UNHCR, `prague` watches for the Prague Process."""

    administrator: Officer
    secretariat: Officer
    unhcr: Officer
    kaz: Officer
    kgz: Officer
    tjk: Officer
    chair: Officer
    kgz_official: Officer
    prague: Officer


@pytest.fixture
def people(db: None, settings: LazySettings) -> People:
    """The hub with the participants of the record, and one account for each office."""
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"
    service.load()
    chair = seated_officer("senior_official", "KAZ", display_name="Delegate of the chair")
    seat(chair, "KAZ", "chair_delegate")
    return People(
        administrator=make_officer("administrator"),
        secretariat=seated_officer("support_unit", "IOM", display_name="Nilufar"),
        unhcr=seated_officer("support_unit", "UNHCR", display_name="Madina"),
        kaz=seated_officer("national_coordinator", "KAZ", display_name="Coordinator of Kazakhstan"),
        kgz=seated_officer("national_coordinator", "KGZ", display_name="Coordinator of Kyrgyzstan"),
        tjk=seated_officer("national_coordinator", "TJK", display_name="Coordinator of Tajikistan"),
        chair=chair,
        kgz_official=seated_officer("senior_official", "KGZ", display_name="Senior official of Kyrgyzstan"),
        prague=seated_officer("observer", "PRAGUE", display_name="Secretariat of the Prague Process"),
    )
