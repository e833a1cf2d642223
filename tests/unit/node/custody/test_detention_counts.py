"""A procedure of detention after custody: its times run from the apprehension, so that no hour before the first paper is lost."""

from __future__ import annotations

from datetime import timedelta

from uuid6 import uuid7

from panah.foundation.door.service import perform
from panah.node.custody import acts
from panah.node.procedures.acts import OpenProceeding
from panah.node.procedures.force_acts import OrderDetention
from panah.node.procedures.models import Detention, Fact, Proceeding
from panah.node.referrals import service as referrals
from tests.unit.node.custody.conftest import TAKEN
from tests.unit.node.procedures.conftest import opened  # noqa: F401 - a fixture
from tests.unit.node.procedures.test_force import BODY, GROUNDS, lifted
from tests.unit.node.referrals.conftest import WHEN, case  # noqa: F401 - a fixture

BEFORE = WHEN - timedelta(hours=30)


def test_the_first_review_of_a_detention_counts_the_hours_in_custody(opened, officer):  # noqa: F811
    run = opened(begin=False)
    referral = next(iter(referrals.of_file(run.file)))
    type(referral).objects.filter(pk=referral.pk).update(to="migration_authority", body=BODY)
    run.worker = officer("migration_officer", body=BODY)
    lifted(run)
    by, custody = {"by": run.worker.pk, "happened_at": BEFORE}, uuid7()
    perform(acts.Apprehend(**by, custody=custody, file=run.file, **TAKEN, fear="no"))
    by["happened_at"] = WHEN
    perform(acts.End(**by, custody=custody, how="detention"))
    perform(OpenProceeding(**by, proceeding=run.row.pk, file=run.file, procedure="detention"))
    run.row = Proceeding.objects.get(pk=run.row.pk)
    run.act(OrderDetention, **GROUNDS)
    starts = Fact.objects.filter(proceeding=run.row, code="detention_start").values_list("at", flat=True)
    assert list(starts) == [BEFORE]
    assert Detention.objects.get().review_due == BEFORE + timedelta(hours=48)
