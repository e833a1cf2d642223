"""The pages: a person from the patrol to reception, one whom nobody confirms, and what the register lets out."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from panah.foundation.access.actions import IssueToken
from panah.foundation.access.models import Officer
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import sentence, waiting_for
from panah.node.custody.acts import Join
from panah.node.custody.models import Custody
from panah.node.custody.tasks import watch_custody
from panah.node.profiling.service import RecordInterview
from panah.node.registration.models import PersonFile
from tests.people import AFRAID
from tests.unit.node.custody.conftest import BORDER, HOUR, POLICE, WHEN

GROUND = "He crossed beside the bridge at night."


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def page_id() -> str:
    """An id as the page would make it at the hour at which the test stands."""
    made = uuid7().int & ((1 << 80) - 1) | int(now().timestamp() * 1000) << 80
    return str(UUID(int=made))


def send(browser: Client, path: str, act: str = "", **said: Any) -> Any:
    """Fill in a form that the page offers."""
    page = text(browser, path)
    assert f'name="act" value="{act}"' in page or not act, f"The page offers no {act}."
    return browser.post(path, {"act": act, "id": page_id(), **said})


def local(moment: Any) -> str:
    return timezone.localtime(moment, ZoneInfo("Asia/Almaty")).strftime("%Y-%m-%dT%H:%M")


def taken(browser: Client, **said: Any) -> Custody:
    given = {
        "happened_at": local(WHEN - HOUR), "unit": "Patrol 4", "where": "At the bridge", "ground": GROUND, "means": "yes",
        "means_how": "Held by the arm.", "injuries": "no", "doctor": "no", "child": "no", "fear": "unknown",
    }  # fmt: skip
    answer = send(browser, "/custody/new/", **(given | said))
    assert answer.status_code == 302, answer.content.decode()
    return Custody.objects.get()


def seen(browser: Client, path: str, **said: Any) -> None:
    """A nurse saw the person and said that they can travel; the officer writes it down."""
    asked = {"ill": "no", "hurt": "no", "pregnant": "no", "cannot_travel": "no"}
    nurse = {"seen_by": "nurse", "seen_at": local(now()), "result": "fit"}
    assert send(browser, path, "fitness", **(asked | nurse | said)).status_code == 302


def test_a_person_goes_from_the_patrol_to_reception(field_, signed_in):
    guard, police = signed_in(field_.guard), signed_in(field_.police)
    row = taken(guard)
    page = f"/custody/{row.pk}/"
    assert "A person not yet registered" in text(guard, page)
    assert police.get(page).status_code == 404
    number = PersonFile.objects.get(pk=field_.person()).number
    assert send(guard, page, "join", number="ALA-000000-9999").status_code == 422
    assert send(guard, page, "join", number=number).status_code == 302
    file = f"/files/{PersonFile.objects.get().pk}/"
    assert "Ask whether the person is afraid to return" in text(guard, file)
    onward = {"to": f"body:{POLICE}", "to_where": "District office", "purpose": "competent_body"}
    assert send(guard, page, "hand_on", **onward).status_code == 422
    said = {"fear": "yes", "child": "no", "told": ["rights", "asylum"], "told_language": "fa", "wishes": ["lawyer"]}
    assert send(guard, page, "ask", **said).status_code == 302
    assert "Interview: the person is afraid to return" in text(guard, file)
    unasked = send(guard, page, "hand_on", **onward)
    assert (unasked.status_code, "Nobody asked whether the person is fit" in unasked.content.decode()) == (422, True)
    seen(guard, page, result="conditions", conditions=["medicine", "seat"])
    assert send(guard, page, "hand_on", **onward).status_code == 302
    assert "did not confirm yet" in text(guard, page)
    assert row.number in text(police, "/")
    assert "own medicine goes along and is given on time; a seat with room and air" in text(police, page)
    assert send(police, page, "confirm", state="Unhurt.").status_code == 302
    assert guard.get(page).status_code == 404, "another body holds him now"
    refused = send(police, page, "end", how="detention", happened_at=local(WHEN), where="")
    assert refused.status_code == 409
    field_.act(RecordInterview, file=PersonFile.objects.get().pk, record=AFRAID)
    ended = {"how": "reception", "happened_at": local(WHEN), "where": "House at the lake", "left_with": "His papers"}
    assert send(police, page, "end", **ended).status_code == 302
    story = text(guard, file)
    assert "In custody from" in story
    for word in (GROUND, "Held by the arm", "Patrol 4", "House at the lake", POLICE):
        assert word not in story, word
    assert Entry.objects.filter(code="custody.read").exists()


def test_the_alarm_comes_by_itself_when_nobody_confirms(field_, signed_in):
    supervisor, ombudsman = field_.officer("supervisor", body=POLICE), field_.officer("ombudsman")
    monitor = field_.officer("detention_monitor")
    guard = signed_in(field_.guard)
    row = taken(guard, fear="refused")
    field_.act(Join, custody=row.pk, file=field_.person())
    onward = {"to": f"body:{POLICE}", "to_where": "District office", "purpose": "identification"}
    seen(guard, f"/custody/{row.pk}/")
    assert send(guard, f"/custody/{row.pk}/", "hand_on", **onward).status_code == 302
    assert [each.code for each in waiting_for(field_.police)] == ["custody.to_confirm"]
    for hours, alarms in ((5, 0), (6, 1), (7, 0)):
        with standing_at(WHEN + hours * HOUR):
            assert watch_custody.func() == alarms
    for one in (field_.guard, field_.police, supervisor, ombudsman, monitor):
        words = [sentence(each) for each in waiting_for(one) if each.code == "custody.unconfirmed"]
        assert len(words) == 1, one
        assert row.number in words[0]
    with standing_at(WHEN + 7 * HOUR):
        watcher = signed_in(ombudsman)
        assert row.number in text(watcher, "/board/custody-transfers/")
        assert row.number in text(watcher, "/custody/?show=unconfirmed")
        assert row.number in text(signed_in(monitor), "/")
        assert send(guard, f"/custody/{row.pk}/", "take_back", why="The road was closed.").status_code == 302
        assert row.number not in text(watcher, "/board/custody-transfers/")
    assert not Notice.objects.filter(link__contains="files").exists()


def test_the_same_form_sent_twice_records_one_apprehension(field_, signed_in):
    guard = signed_in(field_.guard)
    taken(guard)
    said = {
        "id": page_id(), "happened_at": local(WHEN), "unit": "Patrol 5", "where": "Road", "ground": GROUND, "means": "no", "injuries": "no",
        "doctor": "no", "child": "unknown", "fear": "unknown",
    }  # fmt: skip
    assert {guard.post("/custody/new/", said).status_code for _ in range(2)} == {302}
    assert Custody.objects.count() == 2


def test_the_register_goes_out_without_name_ground_or_force_and_that_is_on_record(field_, signed_in):
    row = field_.take(field_.person(), ground=GROUND, means="yes", means_how="By the arm.", unit="=1+1")
    answer = signed_in(field_.guard).get("/custody/?show=all&format=csv")
    sheet = answer.content.decode("utf-8-sig")
    assert row.number in sheet
    for word in ("Invented", GROUND, "By the arm", "=1+1"):
        assert word not in sheet
    assert signed_in(field_.guard).get("/custody/?format=xlsx").status_code == 200
    assert Entry.objects.filter(code="custody.listed").count() == 2
    for role in ("asylum_officer", "child_officer", "national_coordinator", "consular_officer"):
        assert signed_in(field_.officer(role, body=BORDER)).get("/custody/").status_code == 404


def test_a_program_records_hands_over_and_ends_and_is_stopped_as_a_page_is(field_):
    def program(who: Any) -> dict[str, str]:
        token = new_token()
        said = {"officer": who.pk, "name": "van", "token_digest": token_digest(token), "days": 1}
        perform(IssueToken(by=None, happened_at=now(), **said))
        return {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    guard, police, file, record = program(field_.guard), program(field_.police), field_.person(), str(uuid7())

    def send_(path: str, by: dict[str, str], **said: Any) -> int:
        body = {"action": str(uuid7()), "happened_at": WHEN.isoformat(), **said}
        return Client().post(f"/api/{path}", body, content_type="application/json", **by).status_code

    said = {"unit": "Patrol 4", "where": "Road", "ground": GROUND, "means": "no", "injuries": "no", "file": str(file)}
    assert send_("custody", guard, custody=record, **said) == 200
    given = {"to_body": POLICE, "to_where": "Office", "purpose": "court", "transfer": str(uuid7())}
    assert send_(f"custody/{record}/transfers", guard, **given) == 409
    assert send_(f"custody/{record}/answers", guard, fear="no", child="no", told_language="fa") == 200
    assert send_(f"custody/{record}/end", guard, how="refused_entry") == 409
    assert send_(f"custody/{record}/transfers", guard, **given) == 409, "nobody asked whether the person can travel"
    answers = {"ill": "no", "hurt": "no", "pregnant": "no", "cannot_travel": "no", "asking": str(uuid7())}
    medic = {"seen_by": "medic", "seen_at": WHEN.isoformat(), "result": "conditions", "conditions": ["rests"]}
    assert send_(f"custody/{record}/fitness", guard, **answers, **medic) == 200
    assert send_(f"custody/{record}/transfers", guard, **given) == 200
    needs = Client().get(f"/api/custody/{record}/fitness", **police).json()
    assert (needs["result"], needs["conditions"]) == ("conditions", ["rests"])
    assert not set(needs) & {"ill", "hurt", "pregnant", "cannot_travel"}
    assert send_(f"custody/{record}/confirmation", guard, state="Well.") == 404
    assert send_(f"custody/{record}/confirmation", police, state="Well.") == 200
    held = Client().get("/api/custody", **police).json()["held"]
    assert [one["custody"] for one in held] == [record]
    assert send_(f"custody/{record}/end", police, how="released", where="home") == 200


def test_the_pages_speak_russian(field_, signed_in):
    row = field_.take(field_.person())
    Officer.objects.filter(pk=field_.guard.pk).update(language="ru")
    browser = signed_in(field_.guard)
    for path in ("/custody/", "/custody/new/", f"/custody/{row.pk}/"):
        page = text(browser, path)
        assert '<html lang="ru"' in page
        left = {
            word for word in ("Custody", "person", "Taken", "Hours", "afraid") if word in re.sub(r"<[^>]+>", "", page)
        }
        assert left == set(), path
