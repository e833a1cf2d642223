"""A record of work: what is written down, corrected, asked of funds, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, Stopped, perform
from panah.foundation.journal import service as journal
from panah.node.labour import acts, papers
from panah.node.labour.models import Enquiry, Insured, Permit
from panah.node.labour.totals import estimate
from panah.node.safeguards.actions import PlaceHold
from panah.web import tasks
from tests.unit.node.labour.conftest import Desk, later

TODAY = date(2026, 11, 20)
Make = Callable[..., Desk]


def test_eight_years_in_russia_and_nine_here_are_added_and_the_common_half_year_counts_once(desk: Make) -> None:
    at = desk("KGZ")
    at.insured("RUS", "2010-01-01", "2017-12-31")
    at.insured("KAZ", "2017-07-01", "2026-06-30", grade="E", evidence="")
    found = estimate(at.row, TODAY)
    assert (found.answer, found.why, str(found.citation)) == ("added", "", "eaeu-pensions-2019")
    home, russia = found.sums
    assert (home.state, home.shown, home.told) == ("KAZ", 0, 3287)
    assert (russia.state, russia.shown) == ("RUS", 2922)
    assert home.together is not None
    assert russia.together is not None
    assert home.together.coinciding == 184
    assert home.together.days == russia.together.days == 3287 + 2922 - 184
    assert found.least is None, "no source tells how many days a pension asks for"
    assert home.together.enough is None, "so nobody can say that they are enough"


def test_for_a_worker_of_a_state_outside_the_agreement_the_answer_is_unknown_and_adds_nothing(desk: Make) -> None:
    at = desk("TJK")
    at.insured("RUS", "2025-01-01", "2026-02-28")
    found = estimate(at.row, TODAY)
    assert (found.answer, found.why) == ("unknown", "person_outside")
    assert [one.together for one in found.sums] == [None, None]
    assert found.left_out == ("KAZ", "RUS")


def test_a_line_without_an_end_counts_nowhere_and_is_told(desk: Make) -> None:
    at = desk()
    at.insured("KAZ", "2024-01-01", None)
    found = estimate(at.row, TODAY)
    assert (found.sums[0].told, found.without_end) == (0, 1)


def test_a_corrected_line_stays_and_only_the_new_one_counts(desk: Make) -> None:
    at = desk()
    first = at.insured("KAZ", "2024-01-01", "2024-12-31")
    with pytest.raises(Refused) as refused:
        at.insured("KAZ", "2024-02-01", "2024-12-31", corrects=first)
    assert refused.value.code == "no_reason"
    second = at.insured("KAZ", "2024-02-01", "2024-12-31", corrects=first, why="Read a wrong month")
    old = Insured.objects.get(pk=first)
    assert (old.struck_why, old.struck_by) == ("Read a wrong month", at.who.pk)
    assert Insured.objects.get(pk=second).corrects_id == first
    assert estimate(at.row, TODAY).sums[0].shown == 335
    with pytest.raises(Refused):
        at.insured("KAZ", "2024-03-01", "2024-12-31", corrects=first, why="Again")
    at.act(acts.StrikePeriod, period=second, why="He was not insured there")
    assert estimate(at.row, TODAY).sums[0].shown == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"first": "2024-02-01", "last": "2024-01-01"}, "wrong_days"),
        ({"first": "2026-10-01", "last": "2026-12-01"}, "future"),
        ({"first": "2024-01-01", "last": "2024-02-01", "grade": "A", "evidence": " "}, "no_evidence"),
        ({"first": "2024-01-01", "last": "2024-02-01", "state": "XXA"}, "no_state"),
    ],
)
def test_days_and_papers_that_cannot_be_are_refused_with_a_sentence(
    desk: Make, said: dict[str, Any], code: str
) -> None:
    at = desk()
    state, first, last = said.pop("state", "KAZ"), said.pop("first"), said.pop("last")
    with pytest.raises(Refused) as refused:
        at.insured(state, first, last, **said)
    assert refused.value.code == code
    assert not Insured.objects.exists()


def test_the_same_period_is_not_written_down_twice(desk: Make) -> None:
    at = desk()
    at.insured("KAZ", "2024-01-01", "2024-12-31")
    with pytest.raises(Refused) as refused:
        at.insured("KAZ", "2024-01-01", "2024-12-31")
    assert refused.value.code == "twice"


def asks(at: Desk, way: str, agreed: str, state: str = "RUS") -> Any:
    said = {"state": state, "fund": "The fund of that state", "what": "A statement of my insured time."}
    enquiry = uuid7()
    at.act(acts.AskFund, enquiry=enquiry, way=way, agreed=agreed, answer_by=date(2026, 12, 31), **said)
    return enquiry


def test_this_office_asks_another_state_only_with_the_persons_yes(desk: Make) -> None:
    at = desk()
    for agreed in ("no", "not_asked"):
        with pytest.raises(Refused) as refused:
            asks(at, "office", agreed)
        assert refused.value.code == "consent_needed"
    assert not Enquiry.objects.exists()
    asks(at, "office", "yes")
    asks(at, "person", "no")
    assert Enquiry.objects.count() == 2


@pytest.mark.parametrize("state", ["RUS", "KGZ"])
def test_a_hold_stops_asking_every_other_state_and_lets_the_own_fund_be_asked(desk: Make, state: str) -> None:
    at = desk()
    perform(
        PlaceHold(
            by=at.post.pk, place="ALA", happened_at=now(), file=at.file, safeguard="no_sharing_with_origin", reason="He is afraid of the police of his town."
        )
    )  # fmt: skip
    with pytest.raises(Stopped):
        asks(at, "office", "yes", state)
    assert not Enquiry.objects.exists()
    asks(at, "office", "yes", "KAZ")
    asks(at, "person", "not_asked", state)


def test_an_answer_is_kept_and_a_record_with_an_open_question_is_not_closed(desk: Make) -> None:
    at = desk()
    enquiry = asks(at, "office", "yes")
    with pytest.raises(Refused) as refused:
        at.act(acts.CloseRecord, outcome="done")
    assert refused.value.code == "waiting"
    at.act(acts.TakeAnswer, enquiry=enquiry, result="no_answer", on=TODAY)
    at.act(acts.TakeAnswer, enquiry=enquiry, result="confirmed", on=TODAY, answer="2,922 days.")
    with pytest.raises(Refused):
        at.act(acts.TakeAnswer, enquiry=enquiry, result="denied", on=TODAY)
    at.act(acts.CloseRecord, outcome="claim_prepared")
    with pytest.raises(Refused):
        at.insured("KAZ", "2024-01-01", "2024-12-31")


def test_permits_that_end_and_funds_that_are_silent_come_to_the_officers_day(desk: Make) -> None:
    at = desk()
    for number, last in (("far", date(2027, 9, 1)), ("near", date(2026, 12, 1)), ("unknown", None)):
        said = {
            "state": "KAZ",
            "kind": "work_permit",
            "number": number,
            "last": last,
            "grade": "B",
            "evidence": "Paper",
        }
        at.act(acts.RecordPermit, permit=uuid7(), **said)
    asks(at, "person", "no")
    lines = {pile.task.code: pile for pile in tasks.piles(at.who, now())}
    assert len(lines["permits-of-workers"].lines) == 1
    assert len(lines["funds-asked"].lines) == 1
    with later(days=60):
        lines = {pile.task.code: pile for pile in tasks.piles(at.who, now())}
        assert lines["permits-of-workers"].late == 1
        assert lines["funds-asked"].late == 1
    near = Permit.objects.get(number="near")
    at.act(acts.StrikePermit, permit=near.pk, why="It is of somebody else")
    lines = {pile.task.code: pile for pile in tasks.piles(at.who, now())}
    assert not lines["permits-of-workers"].lines


def test_officers_of_another_body_and_of_another_state_find_nothing(
    desk: Make, officer: Callable[..., Officer], signed_in: Any
) -> None:
    at = desk()
    others = (
        officer("labour_officer", body="elsewhere"),
        officer("asylum_officer", body=at.who.body),
        officer("consular_officer", serves_state="KGZ", body="kgz-embassy"),
    )
    for other in others:
        browser = signed_in(other)
        for address in (f"/labour/{at.record}/", f"/labour/{at.record}/record.pdf"):
            assert browser.get(address).status_code == 404
        with pytest.raises(NotAllowed):
            at.act(acts.RecordPeriod, by=other, period=uuid7(), state="KAZ", first=TODAY, grade="E")
    assert not Insured.objects.exists()


def test_nobody_opens_a_record_without_an_accepted_referral_or_a_second_one(
    desk: Make, officer: Callable[..., Officer]
) -> None:
    at = desk()
    said = {"record": uuid7(), "file": at.file, "language": "ky", "consent": "person"}
    with pytest.raises(NotAllowed):
        at.act(acts.OpenRecord, by=officer("labour_officer", body="elsewhere"), **said)
    with pytest.raises(Refused) as refused:
        at.act(acts.OpenRecord, **said)
    assert refused.value.code == "open_already"


def test_the_paper_says_what_is_known_in_two_languages_and_what_is_not(desk: Make) -> None:
    at = desk()
    at.insured("RUS", "2010-01-01", "2017-12-31")
    at.insured("KAZ", "2017-07-01", "2026-06-30")
    asks(at, "person", "no")
    html = papers.as_html(papers.of_record(at.row, ("ru", "ky"), TODAY))
    assert "Моя работа и страховой стаж" in html
    assert "Менин жумушум" in html
    assert "6025" in html
    assert "The fund of that state" in html
    assert "Решает только фонд" in html


def test_the_story_tells_neither_state_nor_employer(desk: Make, signed_in: Any) -> None:
    at = desk()
    at.insured("RUS", "2010-01-01", "2017-12-31", employer="Invented Works 7")
    page = signed_in(at.post).get(f"/files/{at.file}/").content.decode()
    assert "Insured time was written down." in page
    assert "Invented Works 7" not in page
    assert journal.verify().holds
