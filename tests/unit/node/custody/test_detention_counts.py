"""A procedure of detention after custody: its times run from the apprehension, so that no hour before the first paper is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.node.custody import acts, service
from panah.node.custody.models import Custody
from panah.node.procedures import terms
from panah.node.procedures.acts import OpenProceeding
from panah.node.procedures.force_acts import OrderDetention
from panah.node.procedures.models import Detention, Fact, Proceeding
from panah.node.referrals import service as referrals
from tests.unit.node.custody.conftest import HEALTHY, TAKEN
from tests.unit.node.procedures.conftest import opened  # noqa: F401 - a fixture
from tests.unit.node.procedures.test_force import BODY, GROUNDS, lifted
from tests.unit.node.referrals.conftest import WHEN, case  # noqa: F401 - a fixture

BEFORE = WHEN - timedelta(hours=30)


LATER = WHEN + timedelta(hours=20)


@pytest.fixture
def detained(opened, officer):  # noqa: F811
    """A procedure of detention that was ordered while nobody knew of a custody before it."""
    run = opened(begin=False)
    referral = next(iter(referrals.of_file(run.file)))
    type(referral).objects.filter(pk=referral.pk).update(to="migration_authority", body=BODY)
    run.worker = officer("migration_officer", body=BODY, post="ALA")
    lifted(run)
    perform(
        OpenProceeding(by=run.worker.pk, happened_at=WHEN, proceeding=run.row.pk, file=run.file, procedure="detention")
    )
    run.row = Proceeding.objects.get(pk=run.row.pk)
    run.act(OrderDetention, **GROUNDS)
    assert Detention.objects.get().review_due == WHEN + timedelta(hours=48)
    return run


def test_a_custody_that_comes_to_the_file_later_moves_the_start_of_a_detention_that_runs(detained, officer):
    longest, custody = Detention.objects.get().maximum_due, uuid7()
    clerk = officer("border_officer", body=BODY, post="ALA")
    said = {"by": clerk.pk, "place": "ALA", "custody": custody}
    perform(acts.Apprehend(**said, happened_at=BEFORE, **TAKEN, fear="no"))
    with standing_at(LATER):
        perform(acts.Join(**said, happened_at=LATER, file=detained.file))
    held = Detention.objects.get()
    assert held.review_due == BEFORE + timedelta(hours=48)
    assert longest - held.maximum_due == timedelta(days=1)
    assert terms.facts_of(detained.row)["detention_start"] == BEFORE


def test_so_does_a_custody_that_is_recorded_later_with_the_file(detained):
    by = {"by": detained.worker.pk, "happened_at": BEFORE}
    perform(acts.Apprehend(**by, custody=uuid7(), file=detained.file, **TAKEN, fear="no"))
    assert Detention.objects.get().review_due == BEFORE + timedelta(hours=48)


def test_a_custody_that_ended_in_freedom_before_moves_nothing(detained, officer):
    clerk, custody = officer("border_officer", body=BODY, post="ALA"), uuid7()
    said = {"by": clerk.pk, "place": "ALA", "custody": custody}
    perform(acts.Apprehend(**said, happened_at=BEFORE, **TAKEN, fear="no"))
    perform(acts.End(**said, happened_at=BEFORE + timedelta(hours=2), how="released", where="home"))
    with standing_at(LATER):
        perform(acts.Join(**said, happened_at=LATER, file=detained.file))
    assert Detention.objects.get().review_due == WHEN + timedelta(hours=48)


def test_custody_upon_custody_counts_from_the_first(opened):  # noqa: F811
    run = opened(begin=False)
    first, second = BEFORE - timedelta(hours=10), BEFORE
    said = {
        "body": BODY,
        "unit": "x",
        "where": "x",
        "ground": "x",
        "entered_at": first,
        "means": "no",
        "injuries": "no",
    }
    kept = said | {"doctor": "no", "child": "no", "fear": "no", "file": run.file}
    Custody.objects.create(
        **kept | {"id": uuid7(), "number": "1"}, apprehended_at=first, ended_at=second, ended_how="released"
    )
    Custody.objects.create(**kept | {"id": uuid7(), "number": "2"}, apprehended_at=second)
    assert service.began(run.file, WHEN) == first
    assert service.began(run.file, WHEN, after=first) == second


def test_the_first_review_of_a_detention_counts_the_hours_in_custody(opened, officer):  # noqa: F811
    run = opened(begin=False)
    referral = next(iter(referrals.of_file(run.file)))
    type(referral).objects.filter(pk=referral.pk).update(to="migration_authority", body=BODY)
    run.worker = officer("migration_officer", body=BODY)
    lifted(run)
    by, custody = {"by": run.worker.pk, "happened_at": BEFORE}, uuid7()
    perform(acts.Apprehend(**by, custody=custody, file=run.file, **TAKEN, fear="no"))
    by["happened_at"] = WHEN
    seen = {"seen_by": "physician", "seen_at": WHEN, "result": "fit"}
    perform(acts.SayFitness(**by, custody=custody, asking=uuid7(), **HEALTHY, **seen))
    perform(acts.End(**by, custody=custody, how="detention"))
    perform(OpenProceeding(**by, proceeding=run.row.pk, file=run.file, procedure="detention"))
    run.row = Proceeding.objects.get(pk=run.row.pk)
    run.act(OrderDetention, **GROUNDS)
    starts = Fact.objects.filter(proceeding=run.row, code="detention_start").values_list("at", flat=True)
    assert list(starts) == [BEFORE]
    assert Detention.objects.get().review_due == BEFORE + timedelta(hours=48)
