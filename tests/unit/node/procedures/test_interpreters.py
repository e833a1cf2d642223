"""An interpreter sees the own appointment and nothing else; says whether they come; a conflict of interest is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.access.actions import GrantRole
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import waiting_for
from panah.node.procedures.acts import RecordHearing, SetHearing
from panah.node.procedures.hearing_acts import AnswerAppointment, AssignLead, NameInterpreter
from panah.node.procedures.models import Hearing, Proceeding
from tests.unit.node.procedures.test_procedures_by_rest import program
from tests.unit.node.referrals.conftest import WHEN

SOON = WHEN + timedelta(days=2)
SET = {"at": SOON, "room": "Room 4, first floor", "language": "fa", "setting": "private"}


@pytest.fixture
def there(opened, officer):
    """A proceeding, an interpreter with an account, and a hearing to which they were asked."""
    run = opened()
    voice = officer("interpreter", display_name="Voice of Almaty")
    hearing = uuid7()
    with standing_at(WHEN):
        run.act(SetHearing, hearing=hearing, interpreter_account=voice.pk, **SET)
    return run, voice, hearing


def answers(who, hearing, answer, **more):
    return perform(AnswerAppointment(by=who.pk, happened_at=WHEN, hearing=hearing, answer=answer, **more))


def test_the_appointment_tells_day_place_setting_language_and_number_and_nothing_of_the_file(there, signed_in):
    run, voice, hearing = there
    file = run.row.number.rsplit("-", 1)[0]
    with standing_at(WHEN):
        browser = signed_in(voice)
        listed = browser.get("/appointments/").content.decode()
        page = browser.get(f"/appointments/{hearing}/").content.decode()
        for text in (listed, page):
            assert run.row.number in text
            assert "Room 4, first floor" in text
            assert "a private room" in text
            for hidden in ("Zahra", "asylum", "Asylum", "refuge", str(run.file), str(run.row.pk)):
                assert hidden not in text
        for address in (
            f"/procedures/{run.row.pk}/", f"/files/{run.file}/", "/procedures/", "/queue/", "/arrivals/", "/board/", "/search/", f"/search/?q={file}",
            f"/procedures/{run.row.pk}/hearings/{hearing}.ics", f"/procedures/{run.row.pk}/hearings/{hearing}.pdf", "/reception/", "/detained/",
        ):  # fmt: skip
            assert browser.get(address).status_code == 404, address
    assert Entry.objects.filter(code="procedures.appointment_read", by=voice.pk, subject=run.file).count() == 1


def test_another_interpreter_finds_no_appointment(there, officer, signed_in):
    _run, _voice, hearing = there
    other = officer("interpreter")
    with standing_at(WHEN):
        assert signed_in(other).get(f"/appointments/{hearing}/").status_code == 404
        assert "Room 4" not in signed_in(other).get("/appointments/").content.decode()
    with pytest.raises(NotAllowed):
        answers(other, hearing, "available")


def test_the_interpreter_is_asked_by_a_word_and_their_day_says_where(there, signed_in):
    run, voice, hearing = there
    word = waiting_for(voice).get(code="procedures.asked_to_interpret")
    assert word.link == f"/appointments/{hearing}/"
    with standing_at(WHEN):
        day = signed_in(voice).get("/").content.decode()
    assert run.row.number in day
    assert "say whether you come" in day


def test_who_comes_says_so_and_it_is_journaled_and_shown(there, signed_in):
    run, voice, hearing = there
    answers(voice, hearing, "available", words="I speak Dari too.")
    assert Entry.objects.get(code="procedures.answer_appointment").by == voice.pk
    page = signed_in(run.worker).get(f"/procedures/{run.row.pk}/").content.decode()
    assert "Voice Of Almaty" in page or "Voice of Almaty" in page
    assert "(comes)" in page
    assert "I speak Dari too." in page


def test_who_has_a_conflict_of_interest_declines_the_lane_is_told_and_the_appointment_is_gone(there, signed_in):
    run, voice, hearing = there
    with pytest.raises(Refused, match="conflict"):
        answers(voice, hearing, "available", conflict=True)
    answers(voice, hearing, "declined", conflict=True, words="My cousin.")
    assert "My cousin" not in Entry.objects.get(code="procedures.answer_appointment").facts
    assert waiting_for(run.worker).filter(code="procedures.interpreter_declined").exists()
    with standing_at(WHEN):
        assert signed_in(voice).get(f"/appointments/{hearing}/").status_code == 404
    page = signed_in(run.worker).get(f"/procedures/{run.row.pk}/").content.decode()
    assert "conflict of interest" in page
    with pytest.raises(NotAllowed):
        answers(voice, hearing, "available")


def test_another_is_named_and_the_former_one_finds_nothing_more(there, officer, signed_in):
    run, voice, hearing = there
    other = officer("interpreter")
    run.act(NameInterpreter, hearing=hearing, interpreter_account=other.pk)
    with standing_at(WHEN):
        assert signed_in(voice).get(f"/appointments/{hearing}/").status_code == 404
        assert signed_in(other).get(f"/appointments/{hearing}/").status_code == 200
    run.act(NameInterpreter, hearing=hearing, interpreter="Somebody from outside")
    row = Hearing.objects.get()
    assert (row.interpreter_account, row.interpreter, row.interpreter_says) == (None, "Somebody from outside", "")
    with pytest.raises(Refused, match="not both"):
        run.act(NameInterpreter, hearing=hearing, interpreter="Two", interpreter_account=other.pk)


def test_after_the_hearing_the_appointment_is_closed(there, signed_in):
    run, voice, hearing = there
    with run.on(SOON + timedelta(hours=1)):
        run.act(RecordHearing, hearing=hearing, held_at=SOON, record="She told.")
        assert signed_in(voice).get(f"/appointments/{hearing}/").status_code == 404
        with pytest.raises(Refused, match="was held"):
            run.act(NameInterpreter, hearing=hearing, interpreter="Late")


@pytest.mark.parametrize("who", ["nobody", "without_role", "closed", "of_another_state"])
def test_only_an_open_account_with_the_role_is_asked_to_interpret(opened, officer, who):
    run = opened()
    account = {
        "nobody": uuid7,
        "without_role": lambda: officer("asylum_officer", body=run.row.body).pk,
        "closed": lambda: _closed(officer("interpreter")),
        "of_another_state": lambda: officer("interpreter", serves_state="AFG").pk,
    }[who]()
    with standing_at(WHEN), pytest.raises(Refused, match="No interpreter"):
        run.act(SetHearing, hearing=uuid7(), interpreter_account=account, **SET)


def _closed(person):
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    return person.pk


@pytest.mark.parametrize("role", ["asylum_officer", "supervisor", "registrar", "ombudsman", "ngo_partner"])
def test_nobody_interprets_and_decides(officer, role):
    voice, admin = officer("interpreter"), officer("administrator")
    with pytest.raises(Refused):
        perform(GrantRole(by=admin.pk, happened_at=now(), officer=voice.pk, role=role))


def test_programs_name_and_answer_too(there, client, officer):
    run, voice, hearing = there
    mine, theirs = program(client, run.worker), program(client, voice)
    with standing_at(WHEN):
        (given,) = theirs("/appointments").json()["appointments"]
        assert (given["number"], given["room"], given["answer"]) == (run.row.number, "Room 4, first floor", "")
        assert set(given) == {"hearing", "number", "at", "minutes", "room", "setting", "language", "answer"}
        assert theirs(f"/appointments/{hearing}").status_code == 200
        assert theirs(f"/appointments/{hearing}/answer", answer="declined", conflict=True).status_code == 200
        assert theirs(f"/appointments/{hearing}").status_code == 404
        assert theirs(f"/procedures/{run.row.pk}").status_code == 404
        assert mine("/appointments").status_code == 404
        named = mine(f"/procedures/{run.row.pk}/hearings/{hearing}/interpreter", interpreter="From outside")
        assert named.status_code == 200


def test_one_officer_of_the_lane_leads_the_case_sees_it_in_their_day_and_is_told(opened, officer, signed_in):
    run = opened()
    run.act(AssignLead, lead=run.second.pk)
    assert Proceeding.objects.get().lead == run.second.pk
    assert Notice.objects.get(code="procedures.leads").officer == run.second.pk
    assert "Cases that you lead" in signed_in(run.second).get("/").content.decode()
    assert "Cases that you lead" not in signed_in(run.worker).get("/").content.decode()
    page = signed_in(run.worker).get(f"/procedures/{run.row.pk}/").content.decode()
    assert "Leads the case" in page
    chief = officer("supervisor", body=run.row.body)
    run.act(AssignLead, by=chief, lead=run.worker.pk)
    assert Proceeding.objects.get().lead == run.worker.pk


@pytest.mark.parametrize("kind", ["elsewhere", "other_lane"])
def test_nobody_leads_a_case_who_may_not_work_on_it(opened, officer, kind):
    run = opened()
    stranger = (
        officer("asylum_officer", body="elsewhere")
        if kind == "elsewhere"
        else officer("child_officer", body=run.row.body)
    )
    with pytest.raises(Refused, match="this body"):
        run.act(AssignLead, lead=stranger.pk)
    with pytest.raises(NotAllowed):
        run.act(AssignLead, by=stranger, lead=stranger.pk)
