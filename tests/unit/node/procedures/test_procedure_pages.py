"""The pages of a body's procedures."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from uuid6 import uuid7

from panah.node.procedures.acts import SetHearing
from panah.node.procedures.models import Decision, Proceeding
from tests.unit.node.procedures.test_proceeding import to_decision
from tests.unit.node.referrals.conftest import WHEN


def page(client, row):
    return client.get(reverse("procedure", args=[row.pk]))


def post(client, row, act, **said):
    address = reverse("procedure", args=[row.pk])
    return client.post(address, {"act": act, "action": str(uuid7()), "made": str(uuid7()), **said})


def test_an_officer_opens_a_procedure_from_an_accepted_referral_and_goes_through_it(opened, signed_in):
    run = opened(begin=False)
    client = signed_in(run.worker)
    listed = client.get(reverse("procedures")).content.decode()
    assert "Open a procedure" in listed
    referral = listed.split("/procedures/new/")[1][:36]
    answer = client.post(
        reverse("procedure_new", args=[referral]),
        {"procedure": "asylum", "action": str(uuid7()), "proceeding": str(uuid7())},
    )
    row = Proceeding.objects.get()
    assert answer.headers["Location"] == reverse("procedure", args=[row.pk])
    text = page(client, row).content.decode()
    assert "End the stage" in text
    assert "asylum_authority" not in text
    assert post(client, row, "end", outcome="nonsense").status_code == 422
    row.refresh_from_db()
    before = row.stage
    first = "forwarded" if before == "claim-at-the-border" else "registered"
    assert post(client, row, "end", outcome=first).status_code == 302
    row.refresh_from_db()
    assert row.stage != before


def test_the_officer_who_drafted_sees_no_button_to_sign_and_another_signs(opened, signed_in):
    run = opened()
    to_decision(run)
    mine, other = signed_in(run.worker), signed_in(run.second)
    said = {
        "outcome": "refused",
        "facts_found": "Threats.",
        "law_applied": "Article 11.",
        "assessment": "Not credible.",
    }
    assert post(mine, run.row, "draft", **said).status_code == 302
    decision = Decision.objects.get()
    assert "Not credible." in page(mine, run.row).content.decode()
    assert 'value="sign"' not in page(mine, run.row).content.decode()
    assert 'value="sign"' in page(other, run.row).content.decode()
    assert post(mine, run.row, "sign", decision=str(decision.pk), following="complaint").status_code == 422
    assert post(other, run.row, "sign", decision=str(decision.pk), following="complaint").status_code == 302
    told = {"decision": str(decision.pk), "how": "in_person", "language": "fa", "proof": "Signed for."}
    assert post(mine, run.row, "notify", **told).status_code == 302
    decision.refresh_from_db()
    assert decision.notified_at is not None


def test_strangers_find_nothing(opened, officer, signed_in):
    run = opened()
    for stranger in (
        officer("asylum_officer", body="kaz-police-anti-trafficking"),
        officer("consular_officer", body="afg-consulate", serves_state="AFG"),
        officer("administrator"),
        officer("border_officer", post="ALA"),
    ):
        client = signed_in(stranger)
        assert page(client, run.row).status_code == 404
        assert post(client, run.row, "end", outcome="withdrawn").status_code == 404
    run.row.refresh_from_db()
    assert run.row.ended_at is None


def test_the_calendar_file_of_a_hearing_names_no_person_and_folds_long_lines(opened, signed_in):
    run = opened()
    hearing = uuid7()
    run.act(SetHearing, hearing=hearing, at=WHEN + timedelta(days=3), room="Комната 12, " * 12, language="fa")
    answer = signed_in(run.worker).get(reverse("procedure_hearing", args=[run.row.pk, hearing]))
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20261123T060000Z" in text
    assert "زهرا" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_number_of_queries_of_the_list_does_not_grow_with_its_rows(
    opened, signed_in, django_assert_max_num_queries
):
    run = opened()
    for at in range(2, 30):
        Proceeding.objects.create(
            id=uuid7(), number=f"X-P{at}", file=uuid7(), procedure="asylum", body=run.worker.body, shape_on=WHEN.date(),
            pack="kaz", pack_version="1", pack_digest="0", stage="application", opened_at=WHEN,
        )  # fmt: skip
    client = signed_in(run.worker)
    with django_assert_max_num_queries(25):
        assert client.get(reverse("procedures")).status_code == 200
