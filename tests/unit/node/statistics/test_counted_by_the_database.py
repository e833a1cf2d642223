"""The figures of a body that the database counts are those that come of reading every row."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import crowd
from panah.foundation.spans import MinutesBetween, Spans
from panah.node.procedures.models import Decision, Proceeding, Step, Term
from panah.node.procedures.service import leading
from panah.node.referrals.models import Referral
from panah.node.referrals.service import answering
from tests.unit.node.procedures.conftest import case, opened  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
PERIOD = (NOW - timedelta(days=300), NOW - timedelta(days=20))


@pytest.fixture
def bodies(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The two bodies with the most referrals and procedures of some invented people."""
    known = crowd.stories(60)
    monkeypatch.setattr(crowd, "stories", lambda: known)
    crowd.lay_down(crowd.Crowd(people=crowd.TODAY_AT_ALMATY), 150)
    assert Decision.objects.exists()
    Term.objects.filter(pk__in=list(Term.objects.values_list("pk", flat=True)[::7])).update(done_at=None)
    led = Counter(Proceeding.objects.values_list("body", flat=True)).most_common(1)[0][0]
    sent = Counter(Referral.objects.exclude(body=led).values_list("body", flat=True)).most_common(1)[0][0]
    return [led, sent]


def test_how_a_body_answers_is_counted_as_by_hand(bodies: list[str]):
    first, after = PERIOD
    for body in bodies:
        plain: dict[str, Any] = {}
        for row in Referral.objects.filter(body=body):
            one = plain.setdefault(row.to, {"received": 0, "answered": [], "kept": [], "pending": 0})
            one["pending"] += row.status == "sent"
            if first <= row.sent_at < after:
                one["received"] += 1
                if row.answered_at:
                    one["answered"].append(row.answered_at - row.sent_at)
                    one["kept"].append(row.answered_at <= row.due_at)
                elif row.due_at < NOW:
                    one["kept"].append(False)
        found = {one.to: one for one in answering(body, first, after, NOW)}
        assert any(one["answered"] for one in plain.values())
        for to, one in plain.items():
            got = found.get(to)
            if got is None:
                assert (one["received"], one["pending"]) == (0, 0)
                continue
            assert (got.received, got.pending) == (one["received"], one["pending"])
            assert sorted(got.statutory + got.target) == sorted(one["kept"])
            assert_equal_to_the_minute(got.answered, one["answered"])


def test_how_a_body_leads_its_procedures_is_counted_as_by_hand(bodies: list[str]):
    first, after = PERIOD
    (found,) = [one for one in leading(bodies[0], first, after, NOW) if one.procedure == "asylum"]
    rows = Proceeding.objects.filter(body=bodies[0], procedure="asylum")
    decisions = Decision.objects.filter(step__proceeding__in=rows).select_related("step__proceeding")
    within = [one for one in decisions if one.signed_at and first <= one.signed_at < after]
    terms = Term.objects.filter(step__proceeding__in=rows, binds="authority", verified=True)
    met = [one.done_at <= one.due_at for one in terms if one.done_at and one.due_at and first <= one.done_at < after]
    over = [False for one in terms if not one.done_at and one.due_at and first <= one.due_at < min(after, NOW)]
    assert over
    assert within
    assert found.opened == sum(first <= row.opened_at < after for row in rows)
    assert found.pending == sum(row.ended_at is None for row in rows)
    assert sorted(found.statutory) == sorted(met + over)
    assert_equal_to_the_minute(found.decided, [one.signed_at - one.step.proceeding.opened_at for one in within])


def test_steps_terms_and_decisions_bear_the_body_and_the_procedure_of_their_proceeding(opened):  # noqa: F811
    run = opened()
    for outcome in ("forwarded", "registered", "issued", "taken", "examined"):
        run.end(outcome)
    run.decide("refused", "complaint")
    assert Step.objects.count() == 7
    assert Term.objects.exists()
    for step in Step.objects.select_related("proceeding"):
        assert (step.body, step.procedure) == (step.proceeding.body, step.proceeding.procedure)
    for term in Term.objects.select_related("step__proceeding"):
        assert (term.body, term.procedure) == (term.step.proceeding.body, term.step.proceeding.procedure)
    assert {one.body for one in Decision.objects.all()} == {run.row.body}


@pytest.mark.parametrize(
    ("took", "minutes"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=59, microseconds=999_000), 0),
        (timedelta(minutes=1), 1),
        (timedelta(days=4000, seconds=59), 4000 * 1440),
        (-timedelta(seconds=1), 0),
        (-timedelta(minutes=60, seconds=1), -60),
    ],
)
def test_minutes_between_two_moments_are_whole_ones(took: timedelta, minutes: int, bodies: list[str]):
    row = Referral.objects.exclude(answered_at=None).order_by("pk")[0]
    Referral.objects.filter(pk=row.pk).update(answered_at=row.sent_at + took)
    found = Referral.objects.values_list(MinutesBetween(F("answered_at"), F("sent_at")), flat=True).get(pk=row.pk)
    assert found == minutes


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_the_middle_of_counted_spans_is_the_median(minutes: list[int]):
    spans = Spans(Counter(minutes))
    assert len(spans) == len(minutes)
    assert spans.median() == timedelta(minutes=median(minutes))


def test_nothing_has_no_middle():
    assert Spans().median() is None


def assert_equal_to_the_minute(found: Spans, plain: list[timedelta]) -> None:
    assert found.of_minutes == Counter(span // timedelta(minutes=1) for span in plain)
