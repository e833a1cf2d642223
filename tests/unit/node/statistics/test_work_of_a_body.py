"""What a body received, answered and decided: what each figure counts, and what is shown to whom."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from panah.foundation.clock import standing_at
from panah.foundation.spans import Spans
from panah.node.families.service import seeking
from panah.node.procedures.service import Leading
from panah.node.referrals.models import Referral
from panah.node.referrals.service import Answering, answering
from panah.node.solutions.service import Lasting, lasting
from panah.node.statistics import body_views, figures
from tests.unit.node.families.conftest import houses  # noqa: F401 - fixture
from tests.unit.node.procedures.conftest import case, opened  # noqa: F401 - fixtures
from tests.unit.node.referrals.conftest import WHEN
from tests.unit.node.solutions.conftest import later, office  # noqa: F401 - fixtures

DAY = timedelta(days=1)
MONTH = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def took(*spans: timedelta) -> Spans:
    return Spans(Counter(span // timedelta(minutes=1) for span in spans))


def value(found: list[figures.Figure], label: str) -> Any:
    return next(one.value for one in found if str(one.label) == label)


def test_the_share_of_granted_is_of_those_decided_and_not_of_all():
    one = Leading("asylum", opened=40, decided=took(*[30 * DAY] * 25), granted=12, refused=8)
    assert value(figures.of_procedure(one, exact=True), "Granted") == figures.Number(12, 20)


def test_the_median_is_of_the_days_to_the_answer():
    one = Answering("unhcr", received=4, answered=took(DAY, 2 * DAY, 30 * DAY))
    assert value(figures.of_referrals(one, exact=True), "Median days to the answer") == 2.0


@pytest.mark.parametrize(
    ("granted", "refused", "shown"), [(12, 10, True), (9, 20, False), (20, 9, False), (0, 20, False)]
)
def test_a_share_is_shown_to_who_does_not_read_the_cases_only_where_part_and_rest_are_ten(granted, refused, shown):
    one = Leading("asylum", decided=took(*[DAY] * (granted + refused)), granted=granted, refused=refused)
    assert value(figures.of_procedure(one, exact=False), "Granted").protected is not shown
    assert not value(figures.of_procedure(one, exact=True), "Granted").protected


def test_no_small_number_and_no_date_of_one_person_is_shown_to_who_does_not_read_the_cases():
    one = Answering("unhcr", received=9, answered=took(*[DAY] * 9), pending=37, oldest=MONTH[0])
    found = figures.of_referrals(one, exact=False)
    assert value(found, "Received").protected
    assert value(found, "Median days to the answer").protected
    assert value(found, "Waiting now") == figures.Number(30)
    assert value(found, "Oldest waiting since") is None


def test_who_does_not_read_the_cases_sees_no_periods_that_overlap():
    with standing_at(WHEN):
        assert all("-Q" in code for code in body_views._periods(False))
        assert "2026-Q4" not in body_views._periods(False)
        assert {"2026-11", "2026-Q4"} <= set(body_views._periods(True))


def test_a_quarter_ends_where_the_next_begins():
    first, after = body_views._bounds("2026-Q4")
    assert (first.date(), after.date()) == (date(2026, 10, 1), date(2027, 1, 1))
    assert body_views._bounds("2026-12")[1].date() == date(2027, 1, 1)


def test_an_overdue_referral_without_answer_counts_as_late(case):  # noqa: F811
    sent = case().send("asylum_authority")
    (one,) = answering(sent.body, *MONTH, sent.due_at + DAY)
    assert (one.received, len(one.answered), one.statutory + one.target, one.pending) == (1, 0, [False], 1)
    (one,) = answering(sent.body, *MONTH, sent.sent_at)
    assert one.statutory + one.target == []


def test_a_supervisor_sees_the_own_body_alone_and_what_is_pending_there(opened, officer, signed_in):  # noqa: F811
    run = opened()
    browser = signed_in(officer("supervisor", body=run.worker.body))
    with standing_at(WHEN):
        page = browser.get("/statistics/bodies/?period=2026-11").content.decode()
        other = browser.get("/statistics/bodies/?body=unhcr-office&period=2026-11")
    assert "Open now" in page
    assert "100 % (1 of 1)" in page
    assert other.status_code == 404


def test_the_spreadsheet_tells_what_the_page_tells_and_no_more(opened, officer, signed_in):  # noqa: F811
    run = opened()
    browser = signed_in(officer("national_coordinator"))
    body = Referral.objects.get(file=run.file).body
    with standing_at(WHEN + 60 * DAY):
        answer = browser.get(f"/statistics/bodies/?body={body}&period=2026-Q4&format=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    received = next(row for row in rows if row[1] == "Received")
    assert received[2] == "fewer than ten"
    assert len({row[4] for row in rows}) > 5


def test_who_was_not_reached_is_in_the_whole_and_in_no_part():
    one = Lasting("reintegration", asked=40, reached=30, safe=20, works=12)
    assert value(figures.of_plans(one, exact=True), "Reached at follow-ups") == figures.Number(30, 40)
    assert value(figures.of_plans(one, exact=True), "Say that they are safe") == figures.Number(20, 40)


def test_a_share_that_differs_by_single_people_from_another_one_is_not_shown_to_who_does_not_read_the_cases():
    one = Lasting("reintegration", asked=40, reached=28, safe=26, works=12, dangers=2)
    found = figures.of_plans(one, exact=False)
    assert not value(found, "Reached at follow-ups").protected
    assert value(found, "Say that they are safe").protected  # two were reached and did not say so
    assert not value(found, "Say that they work").protected
    assert value(found, "Dangers told").protected


def test_plans_and_tracing_of_a_body_are_counted_with_their_wholes(office, houses, signed_in, officer):  # noqa: F811
    desk = office()
    desk.opens("reintegration", began_on=date(2026, 11, 20))
    first, after = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
    with later(days=31):
        desk.tries(1, safe="yes")
    with later(days=190):
        (one,) = lasting(desk.who.body, first, after, WHEN + 190 * DAY)
        assert (one.opened, one.asked, one.reached, one.safe, one.works, one.pending) == (1, 2, 1, 1, 0, 1)
        page = signed_in(officer("supervisor", body=desk.who.body)).get("/statistics/bodies/?period=2026-Q4")
        assert "Plans: " in page.content.decode()
    assert lasting("another-body", first, after, WHEN) == []
    request = houses.seeks(houses.lake, houses.person(houses.lake, "Zarina Nazarova"), "Gulnora Nazarova")
    found = seeking(request.body, *MONTH, WHEN + 30 * DAY)
    assert found is not None
    assert (found.opened, found.closed, found.pending, found.silent) == (1, 0, 1, 1)
    assert seeking("another-body", *MONTH, WHEN) is None


def test_the_coordinator_is_shown_no_month(officer, signed_in):
    with standing_at(WHEN):
        assert signed_in(officer("national_coordinator")).get("/statistics/bodies/?period=2026-11").status_code == 404
