"""Where a person can be received."""

import pytest

from panah.node.registration import service

pytestmark = pytest.mark.django_db


def test_a_person_is_received_at_a_named_place_and_never_at_a_province_or_a_stretch_of_border() -> None:
    codes = {place.code for place in service.posts()}
    assert {"ALA", "BX045-KZ"} <= codes
    assert not any(place.kind in ("province", "border_sector") or not place.named for place in service.posts())
    assert "KZ-75" not in codes
