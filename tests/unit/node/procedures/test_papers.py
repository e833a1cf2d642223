"""Papers that a person takes along from a procedure: both languages, the remedy and its term, nothing that is not so."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.journal.models import Entry
from panah.node.procedures import papers
from panah.node.procedures.acts import SetHearing
from panah.node.procedures.models import Decision
from panah.node.profiling.service import sheets
from tests.unit.node.procedures.test_proceeding import to_decision
from tests.unit.node.referrals.conftest import WHEN


def said(sheet: sheets.Sheet) -> str:
    """All words of the paper."""
    lines = [each.text for part in sheet.parts for pair in (part.headings, *part.lines) for each in pair]
    return "\n".join([*(each.text for each in sheet.titles), *lines, *(part.own for part in sheet.parts)])


def decided(run, outcome: str = "refused", following: str = "complaint") -> Decision:
    to_decision(run)
    return Decision.objects.get(pk=run.decide(outcome, following))


def test_a_decision_says_where_to_complain_and_that_the_time_begins_when_the_person_is_told(opened):
    run = opened()
    decision = decided(run)
    text = said(papers.of_decision(run.row, decision, ("en", "fa")))
    assert "the authority above it" in text
    assert "begins on the day you are told" in text
    assert "رد شد" in text
    assert "She told of threats." in text
    assert "Until" not in text


def test_after_the_person_was_told_the_decision_says_the_last_day_and_what_is_not_known(opened):
    run = opened()
    decision = decided(run)
    run.tell(decision.pk)
    decision.refresh_from_db()
    text = said(papers.of_decision(run.row, decision, ("en", "tg")))
    assert "Until 22 February 2027" in text
    assert "is not known here" in text, "the term of the court is in no pack"


def test_an_outcome_without_words_in_the_language_of_the_person_stands_in_that_of_the_officer(opened):
    run = opened()
    decision = decided(run)
    Decision.objects.filter(pk=decision.pk).update(outcome="complementary-protection")
    decision.refresh_from_db()
    sheet = papers.of_decision(run.row, decision, ("ru", "ps"))
    outcome = next(part for part in sheet.parts if part.headings and part.headings[0].text == "Что решено")
    assert [each.tag for each in outcome.lines[0]] == ["ru", "ru"]


def test_a_draft_is_not_printed(opened, signed_in):
    run = opened()
    to_decision(run)
    draft = run.draft("refused")
    answer = signed_in(run.worker).get(reverse("procedure_decision", args=[run.row.pk, draft]))
    assert answer.status_code == 404


def test_the_certificate_is_printed_from_its_stage_on_and_not_after_the_end(opened):
    run = opened()
    assert papers.certificates(run.row) == ()
    run.end("forwarded")
    run.end("registered")
    (paper,) = papers.certificates(run.row)
    assert paper.code == "certificate-of-asylum-seeker"
    assert "being examined" in said(papers.of_registration(run.row, paper, ("en", "fa")))
    run.end("withdrawn")
    assert papers.certificates(run.row) == ()


@pytest.mark.parametrize("tags", [("ru", "fa"), ("en", "ps"), ("ru", "tg"), ("en",)])
def test_a_decision_is_a_pdf_with_its_own_fonts(opened, tags, tmp_path: Path):
    run = opened()
    pdf = tmp_path / "decision.pdf"
    pdf.write_bytes(papers.as_pdf(papers.of_decision(run.row, decided(run), tags)))
    listed = subprocess.run(["pdffonts", str(pdf)], capture_output=True, check=True, text=True).stdout
    assert all(line.split()[-5] == "yes" for line in listed.splitlines()[2:]), listed
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert run.row.number in text


def test_printing_is_for_those_who_may_read_and_is_written_down(opened, officer, signed_in):
    run = opened()
    hearing = uuid7()
    run.act(SetHearing, hearing=hearing, at=WHEN + timedelta(days=3), room="12", language="fa")
    address = reverse("procedure_summons", args=[run.row.pk, hearing])
    stranger = officer("asylum_officer", body="kaz-police-anti-trafficking")
    assert signed_in(stranger).get(address).status_code == 404
    answer = signed_in(run.worker).get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(code="procedures.paper_printed", subject=run.file).count() == 1
