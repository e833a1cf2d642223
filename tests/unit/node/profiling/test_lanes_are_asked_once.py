"""Which lanes are closed to a reader is asked once while a page is read, and anew wherever something may change."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from panah.node.profiling import service
from panah.web.once import once, while_reading

pytestmark = pytest.mark.django_db


def test_a_file_asks_once_which_lanes_are_closed(aida, zahra, signed_in, monkeypatch):
    asked: list[Any] = []
    real = service._closed_lanes
    monkeypatch.setattr(service, "_closed_lanes", lambda officer, file: asked.append(file.pk) or real(officer, file))
    browser, file = signed_in(aida), zahra
    for path in ("", "story.pdf"):
        asked.clear()
        assert browser.get(f"/files/{file.pk}/{path}").status_code == 200
        assert asked == [file.pk]


def test_a_request_that_may_change_something_and_whatever_is_no_request_asks_each_time():
    def answers(method: str) -> list[int]:
        n, seen = iter(range(10)), []

        def view(request: Any) -> HttpResponse:
            seen.extend(once("n", lambda: next(n)) for _ in range(2))
            return HttpResponse()

        while_reading(view)(RequestFactory().generic(method, "/"))
        return seen

    assert answers("GET") == [0, 0]
    assert answers("POST") == [0, 1]
    counted = iter(range(10))
    assert [once("n", lambda: next(counted)) for _ in range(2)] == [0, 1]


def test_what_one_request_asked_the_next_one_asks_again():
    counted = iter(range(10))
    seen: list[int] = []
    served = while_reading(lambda request: seen.append(once("n", lambda: next(counted))) or HttpResponse())
    for _ in range(2):
        served(RequestFactory().get("/"))
    assert seen == [0, 1]
