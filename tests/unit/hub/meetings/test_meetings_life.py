"""A meeting from its convening to its minutes: invitations, delegations, agenda, papers, notices, calendars."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, Refused
from panah.foundation.journal.models import Entry
from panah.foundation.notices import service as notices
from panah.foundation.notices.models import Notice
from panah.hub.meetings import acts, feed, jobs
from panah.hub.meetings.models import AgendaItem, Delegation, FeedKey, Meeting, Paper
from tests.hub_people import People, people, seated_officer  # noqa: F401
from tests.unit.hub.meetings.conftest import NOON, PDF, Room, does, packed, particulars

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]
PAGE = "/meetings/som-9/"


def paper(room: Room, by: Officer, content: bytes = PDF, **said: Any) -> Paper:
    identifier = uuid7()
    common = {"meeting": room.meeting, "paper": identifier, "title": "Figures on returns", "tongue": "en"}
    does(acts.AddPaper, by, **common | {"content": base64.b64encode(content)} | said)
    return Paper.objects.get(pk=identifier)


def told(code: str) -> set[Any]:
    return set(Notice.objects.filter(code=code).values_list("officer", flat=True))


@pytest.mark.parametrize("who", ["secretariat", "chair", "kaz"])
def test_the_secretariat_and_the_chairs_officials_convene(people: People, who: str):  # noqa: F811
    does(acts.Convene, getattr(people, who), meeting=uuid7(), meeting_code="som-9", **particulars())
    assert Meeting.objects.get(code="som-9").state == "planned"


@pytest.mark.parametrize("who", ["kgz", "tjk", "kgz_official", "prague", "administrator"])
def test_nobody_else_convenes(people: People, who: str):  # noqa: F811
    with pytest.raises(NotAllowed):
        does(acts.Convene, getattr(people, who), meeting=uuid7(), meeting_code="som-9", **particulars())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ends": date(2026, 12, 9)}, "ends_first"),
        ({"title_en": "", "title_ru": ""}, "no_title"),
        ({"chair": "XXX"}, "unknown_participant"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(people: People, changed: dict[str, Any], code: str):  # noqa: F811
    with pytest.raises(Refused) as refusal:
        does(acts.Convene, people.secretariat, meeting=uuid7(), meeting_code="som-9", **particulars(**changed))
    assert refusal.value.code == code


def test_what_the_record_says_is_changed_by_nobody(people: People):  # noqa: F811
    from panah.hub.meetings import service

    service.load()
    old = Meeting.objects.get(code="som-2")
    for officer in (people.secretariat, people.chair):
        with pytest.raises(NotAllowed):
            does(acts.EndMeeting, officer, meeting=old.pk, outcome="cancelled", reason="It never took place at all.")
        with pytest.raises(NotAllowed):
            does(acts.Invite, officer, meeting=old.pk, participants=("UZB",), capacity="member")


def test_an_invitation_reaches_the_coordinators_concerned_and_nobody_else(room: Room, uzb: Officer):
    assert told("meetings.invited") == {
        room.people.kaz.pk,
        room.people.chair.pk,
        room.people.kgz.pk,
        room.people.tjk.pk,
        room.people.prague.pk,
    }
    (one,) = Notice.objects.filter(code="meetings.invited", officer=room.people.kgz.pk)
    assert one.link == PAGE
    assert notices.sentence(one) == "You are invited: 9th Senior Officials' Meeting. Name your delegation."


def test_inviting_again_tells_only_the_new(room: Room):
    before = Notice.objects.count()
    does(acts.Invite, room.people.secretariat, meeting=room.meeting, participants=("KGZ", "UZB"), capacity="member")
    assert Notice.objects.count() == before
    assert Delegation.objects.get(participant="UZB").capacity == "member"


def test_a_state_names_its_own_delegation_only(room: Room):
    own, other = (Delegation.objects.get(participant=code) for code in ("KGZ", "TJK"))
    said = {"comes": "comes", "head_en": "Deputy minister of labour", "size": 4, "accounts": (room.people.kgz.pk,)}
    does(acts.AnswerInvitation, room.people.kgz, delegation=own.pk, **said)
    own.refresh_from_db()
    assert (own.answer, own.size, own.accounts) == ("comes", 4, [str(room.people.kgz.pk)])
    for officer in (room.people.kgz, room.people.secretariat, room.people.kgz_official, room.people.prague):
        with pytest.raises(NotAllowed):
            does(acts.AnswerInvitation, officer, delegation=other.pk, **said)


def test_only_accounts_of_the_participant_belong_to_its_delegation(room: Room):
    own = Delegation.objects.get(participant="KGZ")
    with pytest.raises(Refused, match="does not act"):
        does(acts.AnswerInvitation, room.people.kgz, delegation=own.pk, comes="comes", accounts=(room.people.tjk.pk,))
    accounts = (room.people.kgz.pk, room.people.kgz_official.pk)
    with pytest.raises(Refused, match="smaller"):
        does(acts.AnswerInvitation, room.people.kgz, delegation=own.pk, comes="comes", size=1, accounts=accounts)


def test_after_its_day_a_delegation_is_not_named_any_more(convene: Callable[..., Room]):
    room = convene(answers_by=date(2026, 11, 20))
    own = Delegation.objects.get(participant="KGZ")
    with pytest.raises(Refused, match="2026-11-20"):
        does(acts.AnswerInvitation, room.people.kgz, delegation=own.pk, comes="comes")


def test_how_many_come_is_not_known_until_it_is_said(room: Room, signed_in: SignedIn):
    page = signed_in(room.people.secretariat).get(PAGE).content.decode()
    assert '<td class="numeric">not known</td>' in page


def test_the_agenda_keeps_its_order(room: Room):
    ids = [uuid7() for _ in range(3)]
    for at, item in enumerate(ids):
        does(acts.AddItem, room.people.secretariat, meeting=room.meeting, item=item, title_en=f"Item {at}")
    does(acts.MoveItem, room.people.secretariat, item=ids[2], where="up")
    does(acts.MoveItem, room.people.secretariat, item=ids[0], where="up")
    does(acts.DropItem, room.people.secretariat, item=ids[1])
    standing = AgendaItem.objects.filter(withdrawn_at=None)
    assert [row.pk for row in standing] == [ids[0], ids[2]]


@pytest.mark.parametrize("who", ["secretariat", "kgz"])
def test_a_paper_is_kept_byte_for_byte_with_its_digest_in_the_journal(room: Room, signed_in: SignedIn, who: str):
    kept = paper(room, getattr(room.people, who))
    line = Entry.objects.get(code="meetings.add_paper")
    assert kept.digest in line.facts
    answer = signed_in(room.people.tjk).get(f"{PAGE}papers/{kept.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert kept.participant == ("" if who == "secretariat" else "KGZ")


@pytest.mark.parametrize(
    "content",
    [b"<html><script>", b"MZ", packed({"word/document.xml": "x"}), b"%PDF-" + b"x" * 10_000_000],
    ids=["html", "exe", "half-docx", "long"],
)
def test_other_files_are_refused(room: Room, content: bytes):
    with pytest.raises(Refused) as refusal:
        paper(room, room.people.secretariat, content)
    assert refusal.value.field == "content"


def test_the_same_file_is_not_taken_twice(room: Room):
    paper(room, room.people.secretariat)
    with pytest.raises(Refused, match="same file"):
        paper(room, room.people.kgz)


def test_a_paper_is_for_delegations_until_it_is_decided_otherwise(room: Room, uzb: Officer, signed_in: SignedIn):
    kept = paper(room, room.people.secretariat)
    address = f"{PAGE}papers/{kept.pk}/"
    assert signed_in(room.people.prague).get(address).status_code == 200
    assert signed_in(uzb).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert kept.title not in Client().get(PAGE).content.decode()
    does(acts.DecideOnPaper, room.people.secretariat, paper=kept.pk, readers="everybody")
    assert Client().get(address).content == PDF
    does(acts.WithdrawPaper, room.people.secretariat, paper=kept.pk, reason="It held a wrong figure.")
    assert signed_in(room.people.secretariat).get(address).status_code == 404
    assert "It held a wrong figure." in signed_in(room.people.kgz).get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["tjk", "prague", "kgz_official"])
def test_only_who_leads_decides_on_papers_and_observers_bring_none(room: Room, who: str):
    kept = paper(room, room.people.kgz)
    with pytest.raises(NotAllowed):
        does(acts.DecideOnPaper, getattr(room.people, who), paper=kept.pk, readers="everybody")
    if who != "tjk":
        with pytest.raises(NotAllowed):
            paper(room, getattr(room.people, who), packed({"[Content_Types].xml": "", "word/document.xml": ""}))


def test_a_paper_is_sent_by_the_page(room: Room, signed_in: SignedIn):
    form = {"act": "paper", "action": uuid7(), "made": uuid7(), "title": "Figures", "tongue": "ru", "item": ""}
    answer = signed_in(room.people.kgz).post(PAGE, form | {"content": SimpleUploadedFile("figures.pdf", PDF)})
    assert answer.status_code == 302
    assert Paper.objects.get().form == "pdf"
    wrong = form | {"action": uuid7(), "made": uuid7(), "content": SimpleUploadedFile("figures.pdf", b"<html>")}
    assert "no PDF, DOCX or ODT" in signed_in(room.people.kgz).post(PAGE, wrong).content.decode()


def test_a_closed_meeting_is_nothing_to_strangers(convene: Callable[..., Room], uzb: Officer, signed_in: SignedIn):
    room = convene(public=False)
    for client in (Client(), signed_in(uzb), signed_in(room.people.administrator)):
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, {"act": "item"}).status_code == 404
        assert "som-9" not in client.get("/meetings/").content.decode()
        assert b"9th Senior" not in client.get("/meetings/calendar.ics").content
    for officer in (room.people.kgz, room.people.prague, room.people.secretariat):
        assert signed_in(officer).get(PAGE).status_code == 200
        assert "som-9" in signed_in(officer).get("/meetings/").content.decode()


def test_everybody_reads_of_a_public_meeting_only_when_where_and_the_agenda(room: Room):
    does(acts.AddItem, room.people.secretariat, meeting=room.meeting, item=uuid7(), title_en="Returns")
    room.paragraph()
    page = Client().get(PAGE).content.decode()
    assert "Astana, Kazakhstan" in page
    assert "Returns" in page
    for secret in ("Delegations", "share data", "To the text", "Silence"):
        assert secret not in page


def test_minutes_are_kept_in_versions_for_the_delegations(room: Room, signed_in: SignedIn, uzb: Officer):
    for text in ("First words.", "Better words."):
        does(acts.KeepMinutes, room.people.secretariat, meeting=room.meeting, text_en=text)
    assert [row.number for row in room.row.minutes.all()] == [1, 2]
    assert "Better words." in signed_in(room.people.tjk).get(PAGE).content.decode()
    assert "Better words." not in signed_in(uzb).get(PAGE).content.decode()


def test_a_meeting_is_called_off_with_a_reason_and_its_event_is_cancelled(room: Room):
    with pytest.raises(Refused, match="why"):
        does(acts.EndMeeting, room.people.secretariat, meeting=room.meeting, outcome="cancelled")
    with pytest.raises(Refused, match="not begun"):
        does(acts.EndMeeting, room.people.secretariat, meeting=room.meeting, outcome="held")
    does(
        acts.EndMeeting,
        room.people.secretariat,
        meeting=room.meeting,
        outcome="cancelled",
        reason="The hall is flooded.",
    )
    (event,) = Calendar.from_ical(feed.public_calendar()).walk("VEVENT")
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)
    assert told("meetings.called_off") >= {room.people.kgz.pk, room.people.tjk.pk}
    with pytest.raises(Refused, match="over or called off"):
        does(acts.AddItem, room.people.secretariat, meeting=room.meeting, item=uuid7(), title_en="Late")


def test_an_hour_makes_the_event_one_of_hours(convene: Callable[..., Room]):
    opens = datetime(2026, 12, 10, 4, 30, tzinfo=UTC)
    convene(ends=date(2026, 12, 10), opens_at=opens)
    (event,) = Calendar.from_ical(feed.public_calendar()).walk("VEVENT")
    assert event["dtstart"].dt == opens


def test_the_own_feed_has_what_concerns_one_with_the_deadlines(
    convene: Callable[..., Room], uzb: Officer, signed_in: SignedIn
):
    room = convene(public=False, answers_by=date(2026, 12, 1), proposals_by=datetime(2026, 12, 5, 12, tzinfo=UTC))
    page = signed_in(room.people.kgz).post("/meetings/mine/", {"act": "make", "action": uuid7()})
    address = page.context["made"].partition("://")[2].partition("/")[2]
    answer = Client().get(f"/{address}")
    summaries = [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert summaries == [
        "9th Senior Officials' Meeting",
        "Deadline for naming delegations: 9th Senior Officials' Meeting",
        "Deadline for proposing wording: 9th Senior Officials' Meeting",
    ]
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert len(list(Calendar.from_ical(feed.own_calendar(room.people.prague) or b"").walk("VEVENT"))) == 2
    assert list(Calendar.from_ical(feed.own_calendar(uzb) or b"").walk("VEVENT")) == []


def test_a_feed_is_revoked_replaced_and_closed_with_the_account(room: Room, signed_in: SignedIn):
    client = signed_in(room.people.kgz)

    def made() -> str:
        page = client.post("/meetings/mine/", {"act": "make", "action": uuid7()})
        return "/" + page.context["made"].partition("://")[2].partition("/")[2]

    first, second = made(), made()
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    assert not FeedKey.objects.filter(digest__contains=second.rpartition("/")[2][:20]).exists()
    client.post("/meetings/mine/", {"act": "revoke", "action": uuid7()})
    third = made()
    assert [Client().get(address).status_code for address in (second, third)] == [404, 200]
    Officer.objects.filter(pk=room.people.kgz.pk).update(is_active=False)
    assert Client().get(third).status_code == 404


def test_a_token_of_a_feed_opens_no_page(room: Room, signed_in: SignedIn):
    page = signed_in(room.people.kgz).post("/meetings/mine/", {"act": "make", "action": uuid7()})
    client = Client()
    client.get("/" + page.context["made"].partition("://")[2].partition("/")[2])
    assert "_auth_user_id" not in client.session
    assert client.get("/meetings/mine/").status_code == 302


def test_nobody_revokes_the_feed_of_another(room: Room):
    identifier = uuid7()
    does(acts.MakeFeed, room.people.kgz, feed=identifier, feed_digest=feed.digest_of("secret"))
    for officer in (room.people.tjk, room.people.secretariat):
        with pytest.raises(NotAllowed):
            does(acts.RevokeFeed, officer, feed=identifier)
    with pytest.raises(NotAllowed):
        does(acts.MakeFeed, room.people.administrator, feed=uuid7(), feed_digest=feed.digest_of("other"))


def test_delegations_are_reminded_seven_days_and_one_day_before(convene: Callable[..., Room]):
    room = convene(proposals_by=NOON + timedelta(days=7))
    assert jobs.remind_of_deadlines.call() == 1
    assert jobs.remind_of_deadlines.call() == 0
    assert told("meetings.deadline_week") == {
        room.people.kaz.pk,
        room.people.chair.pk,
        room.people.kgz.pk,
        room.people.tjk.pk,
    }
    with standing_at(NOON + timedelta(days=6, hours=1)):
        assert jobs.remind_of_deadlines.call() == 1
        assert jobs.remind_of_deadlines.call() == 0
    (word,) = Notice.objects.filter(code="meetings.deadline_day", officer=room.people.kgz.pk)
    assert notices.sentence(word) == "A day or less is left for proposing wording: 9th Senior Officials' Meeting."


def test_my_day_names_what_waits_for_a_coordinator(convene: Callable[..., Room], signed_in: SignedIn):
    room = convene(answers_by=date(2026, 12, 1), proposals_by=datetime(2026, 12, 5, 12, tzinfo=UTC))
    row = room.paragraph()
    page = signed_in(room.people.kgz).get("/my-day/").content.decode()
    assert "Name your delegation: 9th Senior" in page
    assert "Propose wording: 9th Senior" in page
    room.proposal(room.people.kgz, row, text_en="Participants shall share data on returns twice a year.")
    assert "Proposal of Kyrgyz" in signed_in(room.people.secretariat).get("/my-day/").content.decode()
    assert "Propose wording" not in signed_in(room.people.prague).get("/my-day/").content.decode()
    assert Client().get("/my-day/").status_code == 302


def test_the_page_asks_as_little_for_many_delegations_as_for_few(room: Room, signed_in: SignedIn):
    client = signed_in(room.people.secretariat)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    codes = ("AFG", "AZE", "CHN", "IRN", "PAK", "TKM", "TUR", "UZB")
    does(acts.Invite, room.people.secretariat, meeting=room.meeting, participants=codes, capacity="member")
    for at in range(4):
        does(acts.AddItem, room.people.secretariat, meeting=room.meeting, item=uuid7(), title_en=f"Item {at}")
        paper(room, room.people.secretariat, PDF + bytes([at]))
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_forms_of_the_page_act(room: Room, signed_in: SignedIn):
    client = signed_in(room.people.secretariat)

    def sent(act: str, **said: Any) -> int:
        return int(client.post(PAGE, {"act": act, "action": uuid7(), "made": uuid7(), **said}).status_code)

    assert sent("item", title_en="Returns") == 302
    assert sent("invite", participants=["UZB"], capacity="guest") == 302
    assert sent("minutes", text_ru="Слова.") == 302
    item = AgendaItem.objects.get()
    assert sent("move_item", item=item.pk, where="up") == 302
    assert sent("drop_item", item=item.pk) == 302
    assert sent("uninvite", delegation=Delegation.objects.get(participant="UZB").pk) == 302
    assert sent("nonsense") == 404
    own = Delegation.objects.get(participant="TJK")
    form = {"act": "answer", "action": uuid7(), "made": uuid7(), "delegation": own.pk, "comes": "comes", "size": "3"}
    assert signed_in(room.people.tjk).post(PAGE, form).status_code == 302
    own.refresh_from_db()
    assert own.size == 3
    assert signed_in(room.people.kgz).post(PAGE, form | {"action": uuid7()}).status_code == 404


def test_a_meeting_is_convened_and_changed_by_the_page(people: People, signed_in: SignedIn):  # noqa: F811
    client = signed_in(people.chair)
    said = {name: value for name, value in particulars().items() if value is not False}
    form = said | {"meeting_code": "som-10", "action": uuid7(), "made": uuid7(), "proposals_by": "2026-12-05T12:00"}
    answer = client.post("/meetings/new/", form)
    assert answer.url == "/meetings/som-10/"
    row = Meeting.objects.get(code="som-10")
    assert row.proposals_by == datetime(2026, 12, 5, 12, tzinfo=UTC)
    assert 'value="2026-12-05T12:00"' in client.get("/meetings/som-10/change/").content.decode()
    client.post("/meetings/som-10/change/", form | {"action": uuid7(), "where_en": "Almaty"})
    row.refresh_from_db()
    assert (row.where_en, row.changes) == ("Almaty", 1)
    assert signed_in(people.kgz).get("/meetings/som-10/change/").status_code == 404
    assert signed_in(people.kgz).get("/meetings/new/").status_code == 404
