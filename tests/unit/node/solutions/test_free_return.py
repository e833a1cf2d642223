"""A return is free or it is none: counsel, time to think, a yes that can be taken back, safeguards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Stopped, perform
from panah.node.safeguards.actions import LiftHold, PlaceHold
from panah.node.safeguards.service import standing
from panah.node.solutions import acts, service
from panah.node.solutions.rules import Will, why_not_agreed
from tests.unit.node.solutions.conftest import HOMEWARD, WHEN, Office, later
from tests.unit.node.solutions.test_plan import refused

TODAY = date(2026, 11, 20)
ORIGIN = {"language": "uz", "origin": "There is work in the town; the road is open.", "origin_as_of": TODAY}
YES: dict[str, Any] = {"said": "Uyga qaytmoqchiman.", "language": "uz"}
REASON = "Both offices heard her; she was counselled and is free to go."


@pytest.fixture
def desk(office: Any) -> Office:
    """A stranded woman of Uzbekistan in Kazakhstan who wants to go home; IOM made the plan with her."""
    found = office("iom", "io_partner", HOMEWARD, "UZB")
    found.opens("voluntary_return")
    return found


def counselled(desk: Office, **said: Any) -> None:
    desk.act(acts.Counsel, counselling=uuid7(), **{"by_whom": "iom", **ORIGIN, **said})


def lift_all(desk: Office, officer: Any) -> None:
    """Two authorities say that the hold may fall, now that the person was counselled."""
    competent = officer("asylum_officer", body=desk.who.body)
    second = officer("supervisor", post="ALA", body="second-body")
    for hold in standing(desk.file):
        for one in (second, competent):
            perform(LiftHold(by=one.pk, place=one.post, happened_at=now(), hold=hold.pk, reason=REASON))


def test_no_yes_without_counsel_and_time_to_think(desk, officer):
    with pytest.raises(Stopped):
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)
    counselled(desk)
    with later(hours=30), pytest.raises(Stopped):
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"counselled_at": None}, "not_counselled"),
        ({"informed_on": None}, "not_informed"),
        ({"waits_until": None}, "time_to_think"),
        ({"waits_until": WHEN + timedelta(hours=1)}, "time_to_think"),
        ({"detained": True}, "no_counsel"),
        ({"detained": True, "counsel": "Bar of Almaty"}, ""),
        ({"protected": True}, "no_counsel"),
        ({"protected": True, "counsel": "Bar of Almaty"}, ""),
        ({"protected": True, "child": True, "counsel": "Bar of Almaty"}, "child_protected"),
    ],
)
def test_what_a_free_return_lacks(changed, why):
    whole = {
        "counselled_at": WHEN - timedelta(days=2), "waits_until": WHEN - timedelta(days=1), "informed_on": TODAY, "detained": False,
        "counsel": "", "protected": False, "child": False,
    }  # fmt: skip
    assert why_not_agreed(Will(**(whole | changed)), WHEN) == why


def test_who_enforces_counsels_nobody(desk, officer):
    both = officer("io_partner", "migration_officer", body=desk.who.body)
    refused("enforcing", desk.act, acts.Counsel, by=both, counselling=uuid7(), by_whom="own_office", **ORIGIN)
    refused(
        "future",
        desk.act,
        acts.Counsel,
        counselling=uuid7(),
        by_whom="iom",
        **(ORIGIN | {"origin_as_of": date(2026, 12, 1)}),
    )


def test_a_yes_can_be_taken_back_until_departure_and_then_nobody_leaves(desk, officer):
    counselled(desk)
    with standing_at(WHEN + timedelta(hours=1)):
        lift_all(desk, officer)
        refused("time_to_think", desk.act, acts.AgreeToReturn, agreement=uuid7(), **YES)
    with later(hours=30):
        refused("no_counsel", desk.act, acts.AgreeToReturn, agreement=uuid7(), detained=True, **YES)
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)
        desk.act(acts.ChangeMind)
        refused("no_yes", desk.act, acts.Depart, on=date(2026, 11, 21), asked_again="still_wants")
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)
    with later(days=3):
        desk.act(acts.Depart, on=date(2026, 11, 22), asked_again="still_wants", to_state="UZB")
        assert desk.plan.follow_ups.count() == 3
        assert list(service.returned(date(2026, 11, 22), date(2026, 11, 22))) == [service.Returned("male", "UZB")]
        assert list(service.returned(date(2026, 11, 23), date(2026, 11, 30))) == []
        refused("departed", desk.act, acts.ChangeMind)
        refused("departed", desk.act, acts.ClosePlan, outcome="changed_mind")


def test_a_hold_that_came_later_stops_the_departure(desk, officer):
    counselled(desk)
    lift_all(desk, officer)
    with later(hours=30):
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)
        said = {"file": desk.file, "reason": "She said in the corridor that she is afraid."}
        perform(PlaceHold(by=desk.post.pk, place="ALA", happened_at=now(), safeguard="no_removal", **said))
        refused("no_counsel", desk.act, acts.Depart, on=date(2026, 11, 21), asked_again="still_wants")
        perform(PlaceHold(by=desk.post.pk, place="ALA", happened_at=now(), safeguard="counsel_before_return", **said))
        with pytest.raises(Stopped):
            desk.act(acts.Depart, on=date(2026, 11, 21), asked_again="still_wants")
    assert desk.plan.began_on is None


@pytest.mark.parametrize(("opened_after", "why"), [(2, ""), (3, "not_returned")])
def test_no_other_plan_says_that_somebody_returned_who_did_not_leave_by_the_acts_of_a_free_return(
    desk, officer, opened_after, why
):
    counselled(desk)
    lift_all(desk, officer)
    with later(hours=30):
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)
        desk.act(acts.ClosePlan, outcome="support_ended")
        desk.opens("local_integration")
        refused("not_returned", desk.act, acts.ClosePlan, outcome="returned")
        desk.act(acts.ClosePlan, outcome="support_ended")
        desk.opens("voluntary_return")
        counselled(desk)
    with later(days=6):
        desk.act(acts.AgreeToReturn, agreement=uuid7(), **YES)
        desk.act(acts.Depart, on=later_day(6), asked_again="still_wants")
        desk.act(acts.ClosePlan, outcome="support_ended")
    with later(days=4 + opened_after):
        desk.opens("local_integration")
        if why:
            refused(why, desk.act, acts.ClosePlan, outcome="returned")
        else:
            desk.act(acts.ClosePlan, outcome="returned")


def later_day(days):
    return (WHEN + timedelta(days=days)).date()
