"""Complaints by REST: an organisation enters one for somebody, the ombudsman's own system works on them."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from panah.node.complaints.models import Complaint
from tests.unit.node.api.test_interface import Program
from tests.unit.node.complaints.conftest import Came


def sends(program: Program, path: str, **body: Any) -> Any:
    return Client().post(f"/api{path}", json.dumps(body), content_type="application/json", headers=program.headers)


def test_an_organisation_enters_a_complaint_once_and_only_the_complainer_gets_the_code(officer: Any) -> None:
    program = Program(officer("ngo_partner", body="legal-aid"))
    given = sends(program, "/complaints/tickets").json()
    said = {"ticket": given["ticket"], "kind": "theft", "text": "They took my ring.", "language": "fa"}
    answers = [sends(program, "/complaints", **said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["number"] == given["number"]
    assert given["code"] not in answers[0].content.decode()
    row = Complaint.objects.get()
    assert (row.via, row.anonymous) == ("rest", True)
    assert program.get(f"/complaints/{row.pk}").status_code == 404
    assert program.get("/complaints").status_code == 404
    assert sends(program, "/complaints", **{**said, "ticket": "made up"}).status_code == 409


def test_the_ombudsmans_system_reads_answers_and_concludes_and_a_strangers_finds_nothing(
    comes: Any, officer: Any, ombudsman: Any
) -> None:
    came: Came = comes(text="The story.")
    own, stranger = Program(ombudsman), Program(officer("supervisor", body="inspection"))
    path = f"/complaints/{came.row.pk}"
    assert own.get("/complaints").json()["complaints"][0]["text"] == ""
    assert own.get(path).json()["text"] == "The story."
    assert own.post(f"{path}/acknowledgement").status_code == 200
    assert own.post(f"{path}/words", text="Which day?").status_code == 200
    assert own.post(f"{path}/steps", kind="step", step="visit", text="Looked.").status_code == 200
    said = {"finding": "upheld", "reasons": "So it was.", "told": "You were right."}
    assert stranger.post(f"{path}/conclusion", **said).status_code == 404
    assert stranger.get(path).content == stranger.get("/complaints/00000000-0000-4000-8000-000000000000").content
    assert own.post(f"{path}/conclusion", **said).status_code == 200
    assert came.now().finding == "upheld"
