"""Legal aid: asked for, given by somebody, or declined freely; what shows that the person had it; how many had it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.door.service import Refused
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.node.procedures import service, shown
from panah.node.procedures.aid_acts import AskLegalAid, DeclineLegalAid, GiveLegalAid
from panah.node.procedures.models import Detention, LegalAid
from panah.node.procedures.terms import shape_of
from panah.node.procedures.work import leading
from panah.node.registration.models import PersonFile
from panah.node.statistics import figures
from tests.unit.node.procedures.test_procedures_by_rest import program
from tests.unit.node.referrals.conftest import WHEN

GIVEN = {"organisation": "Invented bar of Examplia", "kind": "state", "on": date(2026, 11, 20)}
FREELY = {"said": "I speak for myself.", "language": "fa", "informed": True, "freely": True}


def asks(run):
    run.act(AskLegalAid, aid=uuid7(), language="fa")


def test_who_asks_waits_until_somebody_gives_it_and_both_stand_in_the_story(examplia):
    run = examplia()
    asks(run)
    assert service.counsel(run.row) == "asked"
    with pytest.raises(Refused, match="already"):
        asks(run)
    run.act(GiveLegalAid, aid=uuid7(), **GIVEN)
    kept = LegalAid.objects.get()
    assert (kept.state, kept.organisation, kept.given_on) == ("given", "Invented bar of Examplia", date(2026, 11, 20))
    assert kept.asked_at == WHEN
    codes = [line.code for line in journal.lines_of(run.file)]
    assert codes[-2:] == ["procedures.ask_legal_aid", "procedures.give_legal_aid"]


def test_the_words_and_the_name_of_counsel_stand_sealed_in_the_journal(examplia):
    run = examplia()
    run.act(GiveLegalAid, aid=uuid7(), **GIVEN)
    run.act(DeclineLegalAid, aid=uuid7(), **FREELY)
    for line in journal.lines_of(run.file):
        assert "Invented bar" not in line.facts
        assert "myself" not in line.facts


def test_it_is_not_given_on_a_day_to_come(examplia):
    run = examplia()
    with pytest.raises(Refused, match="not happened"):
        run.act(GiveLegalAid, aid=uuid7(), **GIVEN | {"on": date(2026, 12, 24)})


@pytest.mark.parametrize("said", [{"informed": False}, {"freely": False}])
def test_nobody_declines_without_having_been_told_or_through_somebody_else(examplia, said):
    run = examplia()
    with pytest.raises(Refused):
        run.act(DeclineLegalAid, aid=uuid7(), **FREELY | said)
    assert not LegalAid.objects.exists()


@pytest.mark.parametrize("age", [16, None])
def test_a_child_or_whose_age_is_not_known_declines_nothing_alone(examplia, age):
    run = examplia()
    PersonFile.objects.filter(pk=run.file).update(age_estimate=age, birth_from=None, birth_to=None)
    with pytest.raises(Refused, match="guardian"):
        run.act(DeclineLegalAid, aid=uuid7(), **FREELY)


def test_who_declined_may_ask_again_at_any_time_and_have_it(examplia):
    run = examplia()
    run.act(DeclineLegalAid, aid=uuid7(), **FREELY)
    assert service.counsel(run.row) == "declined"
    asks(run)
    run.act(GiveLegalAid, aid=uuid7(), **GIVEN)
    assert service.counsel(run.row) == "given"
    assert LegalAid.objects.filter(state="declined").count() == 1


def test_that_somebody_who_is_held_declined_is_told_to_the_ombudsman(examplia):
    run = examplia()
    run.act(DeclineLegalAid, aid=uuid7(), **FREELY)
    assert not Notice.objects.filter(code="procedures.held_without_aid").exists()
    Detention.objects.create(
        proceeding=run.row, legal_ground="Article 1.", assessment="None.", alternatives={}, place="1", ordered_at=WHEN
    )
    run.act(DeclineLegalAid, aid=uuid7(), **FREELY)
    assert Notice.objects.get(code="procedures.held_without_aid").role == "ombudsman"


def test_it_shows_what_the_person_is_owed_at_the_stage_and_had(examplia):
    run = examplia(way=("forwarded", "registered"))
    assert "legal_aid" in shape_of(run.row).stage(run.row.stage).safeguards
    before = dict(shown.owed(run.row, shape_of(run.row)))
    assert before["Legal aid"] == ""
    run.act(GiveLegalAid, aid=uuid7(), **GIVEN)
    run.row = type(run.row).objects.get(pk=run.row.pk)
    assert dict(shown.owed(run.row, shape_of(run.row)))["Legal aid"] == "given"


def test_a_body_counts_those_with_counsel_of_those_who_applied_each_person_once(examplia):
    run = examplia()
    asked = (run.row.body, WHEN - timedelta(days=1), WHEN + timedelta(days=1), WHEN)
    assert (leading(*asked)[0].opened, leading(*asked)[0].with_counsel) == (1, 0)
    run.act(DeclineLegalAid, aid=uuid7(), **FREELY)
    assert leading(*asked)[0].with_counsel == 0
    run.act(GiveLegalAid, aid=uuid7(), **GIVEN)
    run.act(GiveLegalAid, aid=uuid7(), **GIVEN | {"organisation": "Another"})
    one = leading(*asked)[0]
    assert (one.opened, one.with_counsel) == (1, 1)
    figure = next(each for each in figures.of_procedure(one, exact=True) if str(each.label) == "With counsel")
    assert (figure.value.count, figure.value.of) == (1, 1)
    small = next(each for each in figures.of_procedure(one, exact=False) if str(each.label) == "With counsel")
    assert small.value is None or small.value.protected


def test_the_page_offers_and_shows_it(examplia, signed_in):
    run = examplia()
    browser, address = signed_in(run.worker), f"/procedures/{run.row.pk}/"
    page = browser.get(address).content.decode()
    assert "Not spoken of yet." in page
    posted = {"act": "give_aid", "action": str(uuid7()), "made": str(uuid7()), **GIVEN}
    assert browser.post(address, posted).status_code == 302
    assert "Invented bar of Examplia" in browser.get(address).content.decode()
    wrong = {"act": "decline_aid", "action": str(uuid7()), "made": str(uuid7()), "said": "No.", "language": "fa"}
    answer = browser.post(address, wrong)
    assert answer.status_code == 422
    assert "Tell the person first" in answer.content.decode()


def test_programs_keep_and_read_it(examplia, client, officer):
    run = examplia()
    call = program(client, run.worker)
    root = f"/procedures/{run.row.pk}"
    assert call(root).json()["counsel"] == ""
    assert call(f"{root}/legal-aid", aid=str(uuid7()), language="fa").status_code == 200
    assert call(root).json()["counsel"] == "asked"
    given = GIVEN | {"on": "2026-11-20"}
    assert call(f"{root}/legal-aid/given", aid=str(uuid7()), **given).status_code == 200
    assert call(root).json()["counsel"] == "given"
    no = call(f"{root}/legal-aid/declined", aid=str(uuid7()), **FREELY | {"freely": False})
    assert (no.status_code, no.json()["code"]) == (409, "not_free")
    stranger = program(client, officer("asylum_officer", body="elsewhere"))
    assert stranger(f"{root}/legal-aid", aid=str(uuid7()), language="fa").status_code == 404
