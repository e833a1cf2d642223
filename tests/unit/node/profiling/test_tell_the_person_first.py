"""Before anything is asked, the person is told their rights and what happens to what they say."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.door.service import NotAllowed, Refused
from panah.node.profiling.actions import GiveInformation, StartInterview
from panah.node.profiling.models import Information, Interview

TOLD = {"leaflets": ("your_rights", "your_data"), "language": "fa", "understood": True}


def test_no_interview_begins_before_the_person_was_told(act: Any, aida: Any, zahra: Any) -> None:
    with pytest.raises(Refused) as error:
        act(aida, StartInterview, file=zahra.pk, interview=uuid7(), setting="PRIVATE")
    assert error.value.code == "not_informed"
    assert not Interview.objects.exists()


def test_nor_after_half_of_it(act: Any, aida: Any, zahra: Any) -> None:
    act(aida, GiveInformation, file=zahra.pk, **{**TOLD, "leaflets": ("your_rights",)})
    with pytest.raises(Refused):
        act(aida, StartInterview, file=zahra.pk, interview=uuid7(), setting="PRIVATE")


def test_nor_when_it_was_not_understood(act: Any, aida: Any, zahra: Any) -> None:
    act(aida, GiveInformation, file=zahra.pk, **{**TOLD, "understood": False})
    with pytest.raises(Refused):
        act(aida, StartInterview, file=zahra.pk, interview=uuid7(), setting="PRIVATE")


def test_what_was_told_is_kept_with_language_version_and_interpreter(act: Any, aida: Any, zahra: Any) -> None:
    act(aida, GiveInformation, file=zahra.pk, interpreter="Interpreter 7", **TOLD)
    rows = Information.objects.order_by("leaflet")
    assert [(row.leaflet, row.language, row.interpreter, row.understood) for row in rows] == [
        ("your_data", "fa", "Interpreter 7", True),
        ("your_rights", "fa", "Interpreter 7", True),
    ]
    assert all(row.version for row in rows)


def test_a_language_without_leaflets_needs_an_interpreter(act: Any, aida: Any, zahra: Any) -> None:
    with pytest.raises(Refused) as error:
        act(aida, GiveInformation, file=zahra.pk, **{**TOLD, "language": "ug"})
    assert error.value.field == "interpreter"
    act(aida, GiveInformation, file=zahra.pk, interpreter="Interpreter 9", **{**TOLD, "language": "ug"})
    assert Information.objects.count() == 2


def test_a_stranger_and_a_consular_officer_tell_nothing(act: Any, bolat: Any, consul: Any, zahra: Any) -> None:
    for other in (bolat, consul):
        with pytest.raises(NotAllowed):
            act(other, GiveInformation, file=zahra.pk, **TOLD)


def test_an_interview_in_a_vehicle_needs_its_reason(act: Any, aida: Any, zahra: Any, told: Any) -> None:
    told(zahra)
    with pytest.raises(Refused) as error:
        act(aida, StartInterview, file=zahra.pk, interview=uuid7(), setting="VEHICLE")
    assert error.value.field == "setting_reason"
    act(
        aida,
        StartInterview,
        file=zahra.pk,
        interview=uuid7(),
        setting="VEHICLE",
        setting_reason="The pass is closed by snow.",
    )
    assert Interview.objects.get().setting == "VEHICLE"


def test_the_page_shows_what_to_read_out_in_both_languages(signed_in: Any, aida: Any, zahra: Any) -> None:
    page = signed_in(aida).get(reverse("interview", args=[zahra.pk])).content.decode()
    assert "می‌توانید به زبان خود سخن بگویید" in page
    assert 'lang="fa" dir="rtl"' in page
    assert "You may speak your own language" in page
    assert "Translation not yet checked by a speaker" in page


def test_the_page_leads_from_telling_to_the_first_question(signed_in: Any, aida: Any, zahra: Any) -> None:
    client, address = signed_in(aida), reverse("interview", args=[zahra.pk])
    told = {"leaflets": ["your_rights", "your_data"], "language": "fa", "understood": "yes"}
    assert client.post(address, {"id": str(uuid7()), **told}).status_code == 302
    started = {"id": str(uuid7()), "language": "fa", "setting": "PRIVATE"}
    for _ in range(2):
        assert client.post(address, started).status_code in (302, 404)
    assert Interview.objects.count() == 1
    assert "page" in client.get(address).context


def test_not_understood_keeps_the_page_where_it_is(signed_in: Any, aida: Any, zahra: Any) -> None:
    client, address = signed_in(aida), reverse("interview", args=[zahra.pk])
    told = {"leaflets": ["your_rights", "your_data"], "language": "fa", "understood": "no"}
    answer = client.post(address, {"id": str(uuid7()), **told}, follow=True)
    assert "Find an interpreter" in answer.content.decode()
    assert answer.context["missing"] == ("your_rights", "your_data")


def test_the_page_is_not_there_for_strangers(
    signed_in: Any, officer: Any, bolat: Any, consul: Any, zahra: Any, client: Any
) -> None:
    address = reverse("interview", args=[zahra.pk])
    for other in (bolat, consul, officer("ombudsman"), officer("asylum_officer", post="ALA", body="asylum-body")):
        assert signed_in(other).get(address).status_code == 404
    assert signed_in(officer("border_officer", post="ALA", serves_state="AFG")).get(address).status_code == 404
    assert signed_in(officer("border_officer", post="ALA")).get(reverse("interview", args=[uuid7()])).status_code == 404
    assert client.get(address).status_code == 302
