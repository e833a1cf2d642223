"""Who reads a complaint and who finds nothing of it; triage, inquiry, findings, withdrawal, terms."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from uuid6 import uuid7

from panah.foundation.access.service import may
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.foundation.journal.models import Entry
from panah.foundation.keys.crypto import CannotOpen
from panah.foundation.notices.models import Notice
from panah.node import complaints
from panah.node.complaints import rules, service
from panah.node.complaints.acts import (
    Acknowledge,
    AskForHold,
    Assign,
    Conclude,
    LinkFile,
    Lodge,
    LookAtWithdrawal,
    TakeStep,
    Triage,
)
from panah.node.complaints.models import Complaint
from panah.node.complaints.permissions import may_get
from panah.node.complaints.tasks import seek_readers, tell_of_complaints, warn_of_complaints
from panah.node.registration.service import PersonFile
from panah.node.safeguards.service import standing
from tests.people import WORKER, arrives
from tests.unit.node.complaints.conftest import BODY, WHEN, Came

WHY = "She says that two men in uniform drove her brother to the border."


def told(code: str) -> set[Any]:
    return set(Notice.objects.filter(code=code).values_list("officer", flat=True))


def test_those_it_is_against_find_nothing_of_it(
    comes: Any, does: Any, officer: Any, signed_in: Any, ombudsman: Any
) -> None:
    accused = officer("border_officer", post="ALA", body=BODY, username="accused")
    chief = officer("supervisor", post="KRG", body=f"{BODY}/KZ-75")
    at_post = officer("supervisor", "nrm_officer", post="ALA", body="another-body")
    helper = officer("nrm_officer", body="shelter")
    came: Came = comes(danger=True, kind="violence")
    does(Triage, came, kind="violence", danger=True, accused=(accused.pk,))
    for one in (accused, chief, at_post):
        assert not may(one, "complaints.read", came.now())
        assert service.waiting(one, WHEN)["open"] == 0
        assert signed_in(one).get(f"/complaints/{came.row.pk}/").status_code == 404
        assert came.row.number not in signed_in(one).get("/complaints/").content.decode()
        with pytest.raises(Refused):
            does(Assign, came, to=one.pk)
        with pytest.raises(NotAllowed):
            does(Acknowledge, came, by=one)
    assert may(ombudsman, "complaints.read", came.now())
    assert may(helper, "complaints.read", came.now())
    assert not may(helper, "complaints.work", came.now())


def test_an_ombudsman_who_is_accused_hands_it_to_the_coordinator_and_sees_no_read_of_it(
    comes: Any, does: Any, officer: Any, signed_in: Any, ombudsman: Any
) -> None:
    coordinator, second = officer("national_coordinator"), officer("ombudsman")
    came: Came = comes()
    assert not may(coordinator, "complaints.read", came.row)
    does(Triage, came, by=second, kind="delay", accused=(ombudsman.pk,))
    assert came.now().office == "coordinator"
    assert may(coordinator, "complaints.lead", came.now())
    assert not may(ombudsman, "complaints.read", came.now())
    signed_in(coordinator).get(f"/complaints/{came.row.pk}/")
    for page in ("/reads/?officer=", "/reads.csv?officer="):
        assert coordinator.display_name not in signed_in(ombudsman).get(page + coordinator.username).content.decode()
    seen = signed_in(officer("auditor")).get("/reads/?officer=" + coordinator.username).content.decode()
    assert coordinator.display_name in seen
    assert came.row.number not in seen


def test_a_complaint_about_the_ombudsmans_office_never_reaches_it(comes: Any, officer: Any, ombudsman: Any) -> None:
    coordinator = officer("national_coordinator")
    came: Came = comes(against_office=True, danger=True)
    assert not may(ombudsman, "complaints.read", came.row)
    assert told("complaints.new") == {coordinator.pk}


def test_accusing_its_leader_never_brings_it_to_the_office_that_it_is_against(
    comes: Any, does: Any, officer: Any, ombudsman: Any
) -> None:
    first, second = officer("national_coordinator"), officer("national_coordinator")
    came: Came = comes(against_office=True)
    does(Triage, came, by=second, kind="delay", accused=(first.pk,))
    assert not may(ombudsman, "complaints.read", came.now())
    assert not may(first, "complaints.read", came.now())
    assert may(second, "complaints.lead", came.now())
    assert not may_get(ombudsman, came.now())


def test_one_against_all_of_both_leading_offices_falls_to_the_monitors(
    comes: Any, does: Any, officer: Any, ombudsman: Any
) -> None:
    coordinator, monitor = officer("national_coordinator"), officer("detention_monitor")
    came: Came = comes()
    assert not may(monitor, "complaints.read", came.row)
    does(Triage, came, kind="delay", accused=(coordinator.pk, ombudsman.pk))
    assert came.now().office == "monitor"
    assert may(monitor, "complaints.lead", came.now())
    assert not any(may(one, "complaints.read", came.now()) for one in (coordinator, ombudsman))
    assert monitor.pk in told("complaints.new")
    assert not came.now().unread


def test_of_one_that_nobody_may_read_the_administrator_learns_that_it_is_there_and_nothing_else(
    comes: Any, does: Any, officer: Any, ombudsman: Any, signed_in: Any
) -> None:
    coordinator, keeper = officer("national_coordinator"), officer("administrator")
    came: Came = comes()
    does(Triage, came, kind="violence", accused=(coordinator.pk, ombudsman.pk))
    assert came.now().unread
    (word,) = Notice.objects.filter(code="complaints.no_reader")
    assert (word.officer, word.facts, word.link) == (keeper.pk, {}, "")
    day = signed_in(keeper).get("/").content.decode()
    assert "A complaint has no reader" in day
    assert came.row.number not in day
    assert signed_in(keeper).get(f"/complaints/{came.row.pk}/").status_code == 404
    monitor = officer("detention_monitor")
    assert seek_readers.call() == 1
    assert may(monitor, "complaints.lead", came.now())
    assert "A complaint has no reader" not in signed_in(keeper).get("/").content.decode()
    assert seek_readers.call() == 0


def test_a_complaint_whose_last_reader_left_is_found_by_the_hourly_look(
    comes: Any, officer: Any, ombudsman: Any
) -> None:
    coordinator, monitor = officer("national_coordinator"), officer("detention_monitor")
    came: Came = comes(against_office=True)
    assert came.now().office == "coordinator"
    type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)
    assert seek_readers.call() == 1
    assert may(monitor, "complaints.lead", came.now())


def test_one_against_the_body_of_every_ombudsman_is_led_by_the_coordinator(comes: Any, officer: Any) -> None:
    ombudsman, coordinator = officer("ombudsman", body=BODY), officer("national_coordinator")
    came: Came = comes(body=BODY, danger=True)
    assert not may(ombudsman, "complaints.read", came.row)
    assert may(coordinator, "complaints.lead", came.row)
    assert told("complaints.new") == {coordinator.pk}


def test_danger_is_told_at_once_and_a_complaint_without_a_name_on_another_day(
    comes: Any, officer: Any, ombudsman: Any
) -> None:
    helper = officer("child_officer", body="shelter")
    comes(danger=True, kind="removal_now")
    assert told("complaints.new") == {ombudsman.pk, helper.pk}
    Notice.objects.all().delete()
    comes()
    with standing_at(WHEN + timedelta(hours=5)):
        assert tell_of_complaints.func() == 0
    assert not Notice.objects.exists()
    with standing_at(WHEN + timedelta(hours=20)):
        assert tell_of_complaints.func() == 1
        assert tell_of_complaints.func() == 0
    assert told("complaints.new") == {ombudsman.pk}


def test_the_restricted_lane_is_read_by_its_leader_and_one_named_officer(comes: Any, does: Any, officer: Any) -> None:
    coordinator = officer("national_coordinator")
    given, colleague = officer("supervisor", body="inspection"), officer("supervisor", body="inspection")
    came: Came = comes(kind="sexual_exploitation")
    does(Assign, came, to=given.pk)
    Complaint.objects.update(raised=True)
    assert may(given, "complaints.work", came.now())
    assert not may(colleague, "complaints.read", came.now())
    assert not may(coordinator, "complaints.read", came.now())
    with standing_at(came.row.started_at + timedelta(days=31)):
        warn_of_complaints.func()
    silent = Notice.objects.get(code="complaints.warning", officer=coordinator.pk)
    assert (silent.link, silent.facts["number"]) == ("", came.row.number)
    Complaint.objects.update(kind="delay")
    assert may(coordinator, "complaints.read", came.now())


def test_it_is_not_given_to_a_body_whose_officers_work_at_the_post_it_is_against(
    comes: Any, does: Any, officer: Any
) -> None:
    officer("border_officer", post="ALA", body="kaz-border-service")
    chief = officer("supervisor", post="KRG", body="kaz-border-service")
    came: Came = comes(post="ALA")
    with pytest.raises(Refused) as refusal:
        does(Assign, came, to=chief.pk)
    assert refusal.value.code == "not_for_them"


def test_an_inquiry_goes_from_receipt_to_a_finding_that_the_complainer_reads(comes: Any, does: Any) -> None:
    came: Came = comes()
    does(Acknowledge, came)
    does(TakeStep, came, kind="step", step="visit", text="Looked at the room.")
    assert came.now().state == "inquiry"
    does(
        Conclude,
        came,
        finding="partly_upheld",
        reasons="The room was cold.",
        remedy="A heater.",
        told="We brought a heater.",
    )
    row = came.now()
    assert (row.state, row.finding, row.concluded_on) == ("concluded", "partly_upheld", date(2026, 11, 20))
    assert [message.text for message in service.mailbox(row)] == ["We brought a heater."]
    with pytest.raises(Refused):
        does(Conclude, came, finding="not_upheld", reasons="No.", told="No.")
    does(TakeStep, came, kind="measure", text="The officer was trained.")


def test_who_leads_a_complaint_but_may_not_read_a_file_neither_links_nor_holds_it(
    comes: Any, does: Any, officer: Any
) -> None:
    coordinator = officer("national_coordinator")
    file = arrives(officer("border_officer", "registrar", post="ALA"), WHEN, WORKER)
    came: Came = comes(against_office=True)
    with pytest.raises(NotFound):
        does(LinkFile, came, by=coordinator, file=file, consent="given")
    with pytest.raises(NotFound):
        does(AskForHold, came, by=coordinator, file=file, safeguard="no_removal", reason=WHY)


def test_a_withdrawal_ends_nothing_before_somebody_found_it_free(comes: Any, does: Any) -> None:
    pressed, free = comes(), comes()
    for came in (pressed, free):
        service.withdraw(uuid4(), **came.code, text="I do not want any more.", now=WHEN)
        assert came.now().state == "received"
        with pytest.raises(Refused):
            does(Conclude, came, finding="not_upheld", reasons="She withdrew.", told="Ended.")
    does(LookAtWithdrawal, pressed, free=False, why="The guard stood beside her when she wrote.")
    does(LookAtWithdrawal, free, free=True, why="Asked alone, with an interpreter.")
    assert (pressed.now().state, free.now().state) == ("received", "withdrawn")


def test_nothing_in_the_room_deletes_a_row() -> None:
    root = Path(complaints.__file__).parent
    calls = [
        f"{path.name}:{number}"
        for path in root.rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\.(_raw_)?delete\(|CASCADE|SET_NULL", line)
    ]
    assert calls == []


def test_a_file_is_linked_only_with_consent_and_shows_nothing_of_it(
    comes: Any, does: Any, officer: Any, signed_in: Any
) -> None:
    clerk = officer("registrar", post="ALA")
    file = arrives(clerk, WHEN, WORKER)
    before = Entry.objects.filter(subject=file).count()
    came: Came = comes(name="Invented Person")
    with pytest.raises(Refused) as refusal:
        does(LinkFile, came, file=file, consent="not_given")
    assert refusal.value.code == "no_consent"
    does(LinkFile, came, file=file, consent="given")
    assert came.now().file == file
    assert Entry.objects.filter(subject=file).count() == before
    assert (
        "omplain" not in signed_in(clerk).get(f"/files/{file}/").content.decode().split("<main")[1].split("</main>")[0]
    )
    lines = Entry.objects.filter(code="complaints.link_file")
    assert str(file) not in "".join(line.facts for line in lines)
    does(LinkFile, came, file=None, consent="taken_back")
    assert came.now().file is None


def test_a_hold_is_an_officers_act_and_its_reason_names_no_complaint(comes: Any, does: Any, officer: Any) -> None:
    clerk = officer("registrar", post="ALA")
    file = arrives(clerk, WHEN, WORKER)
    came: Came = comes(
        kind="removal_now", text=f"They remove {PersonFile.objects.get(pk=file).number} now", danger=True
    )
    assert "no_removal" not in {hold.code for hold in standing(file)}, "a complaint alone places nothing"
    does(AskForHold, came, file=file, safeguard="no_removal", reason=WHY)
    hold = next(hold for hold in standing(file) if hold.code == "no_removal")
    assert hold.because[-1]["reason"] == WHY
    assert str(came.row.pk) not in str(hold.because)
    with pytest.raises(NotAllowed):
        does(AskForHold, came, by=clerk, file=file, safeguard="no_detention", reason=WHY)


def test_where_the_pack_has_a_term_it_runs_and_else_a_target_says_that_it_is_one(
    comes: Any, settings: Any, signed_in: Any, ombudsman: Any
) -> None:
    came: Came = comes()
    assert (came.row.term, came.row.due_at) == ("", came.row.started_at + rules.TARGET)
    assert "a target" in signed_in(ombudsman).get(f"/complaints/{came.row.pk}/").content.decode()
    settings.PANAH_PACK = "xx"
    lawful: Came = comes()
    assert lawful.row.term == "complaint/answer"
    assert lawful.row.due_at is not None
    assert lawful.row.due_at > lawful.row.started_at + timedelta(days=14)


def test_silence_is_told_at_half_at_four_fifths_and_then_upward(
    comes: Any, does: Any, officer: Any, ombudsman: Any
) -> None:
    coordinator, given = officer("national_coordinator"), officer("supervisor", body="inspection")
    came: Came = comes()
    does(Assign, came, to=given.pk)
    levels = []
    for days in (14, 16, 16, 25, 31, 40):
        with standing_at(came.row.started_at + timedelta(days=days)):
            levels.append((warn_of_complaints.func(), came.now().warned))
    assert levels == [(0, 0), (1, 50), (0, 50), (1, 80), (1, 100), (0, 100)]
    last = Notice.objects.filter(code="complaints.warning", facts__level="100")
    assert set(last.values_list("officer", flat=True)) == {ombudsman.pk, given.pk, coordinator.pk}
    assert may(coordinator, "complaints.lead", came.now())


def test_a_paper_complaint_gives_a_receipt_and_is_not_its_clerks_to_read(officer: Any, signed_in: Any) -> None:
    clerk = officer("registrar", post="ALA")
    browser = signed_in(clerk)
    ticket = re.search(r'name="ticket" value="([^"]+)"', browser.get("/complaints/enter/").content.decode())[1]  # type: ignore[index]
    said = {
        "ticket": ticket,
        "language": "ru",
        "kind": "theft",
        "text": "They took my ring.",
        "name": "Invented Person",
    }
    page = browser.post("/complaints/enter/", said)
    row = Complaint.objects.get()
    assert page.status_code == 200
    assert row.number in page.content.decode()
    assert (row.via, row.entered_by, row.anonymous) == ("paper", clerk.pk, False)
    assert browser.get(f"/complaints/{row.pk}/").status_code == 404
    assert browser.get("/complaints/").status_code == 404


def test_words_are_sealed_under_the_complaints_own_key(comes: Any, ombudsman: Any) -> None:
    one, other = comes(text="The first story."), comes(text="Another story.")
    assert service.said(one.row)["text"] == "The first story."
    swapped = Complaint.objects.get(pk=other.row.pk)
    swapped.sealed = one.row.sealed
    with pytest.raises(CannotOpen):
        service.said(swapped)


def test_the_list_leaves_as_a_file_without_words_or_names_and_that_is_on_record(
    comes: Any, signed_in: Any, ombudsman: Any
) -> None:
    came: Came = comes(text="The secret story.", name="Invented Person")
    browser = signed_in(ombudsman)
    answer = browser.get("/complaints/?format=csv&kind=delay")
    text = answer.content.decode("utf-8-sig")
    assert came.row.number in text
    assert "secret" not in text
    assert "Invented" not in text
    assert browser.get("/complaints/?format=xlsx").content[:2] == b"PK"
    assert Entry.objects.filter(code="complaints.listed", by=ombudsman.pk).count() == 2


def test_one_page_shows_words_as_words_and_takes_every_act(comes: Any, signed_in: Any, ombudsman: Any) -> None:
    came: Came = comes(text="<img src=x onerror=alert(1)>", whom="<script>", name="Invented", contact="<b>")
    browser, path = signed_in(ombudsman), f"/complaints/{came.row.pk}/"
    page = browser.get(path).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert browser.post(path, {"act": "acknowledge", "id": str(uuid7())}).status_code == 302
    assert (
        browser.post(path, {"act": "triage", "id": str(uuid7()), "kind": "theft", "accused": "nobody-such"}).status_code
        == 422
    )
    assert browser.post(path, {"act": "triage", "id": str(uuid7()), "kind": "theft"}).status_code == 302
    assert (
        browser.post(
            path, {"act": "hold", "id": str(uuid7()), "number": "X-1", "safeguard": "no_removal", "reason": WHY}
        ).status_code
        == 422
    )
    assert browser.post(path, {"act": "nothing"}).status_code == 404
    assert came.now().kind == "theft"
    assert Entry.objects.filter(code="complaints.read", subject=came.row.pk).exists()


def test_statistics_count_without_words_or_people(comes: Any, does: Any) -> None:
    came: Came = comes()
    does(Conclude, came, finding="upheld", reasons="So it was.", told="You were right.")
    (one,) = service.countable(date(2026, 11, 20), date(2026, 11, 20))
    assert (one.kind, one.via, one.finding, one.in_time) == ("delay", "web", "upheld", None)
    assert not list(service.countable(date(2026, 11, 21), date(2026, 12, 1)))


def test_nobody_lodges_as_the_public_page_in_anothers_name(officer: Any) -> None:
    clerk = officer("registrar", post="ALA")
    said = {"complaint": uuid4(), "number": "AAAA-BBBB", "code_digest": "0" * 64, "kind": "delay", "text": "No."}
    with pytest.raises(Refused):
        perform(Lodge(by=clerk.pk, place="ALA", happened_at=WHEN, via="web", **said))
    with pytest.raises((NotAllowed, NotFound)):
        perform(Lodge(by=officer("consular_officer", serves_state="UZB").pk, happened_at=WHEN, via="paper", **said))


def test_the_board_shows_each_reader_their_own_number(
    comes: Any, does: Any, officer: Any, signed_in: Any, ombudsman: Any
) -> None:
    chief = officer("supervisor", post="ALA", body=BODY)
    came: Came = comes(danger=True, body=BODY)
    assert came.row.number in signed_in(ombudsman).get("/board/complaints/").content.decode()
    assert signed_in(chief).get("/board/complaints/").status_code == 404
    assert "Complaints that press" not in signed_in(chief).get("/board/").content.decode()
