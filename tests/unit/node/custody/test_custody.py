"""From the apprehension to the end: who has the person at each hour, and what never happens unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid6 import uuid7

from panah.cores.lawbook import load_pack
from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused, Stopped
from panah.foundation.notices.models import Notice
from panah.node.custody import acts, board, day, rules, service
from panah.node.custody.models import Custody, Transfer
from panah.node.custody.tasks import watch_custody
from panah.node.profiling.service import RecordInterview
from panah.node.safeguards.models import Attempt, Hold
from tests.unit.node.custody.conftest import BORDER, HOUR, POLICE, TAKEN, WHEN

CALM = {"purpose": ["work"], "protection": {"fears_return": "no"}, "consent": {"understands": "yes"}}


def told(code: str) -> set[str]:
    """Whom a notice went to: roles, and officers by their bodies."""
    rows = Notice.objects.filter(code=code)
    return {row.role or Officer.objects.get(pk=row.officer).body for row in rows}


def test_somebody_without_a_name_has_a_number_and_joins_a_file_later(field_):
    row = field_.take(fear="yes")
    assert (row.file, row.number) == (None, "CU-261120-0001")
    assert field_.take().number == "CU-261120-0002"
    file = field_.person()
    field_.act(acts.Join, custody=row.pk, file=file)
    holds = set(Hold.objects.filter(subject=file).values_list("code", flat=True))
    assert holds == set(rules.FEAR_HOLDS)
    with pytest.raises(Refused, match="has a file already"):
        field_.act(acts.Join, custody=row.pk, file=field_.person())


def test_what_was_done_to_the_person_is_said_or_the_record_is_not_kept(field_):
    for said, missing in (
        ({"means": "yes"}, "means_how"),
        ({"injuries": "yes"}, "injuries_what"),
        ({"property_taken": "A telephone"}, "property_receipt"),
        ({"told": ("rights",)}, "told_language"),
        ({"ground_source": "no-such-law"}, "ground_source"),
        ({"happened_at": WHEN + HOUR}, "happened_at"),
    ):
        with pytest.raises(Refused) as refusal:
            field_.take(**said)
        assert refusal.value.field == missing
    assert not Custody.objects.exists()


def test_nothing_further_happens_before_the_person_was_asked(field_):
    row = field_.take(field_.person())
    with pytest.raises(Refused, match="nobody asked yet"):
        field_.hand_on(row)
    with pytest.raises(Refused, match="registered"):
        field_.hand_on(field_.take(fear="no"))
    field_.act(acts.Ask, custody=row.pk, fear="unknown", child="unknown", told_language="fa")
    row.refresh_from_db()
    assert (row.fear, row.asked_at) == ("unknown", WHEN)
    field_.nurse(row)
    field_.hand_on(row)
    unknown = field_.take()
    field_.nurse(unknown)
    field_.hand_on(unknown, purpose="medical")


@pytest.mark.parametrize("how", sorted(rules.HARMS))
def test_detention_refusal_and_hand_over_are_stopped_before_the_interview_and_by_a_fear(how, field_):
    row = field_.take(field_.person(), fear="no")
    said = {"custody": row.pk, "how": how, "where": "AFG"}
    with pytest.raises(Stopped):
        field_.act(acts.End, **said)
    with pytest.raises(Refused, match="names none"):
        field_.act(acts.End, **(said | {"custody": field_.take(fear="no").pk}))
    field_.act(RecordInterview, file=row.file, record=CALM)
    field_.act(acts.Ask, custody=row.pk, fear="yes", child="treated", told_language="fa")
    with pytest.raises(Stopped):
        field_.act(acts.End, **said)
    row.refresh_from_db()
    assert row.ended_at is None
    assert Attempt.objects.filter(subject=row.file, harm=rules.HARMS[how].value).count() == 2


def test_a_child_is_told_to_child_protection_at_once_and_counts_until_it_leaves(field_):
    supervisor = field_.officer("supervisor", body=BORDER)
    row = field_.take(field_.person(), child="treated")
    assert told("custody.child") == {"child_officer", "ombudsman", "detention_monitor", BORDER}
    assert [line.url for line in board.children(supervisor).rows()] == [f"/custody/{row.pk}/"]
    field_.act(acts.Ask, custody=row.pk, fear="no", child="no", told_language="fa")
    row.refresh_from_db()
    assert row.child == "treated", "an officer's later word takes no childhood away"
    assert Notice.objects.filter(code="custody.child", role="child_officer").count() == 1
    field_.act(acts.End, custody=row.pk, how="reception", where="House for children")
    assert board.children(supervisor).count() == 0


def test_until_the_other_body_confirms_the_first_one_answers_for_the_person(field_):
    row = field_.take(field_.person(), fear="no")
    field_.nurse(row)
    field_.hand_on(row)
    row.refresh_from_db()
    assert row.body == BORDER
    with pytest.raises(Refused, match="on the way"):
        field_.act(acts.End, custody=row.pk, how="released", where="home")
    with pytest.raises(NotAllowed):
        field_.act(acts.Confirm, custody=row.pk, state="Well.")
    field_.act(acts.Confirm, by=field_.police, custody=row.pk, state="Tired, unhurt.")
    row.refresh_from_db()
    assert row.body == POLICE
    assert not service.visible(field_.guard).filter(pk=row.pk).exists(), (
        "who holds nobody any more needs to know nothing"
    )
    with pytest.raises(NotAllowed):
        field_.act(acts.End, custody=row.pk, how="released", where="home")


def test_nobody_confirms_what_they_handed_over(field_):
    row = field_.take(field_.person(), fear="no")
    with pytest.raises(Refused, match="Your own body"):
        field_.hand_on(row, to_body=BORDER, to_post="ALA")
    field_.nurse(row)
    field_.hand_on(row)
    Officer.objects.filter(pk=field_.guard.pk).update(body=POLICE)
    with pytest.raises(Refused, match="Another officer"):
        field_.act(acts.Confirm, custody=row.pk, state="Well.")


def test_a_death_is_told_to_the_ombudsman_even_on_the_way(field_):
    row = field_.take(field_.person(), fear="no")
    field_.nurse(row)
    field_.hand_on(row)
    field_.act(acts.End, custody=row.pk, how="died")
    assert told("custody.died") >= {"ombudsman", "detention_monitor"}
    assert not service.underway(Custody.objects.all()).exists()


def test_only_verified_law_gives_a_time_and_it_runs_from_the_apprehension(field_):
    assert rules.limit(load_pack("kaz"), WHEN) is None, "the floor's hours are not verified: they claim nothing"
    limit = rules.limit(load_pack("tur"), WHEN)
    assert (limit.name, limit.due - WHEN) == ("detention/decision", timedelta(hours=48))
    row = field_.take(field_.person())
    clock = day.clock(row, WHEN + 5 * HOUR)
    assert (clock.due, "5" in clock.what, bool(clock.unknown)) == (None, True, True)


def test_who_is_held_beyond_the_time_of_the_law_is_told_of_once(field_, settings):
    settings.PANAH_PACK = "xx"
    field_.officer("supervisor", body=BORDER)
    row = field_.take(fear="no")
    assert row.limit_due == WHEN + 24 * HOUR
    for hours, count in ((23, 0), (25, 1), (30, 0)):
        with standing_at(WHEN + hours * HOUR):
            assert watch_custody.func() == count
    assert told("custody.over_time") == {"ombudsman", "detention_monitor", BORDER}


def test_detention_counts_from_the_apprehension(field_):
    """What procedures asks: the hours in custody before are part of the longest time."""
    row = field_.take(field_.person(), fear="no")
    assert service.began(row.file, WHEN + 9 * HOUR) == WHEN
    Custody.objects.filter(pk=row.pk).update(ended_at=WHEN + HOUR, ended_how="released")
    assert service.began(row.file, WHEN + 9 * HOUR) is None
    Custody.objects.filter(pk=row.pk).update(ended_how="detention")
    assert service.began(row.file, WHEN + 9 * HOUR) == WHEN
    assert service.began(row.file, WHEN + 9 * HOUR, after=WHEN + 2 * HOUR) is None, "released since: it begins anew"


def test_strangers_find_nobody_and_those_who_watch_find_all(field_):
    row = field_.take(field_.person())
    for role, body, sees in (
        ("border_officer", POLICE, False), ("asylum_officer", BORDER, False), ("national_coordinator", BORDER, False),
        ("supervisor", POLICE, False), ("supervisor", BORDER, True), ("ombudsman", "", True), ("detention_monitor", "", True),
    ):  # fmt: skip
        assert service.visible(field_.officer(role, body=body)).filter(pk=row.pk).exists() is sees, (role, body)
    away = field_.officer("registrar", post="BX045-KZ", body=BORDER)
    assert not service.visible(away).exists()
    assert service.visible(field_.officer("registrar", post="ALA", body=BORDER)).exists()
    with pytest.raises((NotAllowed, NotFound)):
        field_.act(acts.Apprehend, by=away, custody=uuid7(), file=row.file, **TAKEN)


def test_statistics_get_figures_and_no_person(field_):
    row = field_.take(field_.person(), fear="no")
    field_.act(acts.End, custody=row.pk, how="released", where="home")
    (one,) = service.countable(WHEN - HOUR, WHEN + HOUR)
    assert (one.taken_by, one.ended_how, one.in_time) == (BORDER, "released", None)
    assert str(row.file) not in repr(one)
    assert Transfer.objects.count() == 0
