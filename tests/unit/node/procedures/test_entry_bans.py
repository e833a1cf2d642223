"""A ban on entry is on record with what is done about it: a Tajik worker comes back from Russia with one (domain reference 11.6, 3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.door.service import NotFound, Refused, Stopped
from panah.node.procedures.ban_acts import LiftBan, LodgeBanRemedy, NoteDestination, RecordBan
from panah.node.procedures.models import EntryBan
from panah.node.procedures.shown import pages_for
from panah.node.registration.service import file_by_id
from tests.unit.node.referrals.conftest import WHEN

BAN = {"state": "RUS", "authority": "Ministry of the Interior", "ground": "Overstayed.", "length": "until",
       "starts": date(2026, 9, 1), "ends": date(2031, 8, 31)}  # fmt: skip


def banned(run, **said):
    ban = uuid7()
    run.act(RecordBan, ban=ban, **(BAN | said))
    return ban


def test_a_worker_who_comes_back_with_a_ban_has_it_on_file_its_remedy_and_another_destination(opened, officer):
    run = opened()
    ban = banned(run)
    run.act(LodgeBanRemedy, ban=ban, to="Regional court", on=date(2026, 11, 19), what="To annul it.", wished=True)
    run.act(NoteDestination, ban=ban, state="KAZ", why="Free movement of workers is being looked at.")
    row = EntryBan.objects.get()
    assert (row.file, row.remedy_to, row.destination) == (run.file, "Regional court", "KAZ")
    links = [link.text for link in pages_for(run.worker, file_by_id(run.file))]
    assert any("Russia" in str(text) for text in links)
    assert pages_for(officer("asylum_officer", body="kaz-police-anti-trafficking"), file_by_id(run.file)) == []
    run.act(LiftBan, ban=ban, on=date(2026, 11, 20), lifted_by="The court", paper="Judgment of 20 November.")
    with pytest.raises(Refused, match="was lifted"):
        run.act(LodgeBanRemedy, ban=ban, to="x", on=date(2026, 11, 19), what="x", wished=True)


def test_a_ban_says_how_long_or_that_nobody_knows(opened):
    run = opened()
    for said in ({"length": "unknown"}, {"length": "forever"}, {"ends": None}, {"ends": date(2026, 8, 1)}):
        with pytest.raises(Refused):
            banned(run, **said)
    banned(run, length="unknown", ends=None, starts=None)
    assert EntryBan.objects.get().length == "unknown"


def test_a_remedy_before_another_state_is_lodged_only_at_the_persons_wish(opened):
    run = opened()
    with pytest.raises(Refused, match="own wish"):
        run.act(LodgeBanRemedy, ban=banned(run), to="Court", on=date(2026, 11, 19), what="x", wished=False)


def test_a_ban_of_this_state_asks_the_safeguards_and_one_of_another_is_only_told(opened):
    run = opened()
    with pytest.raises(Stopped):
        banned(run, state="KAZ")
    assert not EntryBan.objects.exists()
    banned(run, state="RUS")


def test_no_destination_is_a_state_that_forbids_entry_too_or_no_state(opened):
    run = opened()
    ban = banned(run)
    with pytest.raises(Refused, match="forbids the person to enter too"):
        run.act(NoteDestination, ban=ban, state="RUS", why="x")
    with pytest.raises(Refused, match="No state has the code"):
        run.act(NoteDestination, ban=ban, state="XXZ", why="x")


def test_a_ban_of_another_person_is_not_there(opened):
    first, second = opened(), opened()
    with pytest.raises(NotFound):
        second.act(LiftBan, ban=banned(first), on=date(2026, 11, 20), lifted_by="x", paper="x")


def test_the_page_records_a_ban_and_is_not_there_for_strangers(opened, officer, signed_in):
    run = opened()
    address, client = reverse("procedure_remedies", args=[run.row.pk]), signed_in(run.worker)
    assert "No ban is on record" in client.get(address).content.decode()
    said = {
        "act": "ban",
        "action": str(uuid7()),
        "made": str(uuid7()),
        "state": "rus",
        "ground": "Overstayed.",
        "length": "until",
    }
    wrong = client.post(address, said)
    assert wrong.status_code == 422
    assert "Say until when" in wrong.content.decode()
    assert client.post(address, said | {"ends": "2031-08-31", "action": str(uuid7())}).status_code == 302
    text = client.get(address).content.decode()
    assert "Russia" in text
    assert 'value="ban_remedy"' in text
    stranger = signed_in(officer("asylum_officer", body="kaz-police-anti-trafficking"))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, said).status_code == 404
    assert EntryBan.objects.get().recorded_at >= WHEN
