"""Who stays in centres, as a table of this node alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from uuid6 import uuid7

from panah.node.reception.models import Centre, Stay, Unit
from panah.node.statistics import capacity

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def house(code: str, kind: str, province: str, people: int, since: datetime) -> None:
    centre = Centre.objects.create(
        id=uuid7(), code=code, title=code, kind=kind, body="b", province=province, opened_at=since
    )
    unit = Unit.objects.create(id=uuid7(), centre=centre, name="1", meant_for="anyone", places=50, opened_at=since)
    for _n in range(people):
        Stay.objects.create(
            id=uuid7(), file=uuid7(), unit=unit, since=since, presence_since=since, sex="female", child=False
        )


@pytest.mark.django_db
def test_a_small_house_is_not_told_nor_found_out_and_a_shelter_has_no_province(officer: Any, signed_in: Any) -> None:
    long_ago = AT - timedelta(days=9)
    house("LAKE", "reception_centre", "KZ-75", 40, long_ago)
    house("HILL", "reception_centre", "KZ-79", 23, long_ago)
    house("SAFE", "shelter", "KZ-75", 3, long_ago)
    house("NEW", "emergency_site", "KZ-75", 12, AT)  # after midnight: tomorrow's table has them
    cells = {cell.codes: cell.count for cell in capacity.people(capacity.last_midnight(AT)).cells}
    told = [count for count in cells.values() if count]
    assert told
    assert min(told) >= 10
    assert cells["shelter", "KZ-75"] is None
    assert 12 not in told
    page = signed_in(officer("national_coordinator")).get("/statistics/reception/").content.decode()
    assert "Reception in numbers" in page
    assert "SAFE" not in page
    shelters = [row for row in capacity.places().rows if row[0] == "Shelter"]
    assert [row[1] for row in shelters] == ["the whole state"]
