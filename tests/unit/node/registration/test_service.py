"""What other rooms rely on."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.registration import service
from panah.node.registration.models import PersonFile
from panah.node.registration.service import BirthSaid, CloseFile, DocumentShown, NameSaid

pytestmark = pytest.mark.django_db


def test_the_record_holds_what_registration_knows_in_the_words_of_the_contract(aida, register):
    file = register(
        aida,
        "Фотима",
        sex="female",
        birth=BirthSaid(date="1990-05"),
        citizenships=("TJK", "AFG"),
        language="tg",
        entry={"mode": "irregular", "from_country": "AFG", "route": ["PAK", "AFG"], "stay_expired": "no"},
        documents=(DocumentShown(type="passport", issuer="TJK", number="A1", status="expired"),),
        urgent=("medical", "danger", "child_alone"),
    )
    assert service.record_part(file) == {
        "id": str(file.pk),
        "pack": "kaz",
        "place": "ALA",
        "person": {"sex": "female", "birth_date": "1990-05", "citizenships": ["TJK", "AFG"], "languages": ["tg"]},
        "entry": {"mode": "irregular", "from": "AFG", "route": ["PAK", "AFG"], "stay_expired": "no"},
        "documents": [{"type": "passport", "issuer": "TJK", "number": "A1", "status": "expired"}],
        "health": {"emergency": "yes"},
        "security": {"imminent_danger": "yes"},
        "child": {"accompanied_by": "nobody"},
    }


def test_a_range_of_birth_is_told_as_the_least_possible_age_on_the_day(aida, register):
    file = register(aida, "Ali", birth=BirthSaid(date="1387", calendar="solar_hijri"))
    assert (file.birth_from, file.birth_to) == (date(2008, 3, 20), date(2009, 3, 20))
    assert service.record_part(file, date(2026, 11, 21))["person"]["age_estimate"] == 17
    assert service.record_part(file, date(2027, 3, 20))["person"]["age_estimate"] == 18


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((NameSaid(text="Фотима"), NameSaid(text="Rahimi", kind="family")), "Фотима"),
        ((NameSaid(text="Rahimi", kind="family"), NameSaid(text="Nargis", kind="given")), "Nargis Rahimi"),
        ((NameSaid(text="  Ali   Khan "),), "Ali Khan"),
    ],
)
def test_the_shown_name_is_the_stated_one_else_its_parts(aida, register, names, shown):
    assert service.display_name(register(aida, names=names)) == shown


def test_who_has_no_name_yet_is_shown_by_number(aida, register):
    file = register(aida)
    assert service.display_name(file) == file.number


def test_a_standing_is_set_within_a_transaction_only(aida, register, monkeypatch):
    file = register(aida, "Ali")
    with transaction.atomic():
        service.set_status(file.pk, "proposed")
    assert PersonFile.objects.get(pk=file.pk).status == "proposed"
    monkeypatch.setattr("panah.node.registration.actions.connection", type("C", (), {"in_atomic_block": False}))
    with pytest.raises(RuntimeError, match="Go through the action door"):
        service.set_status(file.pk, "confirmed")


@pytest.mark.parametrize("status", ["arrived", "closed", "lost"])
def test_no_room_sets_a_standing_that_is_not_its_own_to_set(aida, register, status):
    with pytest.raises(ValueError, match="Allowed are"):
        service.set_status(register(aida, "Ali").pk, status)


def test_a_closed_file_moves_no_more(aida, saule, register):
    file = register(aida, "Ali")
    perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=file.pk, reason="left"))
    with pytest.raises(Refused):
        service.set_status(file.pk, "proposed")


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        service.file_by_id(uuid7())
    with pytest.raises(NotFound), transaction.atomic():
        service.set_status(uuid7(), "proposed")
