"""The text of a meeting: who proposes, who merges, who sees, what is agreed, and what a silence does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused
from panah.foundation.notices.models import Notice
from panah.hub.meetings import acts, drafting_acts, jobs, service
from panah.hub.meetings.models import Paragraph, Proposal, Silence, Stand, Version
from panah.web.parts import Link
from tests.hub_people import People, people, seat, seated_officer  # noqa: F401
from tests.unit.hub.meetings.conftest import NOON, TEXT_EN, TEXT_RU, Room, does

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]
BETTER = "Participants shall share data on returns twice a year."
DRAFT = "/meetings/som-9/draft/"


def silence(room: Room, *rows: Paragraph, until: datetime = NOON + timedelta(days=3)) -> Silence:
    identifier = uuid7()
    said = {"meeting": room.meeting, "silence": identifier, "paragraphs": tuple(row.pk for row in rows), "until": until}
    does(drafting_acts.OpenSilence, room.people.secretariat, **said)
    return Silence.objects.get(pk=identifier)


def test_a_proposal_changes_nothing_until_it_is_merged(room: Room):
    row = room.paragraph()
    proposal = room.proposal(room.people.kgz, row, text_en=BETTER)
    row.refresh_from_db()
    assert (row.text_en, row.version) == (TEXT_EN, 1)
    room.merge(proposal, 1)
    row.refresh_from_db()
    assert (row.text_en, row.version) == (BETTER, 2)
    last = Version.objects.get(paragraph=row, number=2)
    assert (last.participant, last.proposal_id, last.reason) == ("KGZ", proposal, "It says more exactly what is meant.")
    assert Proposal.objects.get(pk=proposal).standing == "merged"


@pytest.mark.parametrize("who", ["kgz", "tjk", "kgz_official", "prague", "administrator"])
def test_only_the_secretariat_and_the_chair_merge(room: Room, who: str):
    row = room.paragraph()
    proposal = room.proposal(room.people.kgz, row, text_en=BETTER)
    for kind, said in (
        (drafting_acts.Merge, {"proposal": proposal, "made": uuid7(), "on_version": 1}),
        (drafting_acts.Decline, {"proposal": proposal, "reason": "We do not like it at all."}),
        (
            drafting_acts.Revise,
            {"paragraph": row.pk, "on_version": 1, "text_en": BETTER, "reason": "We like it better."},
        ),
        (drafting_acts.Agree, {"paragraph": row.pk, "on_version": 1, "how": "meeting"}),
        (drafting_acts.DropParagraph, {"paragraph": row.pk, "reason": "We do not need it."}),
        (drafting_acts.AddParagraph, {"meeting": room.meeting, "paragraph": uuid7(), "text_en": "More."}),
    ):
        with pytest.raises(NotAllowed):
            does(kind, getattr(room.people, who), **said)
    row.refresh_from_db()
    assert row.version == 1


def test_the_chairs_delegate_merges(room: Room):
    row = room.paragraph()
    proposal = room.proposal(room.people.kgz, row, text_en=BETTER)
    does(drafting_acts.Merge, room.people.chair, proposal=proposal, made=uuid7(), on_version=1)
    row.refresh_from_db()
    assert row.text_en == BETTER


@pytest.mark.parametrize("who", ["prague", "unhcr", "kgz_official", "secretariat", "administrator"])
def test_only_coordinators_of_participating_states_propose(room: Room, who: str):
    row = room.paragraph()
    with pytest.raises(NotAllowed):
        room.proposal(getattr(room.people, who), row, text_en=BETTER)


def test_a_state_that_is_not_invited_proposes_nothing(room: Room, uzb: Officer):
    with pytest.raises(NotAllowed):
        room.proposal(uzb, room.paragraph(), text_en=BETTER)


def test_a_state_whose_invitation_was_taken_back_takes_part_no_more(room: Room):
    row = room.paragraph()
    delegation = room.row.delegations.get(participant="TJK")
    does(acts.Uninvite, room.people.secretariat, delegation=delegation.pk)
    with pytest.raises(NotAllowed):
        room.proposal(room.people.tjk, row, text_en=BETTER)


def test_a_state_withdraws_its_own_proposal_only(room: Room):
    proposal = room.proposal(room.people.kgz, room.paragraph(), text_en=BETTER)
    for who in (room.people.tjk, room.people.secretariat):
        with pytest.raises(NotAllowed):
            does(drafting_acts.WithdrawProposal, who, proposal=proposal)
    does(drafting_acts.WithdrawProposal, room.people.kgz, proposal=proposal)
    with pytest.raises(Refused, match="settled"):
        room.merge(proposal, 1)


def test_nobody_merges_onto_a_text_that_they_have_not_read(room: Room):
    row = room.paragraph()
    first = room.proposal(room.people.kgz, row, text_en=BETTER)
    second = room.proposal(room.people.tjk, row, text_en="Participants share data on returns each year.")
    room.merge(first, 1)
    with pytest.raises(Refused, match="version 2 stands"):
        room.merge(second, 1)
    room.merge(second, 2, text_en="Participants shall share data on returns each year.")
    row.refresh_from_db()
    assert row.version == 3


def test_a_proposal_in_one_language_leaves_the_other_and_the_page_says_that_it_lags(room: Room, signed_in: SignedIn):
    row = room.paragraph()
    room.merge(room.proposal(room.people.kgz, row, text_en=BETTER), 1)
    row.refresh_from_db()
    assert (row.text_en, row.text_ru) == (BETTER, TEXT_RU)
    for page in ("", "1/"):
        text = signed_in(room.people.kgz).get(f"{DRAFT}{page}").content.decode()
        assert "Not changed with the last wording: Русский" in text
    room.merge(room.proposal(room.people.kgz, row, text_ru="Участники будут обмениваться данными."), 2)
    assert "Not changed with the last wording: English" in signed_in(room.people.kgz).get(f"{DRAFT}1/").content.decode()


def test_a_new_paragraph_gets_a_number_of_its_own_and_the_others_keep_theirs(room: Room):
    first, second = room.paragraph("One is agreed."), room.paragraph("Two is agreed.")
    proposal = room.proposal(room.people.tjk, first, wish="insert", text_en="Between is agreed.")
    room.merge(proposal, 0)
    texts = {row.text_en: row.number for row in Paragraph.objects.order_by("place")}
    assert list(texts) == ["One is agreed.", "Between is agreed.", "Two is agreed."]
    assert list(texts.values()) == [1, 3, 2]
    assert [one.id for one in service.conclusions("som-9")] == ["M-som-9-1", "M-som-9-3", "M-som-9-2"]
    does(drafting_acts.MoveParagraph, room.people.secretariat, paragraph=second.pk, where="up")
    assert [one.number for one in service.conclusions("som-9")] == [1, 2, 3]


def test_the_number_of_a_paragraph_that_was_left_out_is_never_given_again(room: Room):
    first = room.paragraph()
    proposal = room.proposal(room.people.tjk, first, wish="delete")
    room.merge(proposal, 1)
    first.refresh_from_db()
    assert first.standing == "dropped"
    assert room.paragraph("Another text.").number == 2
    assert [one.id for one in service.conclusions("som-9")] == ["M-som-9-2"]
    gone = service.conclusion("M-som-9-1")
    assert gone is not None
    assert gone.standing == "dropped"


def test_a_declined_proposal_says_why(room: Room, signed_in: SignedIn):
    proposal = room.proposal(room.people.kgz, room.paragraph(), text_en=BETTER)
    does(
        drafting_acts.Decline,
        room.people.secretariat,
        proposal=proposal,
        reason="Four states asked for the softer word.",
    )
    assert "Four states asked for the softer word." in signed_in(room.people.kgz).get(f"{DRAFT}1/").content.decode()


def test_after_the_deadline_no_wording_is_proposed(convene: Callable[..., Room]):
    room = convene(proposals_by=NOON + timedelta(hours=1))
    row = room.paragraph()
    with standing_at(NOON + timedelta(hours=2)), pytest.raises(Refused, match="13:00"):
        room.proposal(room.people.kgz, row, text_en=BETTER)


def test_what_stands_is_not_agreed_while_a_state_reserves(room: Room):
    row = room.paragraph()
    mark = room.stand(room.people.tjk, row, "reserve")
    with pytest.raises(Refused, match="TJK"):
        room.agree(row)
    with pytest.raises(NotAllowed):
        does(drafting_acts.LiftStand, room.people.kgz, stand=mark)
    does(drafting_acts.LiftStand, room.people.tjk, stand=mark)
    room.agree(row)
    row.refresh_from_db()
    assert (row.standing, row.agreed_how, row.agreed_at) == ("agreed", "meeting", NOON)


def test_a_reservation_needs_a_reason_and_is_about_one_version(room: Room):
    row = room.paragraph()
    with pytest.raises(Refused, match="why"):
        room.stand(room.people.tjk, row, "reserve", reason="")
    room.stand(room.people.tjk, row, "reserve")
    room.merge(room.proposal(room.people.kgz, row, text_en=BETTER), 1)
    room.agree(row)


def test_a_state_has_one_stand_on_a_wording(room: Room):
    row = room.paragraph()
    room.stand(room.people.tjk, row, "reserve")
    room.stand(room.people.tjk, row, "support", reason="")
    assert [one.kind for one in Stand.objects.filter(ended_at=None)] == ["support"]
    assert Stand.objects.count() == 2
    room.agree(row)


def test_open_proposals_keep_a_paragraph_from_being_agreed(room: Room):
    row = room.paragraph()
    room.proposal(room.people.kgz, row, text_en=BETTER)
    with pytest.raises(Refused, match="open"):
        room.agree(row)


def test_an_agreed_paragraph_does_not_change_until_it_is_opened_again(room: Room):
    row = room.paragraph()
    room.agree(row)
    with pytest.raises(Refused, match="Open it again"):
        room.proposal(room.people.kgz, row, text_en=BETTER)
    does(drafting_acts.Reopen, room.people.secretariat, paragraph=row.pk, reason="A word was missing in Russian.")
    room.proposal(room.people.kgz, row, text_en=BETTER)
    row.refresh_from_db()
    assert (row.standing, row.agreed_at) == ("draft", None)
    assert [turn.kind for turn in row.turns.all()] == ["agreed", "reopened"]


def test_what_nobody_reserves_on_is_agreed_when_the_silence_ends(room: Room):
    first, second = room.paragraph("One."), room.paragraph("Two.")
    running = silence(room, first, second)
    room.stand(room.people.tjk, second, "reserve")
    assert jobs.end_silences.call() == 0
    with standing_at(running.until):
        assert jobs.end_silences.call() == 1
        assert jobs.end_silences.call() == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.standing, first.agreed_how, second.standing) == ("agreed", "silence", "draft")
    assert first.agreed_at == running.until
    assert Notice.objects.filter(code="meetings.reserved", officer=room.people.kgz.pk).exists()


def test_under_a_silence_the_text_stands_still(room: Room):
    row = room.paragraph()
    proposal = room.proposal(room.people.kgz, row, text_en=BETTER)
    running = silence(room, row)
    with pytest.raises(Refused, match="silence"):
        room.merge(proposal, 1)
    with pytest.raises(Refused, match="silence"):
        silence(room, row)
    does(drafting_acts.StopSilence, room.people.secretariat, silence=running.pk, reason="Wording was proposed.")
    room.merge(proposal, 1)
    with standing_at(running.until):
        assert jobs.end_silences.call() == 0
    row.refresh_from_db()
    assert row.standing == "draft"


def test_a_silence_lasts_a_day_and_ends_for_nobody_before_its_time(room: Room):
    row = room.paragraph()
    with pytest.raises(Refused, match="a day"):
        silence(room, row, until=NOON + timedelta(hours=23))
    running = silence(room, row)
    with pytest.raises(Refused, match="not ended"):
        does(drafting_acts.EndSilence, room.people.secretariat, silence=running.pk)
    with standing_at(running.until), pytest.raises(Refused, match="the paragraph is agreed"):
        room.stand(room.people.tjk, row, "reserve")


def test_no_silence_is_laid_over_a_reservation(room: Room):
    row = room.paragraph()
    room.stand(room.people.tjk, row, "reserve")
    with pytest.raises(Refused, match="reserves"):
        silence(room, row)


@pytest.mark.parametrize("page", ["", "1/", "marked/", "marked-en.docx", "marked-ru.pdf"])
def test_participants_see_everything_strangers_nothing_and_observers_if_the_meeting_allows(
    convene: Callable[..., Room], uzb: Officer, signed_in: SignedIn, page: str
):
    room = convene()
    room.proposal(room.people.kgz, room.paragraph(), text_en=BETTER)
    address = f"{DRAFT}{page}"

    def answers(*officers: Officer) -> set[int]:
        return {signed_in(one).get(address).status_code for one in officers}

    assert answers(
        room.people.tjk, room.people.kgz, room.people.kgz_official, room.people.chair, room.people.secretariat
    ) == {200}
    assert answers(uzb, room.people.prague, room.people.administrator) == {404}
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"act": "add"}).status_code in (404, 405)
    room.row.__class__.objects.filter(pk=room.meeting).update(observers_read=True)
    assert answers(room.people.prague) == {200}
    assert answers(uzb) == {404}


def test_an_observer_who_reads_acts_in_nothing(convene: Callable[..., Room], signed_in: SignedIn):
    room = convene(observers_read=True)
    row = room.paragraph()
    client = signed_in(room.people.prague)
    assert "Propose wording" not in client.get(f"{DRAFT}1/").content.decode()
    form = {"act": "stand", "action": uuid7(), "made": uuid7(), "kind": "support", "on_version": 1}
    assert client.post(f"{DRAFT}1/", form).status_code == 404
    with pytest.raises(NotAllowed):
        room.stand(room.people.prague, row, "support")


def test_comments_are_of_those_who_take_part_or_lead(room: Room, signed_in: SignedIn):
    row = room.paragraph()
    proposal = room.proposal(room.people.kgz, row, text_en=BETTER)
    does(drafting_acts.AddRemark, room.people.tjk, proposal=proposal, said=uuid7(), words="We can live with that.")
    does(
        drafting_acts.AddRemark,
        room.people.secretariat,
        paragraph=row.pk,
        said=uuid7(),
        words="Please mind the Russian.",
    )
    for who in (room.people.prague, room.people.kgz_official):
        with pytest.raises(NotAllowed):
            does(drafting_acts.AddRemark, who, paragraph=row.pk, said=uuid7(), words="And we?")
    with pytest.raises(NotFound):
        does(drafting_acts.AddRemark, room.people.tjk, paragraph=row.pk, proposal=proposal, said=uuid7(), words="Both?")
    page = signed_in(room.people.kgz).get(f"{DRAFT}1/").content.decode()
    assert "We can live with that." in page
    assert "Please mind the Russian." in page


def test_the_page_of_a_paragraph_shows_all_that_happened_to_it(room: Room, signed_in: SignedIn):
    row = room.paragraph()
    room.merge(room.proposal(room.people.kgz, row, text_en=BETTER), 1)
    row.refresh_from_db()
    room.stand(room.people.tjk, row, "reserve")
    page = signed_in(room.people.tjk).get(f"{DRAFT}1/").content.decode()
    assert "<del>agree to</del>" in page
    assert "<ins>shall</ins>" in page
    assert "[KGZ, " in page
    for words in (
        "Version 2",
        "Taken into the text",
        "Reserves its position",
        "Our law does not allow it yet.",
        "M-som-9-1",
    ):
        assert words in page
    assert "Lift our reservation" in page
    assert room.people.kgz.display_name not in page, "states stand there, not people"


def test_the_acts_of_a_text_are_done_by_its_pages(room: Room, signed_in: SignedIn):
    leads, state = signed_in(room.people.secretariat), signed_in(room.people.kgz)

    def sent(client: Client, page: str, act: str, **said: object) -> int:
        form = {"act": act, "action": uuid7(), "made": uuid7(), **said}
        return int(client.post(f"{DRAFT}{page}", form).status_code)

    reason = "It says more exactly what is meant."
    assert sent(leads, "", "add", text_en=TEXT_EN, after="") == 302
    assert sent(state, "", "insert", text_en="A new paragraph.", reason=reason, wish="insert") == 302
    first = Proposal.objects.get()
    assert sent(leads, "", "merge", proposal=first.pk, text_en=first.text_en) == 302
    assert sent(state, "1/", "propose", wish="reword", on_version=1, text_en=BETTER, reason=reason) == 302
    second = Proposal.objects.get(standing="open")
    assert sent(signed_in(room.people.tjk), "1/", "stand", proposal=second.pk, kind="support", on_version=1) == 302
    assert sent(signed_in(room.people.tjk), "1/", "remark", proposal=second.pk, words="Good.") == 302
    assert sent(leads, "1/", "merge", proposal=second.pk, on_version=1, text_en=BETTER) == 302
    assert sent(state, "1/", "stand", kind="support", on_version=2) == 302
    assert sent(state, "1/", "lift", stand=Stand.objects.get(paragraph__number=1).pk) == 302
    assert sent(leads, "1/", "revise", on_version=2, text_en=BETTER, text_ru="По-русски.", reason=reason) == 302
    assert sent(leads, "1/", "agree", on_version=3, how="meeting") == 302
    assert sent(leads, "1/", "reopen", reason=reason) == 302
    assert sent(leads, "2/", "drop", reason=reason) == 302
    assert sent(leads, "1/", "merge", proposal="nonsense", on_version=1) == 404
    assert sent(state, "1/", "agree", on_version=3, how="meeting") == 404
    row = Paragraph.objects.get(number=1)
    assert (row.text_en, row.text_ru, row.version, row.standing) == (BETTER, "По-русски.", 3, "draft")
    again = leads.post(
        f"{DRAFT}1/", {"act": "agree", "action": uuid7(), "made": uuid7(), "on_version": 2, "how": "meeting"}
    )
    assert "version 3 stands" in again.content.decode()


def test_the_draft_asks_as_little_for_many_paragraphs_as_for_one(room: Room, signed_in: SignedIn):
    client = signed_in(room.people.kgz)
    first = room.paragraph()
    room.proposal(room.people.kgz, first, text_en=BETTER)
    room.stand(room.people.tjk, first, "reserve")
    found = []
    for _ in range(2):
        counts = []
        for page in ("", "marked/"):
            client.get(f"{DRAFT}{page}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"{DRAFT}{page}")
            counts.append(len(asked))
        found.append(counts)
        for at in range(5):
            row = room.paragraph(f"Text number {at}.")
            room.proposal(room.people.kgz, row, text_en=f"Text of number {at}.")
            room.stand(room.people.tjk, row, "reserve")
    assert found[0] == found[1]


def test_conclusions_are_public_only_when_that_is_decided_and_then_do_not_change(
    room: Room, uzb: Officer, signed_in: SignedIn
):
    row = room.paragraph()
    with pytest.raises(Refused, match="not agreed"):
        does(acts.PublishStatement, room.people.secretariat, meeting=room.meeting)
    room.agree(row)
    found = service.conclusion("M-som-9-1")
    assert found is not None
    assert (found.agreed, found.public) == (True, False)
    assert TEXT_EN not in Client().get("/meetings/som-9/").content.decode()
    assert TEXT_EN in signed_in(room.people.tjk).get("/meetings/som-9/").content.decode()
    with pytest.raises(NotAllowed):
        does(acts.PublishStatement, room.people.tjk, meeting=room.meeting)
    does(acts.PublishStatement, room.people.secretariat, meeting=room.meeting)
    assert TEXT_EN in Client().get("/meetings/som-9/").content.decode()
    assert Client().get("/meetings/som-9/statement-en.docx").status_code == 200
    assert Client().get(DRAFT).status_code == 404
    with pytest.raises(Refused, match="public"):
        does(drafting_acts.Reopen, room.people.secretariat, paragraph=row.pk, reason="A word was missing in Russian.")
    with pytest.raises(Refused, match="public"):
        room.paragraph("One more.")


def test_a_closed_meeting_publishes_no_statement(convene: Callable[..., Room]):
    room = convene(public=False)
    room.agree(room.paragraph())
    with pytest.raises(Refused, match="not public"):
        does(acts.PublishStatement, room.people.secretariat, meeting=room.meeting)


@pytest.mark.parametrize("ref", ["M-som-9-2", "M-som-8-1", "C-7b", "", "M-som-9-x"])
def test_an_id_that_is_none_gives_nothing(room: Room, ref: str):
    room.paragraph()
    assert service.conclusion(ref) is None


def test_a_higher_room_says_what_follows_from_a_conclusion(
    room: Room, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
):
    room.agree(room.paragraph())
    monkeypatch.setattr(service, "_follow_ups", [])
    service.follow_ups_from(lambda refs: {ref: [Link("Share data by 2027", "/elsewhere/")] for ref in refs})
    page = signed_in(room.people.kgz).get("/meetings/som-9/").content.decode()
    assert '<a href="/elsewhere/">Share data by 2027</a>' in page
