"""The pages of this room, as their readers find them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from panah.hub.treaties import service

PAGES = (
    "/treaties/",
    "/treaties/?set=agenda",
    "/treaties/?set=tracked",
    "/treaties/states/KAZ/",
    "/treaties/states/TUR/",
    "/treaties/instruments/convention-1951/",
    "/treaties/instruments/udhr/",
    "/treaties/doubts/",
    "/laws/",
    "/laws/?state=KAZ&theme=asylum",
    "/laws/acts/kaz-refugees-law-2009/",
    "/laws/changes/",
    "/laws/changes/?state=KGZ",
    "/laws/changes/kaz-183-629-2024/",
    "/laws/provisions/",
    "/laws/provisions/?theme=trafficking",
    "/laws/plans/",
    "/agreements/",
    "/agreements/?theme=social_security",
    "/agreements/eaeu-pensions-2019/",
    "/agreements/cis-illegal-migration/",
    "/agreements/between/UZB/KAZ/",
    "/agreements/between/TJK/RUS/",
)


@pytest.fixture
def hub(db: None, settings: Any) -> None:
    settings.PANAH_ROLE, settings.ROOT_URLCONF = "hub", "panah.hub.urls"
    service.load()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_opens_for_everybody_in_both_languages(hub: None, path: str, language: str) -> None:
    client = Client(headers={"accept-language": language})
    answer = client.get(path)
    assert answer.status_code == 200
