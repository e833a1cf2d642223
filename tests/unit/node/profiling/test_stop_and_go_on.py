"""The interview stops at any moment and goes on where it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.door.service import Refused
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import sentence
from panah.node.profiling.actions import Answer, FinishInterview, ResumeInterview, StopInterview
from panah.node.profiling.models import Interview
from panah.node.profiling.rules import STOP_REASONS


@pytest.mark.parametrize("reason", STOP_REASONS)
def test_a_stopped_interview_takes_no_answer_until_it_goes_on(
    act: Any, aida: Any, zahra: Any, begin: Any, reason: str
) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="yes")
    act(aida, StopInterview, interview=interview.pk, reason=reason)
    for kind, said in (
        (Answer, {"key": "purpose", "value": ["work"]}),
        (FinishInterview, {}),
        (StopInterview, {"reason": "rest"}),
    ):
        with pytest.raises(Refused) as error:
            act(aida, kind, interview=interview.pk, **said)
        assert error.value.code == "stopped"
    act(aida, ResumeInterview, interview=interview.pk)
    act(aida, Answer, interview=interview.pk, key="purpose", value=["protection"])
    found = Interview.objects.get()
    assert (found.stopped_at, found.stop_reason) == (None, reason)
    assert found.record == {"protection": {"fears_return": "yes"}, "purpose": ["protection"]}


def test_a_stop_for_a_doctor_calls_the_health_officers_too(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    act(aida, StopInterview, interview=begin(zahra).pk, reason="doctor")
    told = Notice.objects.filter(code="profiling.interview_stopped")
    assert {notice.role for notice in told} == {"supervisor", "health_officer"}
    assert zahra.number in sentence(told[0])
    assert "زهرا" not in str([notice.facts for notice in told])


def test_what_is_not_stopped_cannot_go_on(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    with pytest.raises(Refused) as error:
        act(aida, ResumeInterview, interview=begin(zahra).pk)
    assert error.value.code == "not_stopped"


def test_the_page_stops_and_goes_on(signed_in: Any, aida: Any, zahra: Any, begin: Any) -> None:
    begin(zahra)
    client, address = signed_in(aida), reverse("interview", args=[zahra.pk])
    stop = {"id": str(uuid7()), "stop": "safe_room"}
    assert client.post(address, stop).status_code == 302
    page = client.get(address)
    assert "A safe room is needed" in page.content.decode()
    assert "page" not in page.context
    assert client.post(address, {"id": str(uuid7()), "resume": "1"}).status_code == 302
    assert "page" in client.get(address).context
    assert client.post(address, {"id": str(uuid7()), "stop": "lunch"}).status_code == 404


def test_an_interview_that_was_left_goes_on_where_it_was_for_a_colleague(
    signed_in: Any, officer: Any, act: Any, aida: Any, zahra: Any, begin: Any
) -> None:
    interview = begin(zahra)
    address = reverse("interview", args=[zahra.pk])
    act(aida, Answer, interview=interview.pk, key="needs.no_common_language", value="no")
    before = signed_in(aida).get(address).context["page"].key
    colleague = officer("registrar", post="ALA", body="kaz-border-service")
    assert signed_in(colleague).get(address).context["page"].key == before


def test_two_interviews_of_one_person_are_never_open_at_once(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    begin(zahra)
    with pytest.raises(Refused) as error:
        begin(zahra)
    assert error.value.code == "open_already"


@pytest.mark.parametrize(("sent", "warned"), [({"key": "purpose", "value": "work"}, True), ({"finish": "1"}, False)])
def test_an_answer_to_an_interview_that_is_over_leads_to_the_proposal(
    signed_in: Any, act: Any, aida: Any, zahra: Any, begin: Any, sent: dict[str, str], warned: bool
) -> None:
    """Two windows on one interview, or the last button pressed twice."""
    act(aida, FinishInterview, interview=begin(zahra).pk)
    client, address = signed_in(aida), reverse("interview", args=[zahra.pk])
    page = client.post(address, {"id": str(uuid7()), **sent}, follow=True)
    assert page.redirect_chain == [(reverse("proposal", args=[zahra.pk]), 302)]
    assert ("was ended in another window" in page.content.decode()) is warned
