"""Numbers of a place and day are given once each, whoever asks at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.node.registration.models import PersonFile
from panah.node.registration.service import RegisterPerson


def test_eight_writers_get_forty_numbers_without_gap_or_double(committed_db, officer):
    aida, moment = officer("border_officer", post="ALA"), now()

    def register(_: int) -> str:
        try:
            action = RegisterPerson(by=aida.pk, place="ALA", happened_at=moment, file=uuid7())
            return str(perform(action).result["number"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(register, range(40)))
    assert sorted(int(number[-4:]) for number in numbers) == list(range(1, 41))
    assert set(PersonFile.objects.values_list("number", flat=True)) == set(numbers)


def test_one_action_from_many_hands_opens_one_file(committed_db, officer):
    aida = officer("border_officer", post="ALA")
    action = RegisterPerson(by=aida.pk, place="ALA", happened_at=now(), file=uuid7())

    def register(_: int) -> str:
        try:
            return str(perform(action).result["number"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(register, range(16)))) == 1
    assert PersonFile.objects.count() == 1
