"""What a state reports of its own law, and the check by a second pair of eyes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.hub.treaties import models, service, shown, views
from panah.hub.treaties.models import Check
from tests.conftest import make_officer
from tests.hub_people import People

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEY = ("KAZ", "convention-1954")


@pytest.fixture
def hub(loaded: None, people: People) -> People:
    return people


def reported(by: Any, **more: Any) -> Any:
    """An act towards a treaty, reported; gives its id."""
    report = more.pop("report", uuid7())
    said = {
        "state": "KAZ",
        "instrument": "convention-1954",
        "act": "accession",
        "date": "2026-10-01",
        "paper": "Note 12 to the depositary",
    }
    perform(service.ReportAct(by=by.pk, happened_at=now(), report=report, **said | more))
    return report


def verified(by: Any, report: Any) -> None:
    perform(
        service.VerifyReport(by=by.pk, happened_at=now(), report=report, against="Page of the depositary, read today.")
    )


def test_a_report_changes_nothing_until_it_is_checked_and_then_leads(hub: People) -> None:
    with standing_at(DAY):
        before = service.standings()[KEY]
        report = reported(hub.kaz)
        assert service.standings()[KEY] == before
        verified(hub.secretariat, report)
        after = service.standings()[KEY]
    assert (before.value, after.value, after.since, after.as_of) == ("not party", "party", "2026-10-01", "2026-11-21")
    assert after.verified
    assert not after.disputed
    assert before.leading in service.statements(state="KAZ", instrument="convention-1954"), "nothing is overwritten"


def test_a_coordinator_reports_for_the_own_state_alone(hub: People) -> None:
    with pytest.raises(NotAllowed):
        reported(hub.kgz)
    with pytest.raises(NotAllowed):
        reported(hub.kgz_official)
    with pytest.raises(NotAllowed):
        reported(make_officer("national_coordinator"))


def test_nobody_checks_their_own_report(hub: People) -> None:
    report = reported(hub.secretariat)
    with pytest.raises(Refused, match="own report"):
        verified(hub.secretariat, report)
    verified(hub.unhcr, report)
    assert models.ReportedAct.objects.get(pk=report).check_state == Check.VERIFIED


def test_a_coordinator_checks_nothing(hub: People) -> None:
    report = reported(hub.kaz)
    with pytest.raises(NotAllowed):
        verified(hub.kgz, report)


def test_a_report_is_checked_once(hub: People) -> None:
    report = reported(hub.kaz)
    verified(hub.secretariat, report)
    with pytest.raises(Refused, match="not waiting"):
        perform(
            service.RefuseReport(by=hub.unhcr.pk, happened_at=now(), report=report, reason="Not found there at all.")
        )
    with pytest.raises(Refused, match="not waiting"):
        perform(service.TakeBackReport(by=hub.kaz.pk, happened_at=now(), report=report))


def test_what_is_not_confirmed_stays_with_the_reason_and_changes_nothing(hub: People) -> None:
    before = service.standings()[KEY]
    report = reported(hub.kaz)
    perform(
        service.RefuseReport(
            by=hub.secretariat.pk, happened_at=now(), report=report, reason="The depositary has no such note."
        )
    )
    kept = models.ReportedAct.objects.get(pk=report)
    assert (kept.check_state, kept.checked_against) == (Check.REFUSED, "The depositary has no such note.")
    assert service.standings()[KEY] == before
    assert service.open_reports(state="KAZ") == ()


def test_a_state_takes_back_its_own_report_and_no_other(hub: People) -> None:
    report = reported(hub.kaz)
    with pytest.raises(NotAllowed):
        perform(service.TakeBackReport(by=hub.kgz.pk, happened_at=now(), report=report))
    perform(service.TakeBackReport(by=hub.kaz.pk, happened_at=now(), report=report))
    assert models.ReportedAct.objects.get(pk=report).check_state == Check.TAKEN_BACK


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"instrument": "nothing"}, "unknown_instrument"),
        ({"instrument": "udhr"}, "no_treaty"),
        ({"date": "2027"}, "future"),
        ({"act": "reservation"}, "says_nothing"),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_its_field(hub: People, said: dict[str, str], code: str) -> None:
    with standing_at(DAY), pytest.raises(Refused) as refusal:
        reported(hub.kaz, **said)
    assert refusal.value.code == code
    assert refusal.value.field


def test_a_report_that_is_not_there_is_not_found(hub: People) -> None:
    with pytest.raises(NotFound):
        verified(hub.secretariat, uuid7())


def test_a_reservation_that_was_checked_stands_beside_in_the_states_own_words(hub: People) -> None:
    with standing_at(DAY):
        report = reported(
            hub.kaz, instrument="convention-1951", act="reservation", date="2026-05", says="Article 24 is excepted."
        )
        verified(hub.secretariat, report)
        one = service.standings()[("KAZ", "convention-1951")]
    assert [row.note_en for row in one.beside] == ["Article 24 is excepted."]
    assert one.value == "party"
    assert "with reservation" in shown.said(one)


def test_a_checked_ratification_that_the_pack_does_not_know_is_a_doubt_and_the_pack_stays(hub: People) -> None:
    with standing_at(DAY):
        assert views.differences(service.standings()) == ()
        verified(hub.secretariat, reported(hub.kaz))
        found = views.differences(service.standings())
    assert [(one.state, one.instrument, one.what) for one in found] == [("KAZ", "convention-1954", "newer")]
    assert models.PackEntry.objects.get(state="KAZ", instrument="convention-1954", superseded_at=None).action == "none"


def test_an_amendment_goes_from_bill_to_force_and_keeps_every_stage(hub: People) -> None:
    amendment = uuid7()
    with standing_at(DAY):
        perform(
            service.ReportAmendment(
                by=hub.kaz.pk, happened_at=now(), amendment=amendment, state="KAZ", law="kaz-refugees-law-2009", title_en="Longer terms",
                title_ru="Более длинные сроки", parameters="asylum/filing", stage="bill", on="2026-06", paper="Bill 5",
            )
        )  # fmt: skip
        step = uuid7()
        perform(
            service.ReportStage(
                by=hub.kaz.pk, happened_at=now(), step=step, amendment=str(amendment), stage="adopted", on="2026-11-01", paper="Law 9",
            )
        )  # fmt: skip
    steps = models.AmendmentStep.objects.filter(amendment=str(amendment))
    assert {row.stage for row in steps} == {"bill", "adopted"}
    assert {row.check_state for row in steps} == {Check.WAITING}
    verified(hub.secretariat, step)
    assert models.AmendmentStep.objects.get(key=str(step)).verified


def test_a_stage_of_another_states_amendment_is_not_for_a_coordinator(hub: People) -> None:
    with pytest.raises(NotAllowed):
        perform(
            service.ReportStage(
                by=hub.kaz.pk, happened_at=now(), step=uuid7(), amendment="uzb-asylum-bill", stage="adopted", on="2026-01", paper="Law 1",
            )
        )  # fmt: skip


def test_an_amendment_of_an_act_of_another_state_is_refused(hub: People) -> None:
    with pytest.raises(Refused, match="no such act of this state"):
        perform(
            service.ReportAmendment(
                by=hub.kaz.pk, happened_at=now(), amendment=uuid7(), state="KAZ", law="kgz-refugees-law-2002", title_en="Title", title_ru="Титул",
                stage="bill", on="2026", paper="Bill 1",
            )
        )  # fmt: skip


def test_the_latest_answer_of_the_checklist_is_shown_and_those_before_stay(hub: People) -> None:
    from panah.hub.treaties import laws

    for answer in ("no", "partly"):
        perform(
            service.AnswerChecklist(
                by=hub.kaz.pk, happened_at=now(), answer_id=uuid7(), state="KAZ", item="development-plan", answer=answer, on="2026", paper="Plan 2029",
            )
        )  # fmt: skip
    row = next(row for row in laws.checklist(for_file=True).rows if "development" in str(row[0]))
    assert "In part; Plan 2029; 2026" in row
    assert models.ChecklistAnswer.objects.count() == 2


def test_loading_the_same_record_again_changes_nothing(hub: People) -> None:
    with standing_at(DAY):
        service.load()
        again = service.load()
    assert again.result["new"] is False
    assert again.result["changed"] == 0


def test_a_row_that_the_record_says_otherwise_is_superseded_and_stays_readable(hub: People, tmp_path: Any) -> None:
    import shutil

    from panah.hub.loadings.service import record_home

    home = tmp_path / "record"
    shutil.copytree(record_home(), home)
    path = home / "treaties/status.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("KAZ,cat,,1998,", "KAZ,cat,,1997,"), encoding="utf-8")
    report = reported(hub.kaz)
    result = service.load(home).result
    assert result["changed"] == 2, "one row is gone, another has come"
    rows = models.Statement.objects.filter(state="KAZ", instrument="cat")
    assert {(row.date, row.superseded_at is None) for row in rows} == {("1998", False), ("1997", True)}
    assert models.ReportedAct.objects.filter(pk=report).exists()


def test_a_folder_that_changed_after_the_check_is_not_loaded(hub: People) -> None:
    with pytest.raises(Refused, match="changed"):
        perform(
            service.LoadTreaties(
                by=None, happened_at=now(), folder="/nowhere", folder_digest="0" * 64, on=date(2026, 11, 21)
            )
        )


def test_the_counts_of_the_hub_are_those_of_the_tables(hub: People) -> None:
    from panah.hub.treaties import standing

    with standing_at(DAY):
        for state in service.REGION:
            assert service.tally(state) == standing.tally(state, DAY.date())
            assert service.ratified(state) == standing.ratified(state, DAY.date())
