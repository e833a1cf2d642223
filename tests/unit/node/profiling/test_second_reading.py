"""A decided profile is read by a second officer of the post; nothing waits for it, and who decided is told where it reads otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.door.service import NotAllowed, Refused
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.node.profiling.models import Confirmation, SecondReading
from panah.node.profiling.second.actions import ReadSecond
from panah.node.profiling.service import ConfirmProfile, proposal_of


@pytest.fixture
def decided(act: Any, aida: Any, zahra: Any, propose: Any) -> Confirmation:
    propose(zahra, {"protection": {"fears_return": "yes", "fear_grounds": ["religion"]}})
    act(aida, ConfirmProfile, proposal=proposal_of(zahra.pk).pk)
    return Confirmation.objects.get()


def test_nobody_reads_a_second_time_what_they_decided(act, aida, decided):
    with pytest.raises(Refused, match="Another officer"):
        act(aida, ReadSecond, confirmation=decided.pk, agrees=True)


def test_a_colleague_reads_it_once_and_it_stands_beside_the_decision(act, officer, decided, signed_in):
    bota = officer("registrar", post="ALA")
    day = signed_in(bota).get("/").content.decode()
    assert "Profiles for a second reading" in day
    assert decided.file.number in day
    act(bota, ReadSecond, confirmation=decided.pk, agrees=True)
    with pytest.raises(Refused, match="already"):
        act(officer("registrar", post="ALA"), ReadSecond, confirmation=decided.pk, agrees=True)
    page = signed_in(bota).get(f"/files/{decided.file_id}/proposal/").content.decode()
    assert "It reads so to another officer too." in page
    assert "Profiles for a second reading" not in signed_in(officer("registrar", post="ALA")).get("/").content.decode()
    assert [line.code for line in journal.lines_of(decided.file_id)].count("profiling.read_second") == 1


def test_who_reads_otherwise_says_how_and_the_first_officer_is_told(act, aida, officer, decided):
    bota = officer("registrar", post="ALA")
    with pytest.raises(Refused, match="otherwise"):
        act(bota, ReadSecond, confirmation=decided.pk, agrees=False)
    act(bota, ReadSecond, confirmation=decided.pk, agrees=False, remark="She spoke of a debt too.")
    assert Notice.objects.get(code="profiling.reads_otherwise").officer == aida.pk
    line = next(one for one in journal.lines_of(decided.file_id) if one.code == "profiling.read_second")
    assert "debt" not in line.facts
    decided.refresh_from_db()
    assert decided.file.status == "confirmed", "it holds nothing up"


def test_an_officer_of_another_post_is_no_second_reader(act, bolat, decided, signed_in):
    with pytest.raises(NotAllowed):
        act(bolat, ReadSecond, confirmation=decided.pk, agrees=True)
    assert (
        signed_in(bolat)
        .post(f"/files/{decided.file_id}/second-reading/", {"id": str(uuid7()), "agrees": "yes"})
        .status_code
        == 404
    )
    assert not SecondReading.objects.exists()


def test_the_form_of_the_page_keeps_it(officer, decided, signed_in):
    browser = signed_in(officer("supervisor", post="ALA"))
    assert "Read it as a second officer" in browser.get(f"/files/{decided.file_id}/proposal/").content.decode()
    sent = {"id": str(uuid7()), "agrees": "no", "remark": "There is a child with her."}
    assert browser.post(f"/files/{decided.file_id}/second-reading/", sent).status_code == 302
    assert SecondReading.objects.get().remark == "There is a child with her."
