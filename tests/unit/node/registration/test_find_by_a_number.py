"""By its number a case is found by those who may open it, and for others there is nothing."""

from __future__ import annotations

from typing import Any

from panah.foundation.journal.models import Entry
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from tests.unit.node.procedures.conftest import case, opened  # noqa: F401 - fixtures

NOTHING = "Nothing that you may open has this number"


def searched(browser: Any, number: str) -> str:
    return browser.post("/search/", {"number": number}).content.decode()


def test_each_finds_under_a_file_s_number_what_is_theirs(opened, officer, signed_in):  # noqa: F811
    run = opened()
    number = PersonFile.objects.get(pk=run.file).number
    at_the_post = searched(signed_in(officer("border_officer", post=PersonFile.objects.get(pk=run.file).place)), number)
    assert f'href="/files/{run.file}/"' in at_the_post
    assert f'href="/procedures/{run.row.pk}/"' not in at_the_post
    at_the_body = searched(signed_in(run.worker), f" {number.lower()} ")
    assert f'href="/procedures/{run.row.pk}/"' in at_the_body
    assert f'href="/queue/{Referral.objects.get(file=run.file).pk}/"' in at_the_body
    assert f'href="/files/{run.file}/"' not in at_the_body


def test_a_referral_and_a_procedure_are_found_by_their_own_numbers(opened, signed_in):  # noqa: F811
    run = opened()
    browser = signed_in(run.worker)
    assert f'href="/procedures/{run.row.pk}/"' in searched(browser, run.row.number)
    assert f'href="/queue/{run.row.referral}/"' in searched(browser, Referral.objects.get(pk=run.row.referral).number)


def test_what_is_not_mine_and_what_is_not_there_look_the_same(opened, officer, signed_in):  # noqa: F811
    run = opened()
    browser = signed_in(officer("asylum_officer", body="another-body"))
    theirs, nothing = searched(browser, run.row.number), searched(browser, "X" * len(run.row.number))
    assert NOTHING in theirs
    assert len(theirs) == len(nothing)


def test_a_consular_officer_finds_nothing_and_the_try_is_told(opened, officer, signed_in):  # noqa: F811
    run = opened()
    consul = officer("consular_officer", serves_state="AFG", body="own-consulate")
    assert NOTHING in searched(signed_in(consul), run.row.number)
    assert Entry.objects.filter(code="registration.consular_search", by=consul.pk).exists()


def test_a_search_is_written_down_without_what_was_typed(opened, signed_in):  # noqa: F811
    run = opened()
    searched(signed_in(run.worker), "Fatima Ahmadi")
    line = Entry.objects.filter(code="registration.searched").latest("seq")
    assert line.by == run.worker.pk
    assert "FATIMA" not in line.facts.upper()


def test_who_may_not_search_by_name_is_not_offered_it(opened, signed_in):  # noqa: F811
    run = opened()
    page = signed_in(run.worker).get("/search/").content.decode()
    assert 'name="number"' in page
    assert 'name="full_name"' not in page
    signed_in(run.worker).post("/search/", {"full_name": "Invented Person"})
    assert not Entry.objects.filter(code="registration.searched").exists()
