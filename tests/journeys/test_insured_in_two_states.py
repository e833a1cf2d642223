"""A Kyrgyz worker of eight years in Russia and nine in Kazakhstan: the common half year counts once, and no fund is asked past his will
(domain reference 11.6, scenario 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from panah.node.labour.models import Enquiry
from panah.node.safeguards.models import Attempt
from tests.journeys import records
from tests.journeys.drivers import Person, Rest, Story, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
BAKYT = Person(
    "Bakytbek Longroad", "male", "1968-02-02", ("KGZ",), "ky",
    {
        "consent.understands": "yes", "consent.share_partner": "yes", "purpose": ["work"], "protection.fears_return": "no",
        "labour.has_contract": "yes", "exploitation.free_to_leave": "yes",
    },
    mode="in_country",
)  # fmt: skip
AFRAID = replace(
    BAKYT,
    name="Kubanych Longroad",
    answers=BAKYT.answers | {"protection.fears_return": "yes", "protection.fear_grounds": ["political_opinion"]},
)
RUSSIA = {"state": "RUS", "first": "2010-01-01", "last": "2017-12-31", "grade": "C", "evidence": "Copy of a work book"}
HERE = {"state": "KAZ", "first": "2017-07-01", "last": "2026-06-30", "grade": "E"}
ALL = 2922 + 3287 - 184


def test_4_time_in_two_states_is_added_and_the_common_half_year_counts_once(story: Story) -> None:
    with on(DAY):
        file, (referral,) = story.reaches_the_body(BAKYT, "labour_authority")
        worker = story.officer("labour_officer", body=referral.body)
        story.way.accepted(worker, referral)
        record = records.opened(story, worker, referral, "ky")
        records.insured(story, worker, record, **RUSSIA)
        records.insured(story, worker, record, **HERE | {"first": "2017-07-10"})
        wrong = record.periods.get(state="KAZ")
        why = {"corrects": str(wrong.pk), "why": "He showed the contract: from the first of July."}
        records.insured(story, worker, record, **HERE, **why)
        for state in ("KAZ", "RUS"):
            assert records.together(story, worker, record, state) == str(ALL)
        page = records.page_of(story, worker, record)
        assert page.has("20 December 2019")
        assert page.has("How many days a pension asks for at the least is not known here")
        assert page.has("He showed the contract"), "what was corrected stays readable"
        permit = {
            "state": "KAZ",
            "kind": "residence",
            "number": "R 0001",
            "last": "2026-12-10",
            "grade": "B",
            "evidence": "Seen",
        }
        records.permit(story, worker, record, **permit)
        assert story.window(worker).open("/").has(f"{record.number}: residence permit, Kazakhstan")

        fund = {
            "state": "RUS",
            "fund": "Its pension fund",
            "what": "A statement of my insured time.",
            "answer_by": "2027-01-20",
        }
        records.asked(story, worker, record, 422, **fund, way="office", agreed="not_asked")
        records.asked(story, worker, record, **fund, way="office", agreed="yes")
        paper = records.page_of(story, worker, record).fetched("The paper for the person (PDF)").content
        assert paper[:5] == b"%PDF-"
        records.closed(story, worker, record, "claim_prepared", 422)
    with on(DAY + timedelta(days=40)):
        records.answered(story, worker, record, result="confirmed", on="2026-12-28", answer="2,922 days.")
        records.closed(story, worker, record, "claim_prepared")
        record.refresh_from_db()
        assert record.outcome == "claim_prepared"
        told = story.window(story.clerk).open(f"/files/{file}/")
        assert told.has("A fund was asked about insured time, with the person's yes.")
        assert not told.has("Its pension fund")
    consul = story.officer("consular_officer", serves_state="KGZ", body="kgz-embassy")
    stranger = story.officer("labour_officer", body="other-body")
    for who in (consul, stranger):
        story.is_closed_to(f"/labour/{record.pk}/", f"/labour/{record.pk}/record.pdf", officer=who)
    story.ends_well()


def test_4_who_fears_a_state_is_known_to_no_fund_abroad_whatever_an_office_presses(story: Story) -> None:
    with on(DAY):
        file, (referral,) = story.reaches_the_body(AFRAID, "labour_authority")
        worker = story.officer("labour_officer", body=referral.body)
        story.way.accepted(worker, referral)
        record = records.opened(story, worker, referral, "ky")
        records.insured(story, worker, record, **RUSSIA)
        for state in ("KGZ", "RUS"):
            fund = {"state": state, "fund": "Its fund", "what": "A statement.", "answer_by": "2027-01-20"}
            records.asked(story, worker, record, 409, **fund, way="office", agreed="yes")
        assert not Enquiry.objects.exists()
        assert Attempt.objects.filter(subject=file, harm="data_to_origin", tried="labour.ask_fund").count() == 2
        records.asked(story, worker, record, **fund, way="person", agreed="no")
        if isinstance(story.way, Rest):
            assert story.way.get(worker, f"/labour/{record.pk}/estimate")["answer"] == "added"
    story.ends_well()
