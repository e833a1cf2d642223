"""Every date of a procedure says whether the law sets it or only a target, on pages, by REST and in what is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from panah.cores.lawbook import load_pack, pack_codes
from panah.foundation.clock import standing_at
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import sentence
from panah.node.procedures import board, rules, shown
from panah.node.procedures.models import Term
from panah.node.procedures.tasks import warn_of_terms
from panah.node.procedures.work import leading
from tests.unit.node.procedures.test_procedures_by_rest import program
from tests.unit.node.referrals.conftest import WHEN


def values():
    for code in sorted(pack_codes()):
        pack = load_pack(code)
        yield from ((pack, one) for parameter in pack.parameters.values() for one in parameter.values)


def test_what_a_guideline_or_this_project_says_is_a_target_and_all_else_is_of_the_law():
    of_kind = {(pack.sources[value.citation.source].kind, pack.basis_of(value)) for pack, value in values()}
    assert {kind for kind, basis in of_kind if basis == "target"} == {"design", "guideline"}
    assert {kind for kind, basis in of_kind if basis == "statutory"} <= {"act", "treaty", "page", "memory"}


def test_no_value_of_the_floor_that_is_a_choice_of_ours_passes_for_law():
    ours = [value for pack, value in values() if value.start_is == "design" and value.citation.source == "panah-design"]
    pack = load_pack("xx")
    assert ours
    assert all(pack.basis_of(value) == "target" for value in ours)


def test_a_term_of_the_act_says_where_it_stands_and_is_by_law(examplia):
    run = examplia()
    term = run.term("asylum/first_decision")
    assert (term.basis, term.verified) == ("statutory", True)
    assert term.cited.startswith("xx-re")
    clock = next(one for one in shown.clocks(run.row, WHEN) if one.due == term.due_at)
    assert clock.kind == "statutory"
    assert "art. " in clock.source


def test_where_the_law_has_a_term_and_the_floor_a_target_both_are_kept_and_shown(examplia):
    run = examplia(way=("forwarded",))
    pack = load_pack("xx")
    name = "statelessness/decision"
    assert pack.basis_on(name, date(2026, 11, 20)) in ("statutory", "target")
    found = rules.reckon(pack, _calendar(pack), "referral/asylum_authority", {"interview": WHEN}, ())
    assert found is not None
    assert found.basis == "statutory"
    assert found.due == WHEN + timedelta(hours=12)
    assert found.target == WHEN + timedelta(hours=24)
    term = Term.objects.filter(step__proceeding=run.row, done_at=None).exclude(due_at=None).first()
    if term is None:
        term = Term.objects.filter(step__proceeding=run.row).first()
    Term.objects.filter(pk=term.pk).update(
        due_at=WHEN + timedelta(days=3), target_at=WHEN + timedelta(days=1), started_at=WHEN, basis="statutory", unknown="",
        done_at=None,
    )  # fmt: skip
    kinds = {(one.kind, one.due) for one in shown.clocks(run.row, WHEN)}
    assert {("statutory", WHEN + timedelta(days=3)), ("target", WHEN + timedelta(days=1))} <= kinds


def _calendar(pack):
    from panah.cores.lawbook.calendars import calendar_of

    return calendar_of(pack)


@pytest.mark.parametrize(("basis", "said"), [("statutory", "(by law)"), ("target", "(a target, no law)")])
def test_what_is_told_of_a_term_that_is_over_says_who_set_it(examplia, client, basis, said):
    run = examplia()
    term = run.term("asylum/first_decision")
    Term.objects.filter(pk=term.pk).update(basis=basis)
    with standing_at(term.due_at + timedelta(days=1)):
        warn_of_terms.func()
        told = Notice.objects.filter(code="procedures.warning", facts__parameter="asylum/first_decision")
        assert told.count() == 3
        assert all(said in sentence(one) for one in told)
        row = next(one for one in board._late() if run.row.number in str(one.what))
        assert said in str(row.what)
        client.force_login(run.worker, backend="panah.foundation.access.backend.OfficerBackend")
        assert said.strip("()") in client.get("/").content.decode()
        assert said.strip("()") in client.get("/procedures/").content.decode()


def test_programs_read_who_set_each_date(examplia, client):
    run = examplia()
    given = program(client, run.worker)(f"/procedures/{run.row.pk}").json()["terms"]
    of_decision = next(one for one in given if one["parameter"] == "asylum/first_decision")
    assert of_decision["basis"] == "statutory"
    assert of_decision["cited"]
    assert {one["basis"] for one in given if one["due_at"]} <= {"statutory", "target"}
    assert all(one["basis"] == "" for one in given if not one["due_at"])


def test_terms_of_a_target_are_not_counted_as_kept_law(examplia):
    run = examplia()
    term = Term.objects.filter(parameter="asylum/first_decision")
    term.update(done_at=WHEN, verified=True)
    asked = (run.row.body, WHEN - timedelta(days=1), WHEN + timedelta(days=1), WHEN)
    before = len(leading(*asked)[0].statutory)
    term.update(basis="target")
    assert len(leading(*asked)[0].statutory) == before - 1
