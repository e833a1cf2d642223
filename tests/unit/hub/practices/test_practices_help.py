"""Help asked for and offered; projects, trainings, who does what where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.hub.practices import acts, rules
from panah.hub.practices.models import HelpOffer, HelpRequest, Project, Trained
from panah.hub.practices.tasks import tell_of_due
from panah.web import tasks
from tests.hub_people import People
from tests.hub_practice import TOLD, ask, by, give, submit, train, write


def answer(officer: Officer, offer: Any, participant: str, code: str = "accepted") -> None:
    perform(acts.AnswerOffer(**by(officer), offer=offer, participant=participant, answer_code=code))


def test_a_state_asks_an_organisation_offers_and_the_state_answers(people: People):
    request = ask(people.kaz, "KAZ")
    offer = give(people.unhcr, "UNHCR", request)
    assert Notice.objects.filter(code="practices.offered", officer=people.kaz.pk).exists()
    with pytest.raises(NotAllowed):
        answer(people.kgz, offer, "KGZ")
    with pytest.raises(NotAllowed):
        answer(people.unhcr, offer, "KAZ")
    answer(people.kaz, offer, "KAZ")
    assert HelpRequest.objects.get(pk=request).standing == "matched"
    assert Notice.objects.filter(code="practices.answered", officer=people.unhcr.pk).exists()
    perform(acts.CloseOffer(**by(people.unhcr), offer=offer, how="carried_out", text="Held in May."))
    perform(acts.CloseRequest(**by(people.kaz), request=request, how="met"))
    kinds = [step.kind for step in HelpRequest.objects.get(pk=request).steps.all()]
    assert kinds == ["asked", "offered", "accepted", "carried_out", "met"]
    with pytest.raises(Refused, match="closed"):
        give(people.secretariat, "IOM", request)


def test_only_states_ask_and_only_for_themselves(people: People):
    with pytest.raises(NotAllowed):
        ask(people.kaz, "KGZ")
    with pytest.raises(NotAllowed):
        ask(people.kgz_official, "KGZ")
    with pytest.raises(Refused, match="own request"):
        give(people.kaz, "KAZ", ask(people.kaz, "KAZ"))


def test_a_request_is_open_again_when_the_accepted_offer_is_withdrawn(people: People):
    request = ask(people.kaz, "KAZ")
    offer = give(people.unhcr, "UNHCR", request)
    answer(people.kaz, offer, "KAZ")
    perform(acts.CloseOffer(**by(people.unhcr), offer=offer, how="withdrawn"))
    assert HelpRequest.objects.get(pk=request).standing == "open"
    with pytest.raises(Refused):
        answer(people.kaz, offer, "KAZ")


def test_an_offer_for_whoever_needs_it_is_accepted_by_who_needs_it(people: People):
    offer = give(people.unhcr, "UNHCR")
    with pytest.raises(NotAllowed):
        answer(people.kaz, offer, "KGZ")
    with pytest.raises(Refused, match="not declined"):
        answer(people.kaz, offer, "KAZ", "declined")
    answer(people.kgz, offer, "KGZ")
    assert HelpOffer.objects.get(pk=offer).standing == "accepted"


def test_an_offer_whose_day_went_by_is_not_accepted(people: People):
    offer = give(people.unhcr, "UNHCR", ask(people.kaz, "KAZ"), until=date(2026, 11, 1))
    with standing_at(datetime(2026, 11, 2, 12, tzinfo=UTC)), pytest.raises(Refused, match="passed"):
        answer(people.kaz, offer, "KAZ")


def test_help_is_shown_to_those_who_work_here_and_to_nobody_else(
    people: People, signed_in: Callable[[Officer], Client]
):
    request = ask(people.kaz, "KAZ")
    offer = give(people.unhcr, "UNHCR", request)
    for page in ("/support/", f"/support/{request}/", f"/support/offers/{offer}/"):
        assert Client().get(page).status_code == 302
        assert signed_in(people.administrator).get(page).status_code == 404
        for reader in (people.kaz, people.kgz, people.chair, people.prague, people.secretariat):
            assert signed_in(reader).get(page).status_code == 200
    assert signed_in(people.kgz).get("/support/?format=csv&theme=border&standing=open&point=3").status_code == 200


def test_the_pages_carry_a_request_to_its_end(people: People, signed_in: Callable[[Officer], Client]):
    asks, gives = signed_in(people.kaz), signed_in(people.unhcr)
    said = {
        "action": str(uuid7()),
        "made": str(uuid7()),
        "participant": "KAZ",
        "theme": "border",
        "title": "Trainers",
        "text": "Two trainers.",
    }
    assert asks.post("/support/ask/", said).status_code == 302
    request = HelpRequest.objects.get()
    page = f"/support/{request.pk}/"
    assert asks.post(page, said | {"act": "offer", "action": str(uuid7())}).status_code == 404
    offered = said | {"act": "offer", "action": str(uuid7()), "made": str(uuid7()), "participant": "UNHCR"}
    assert gives.post(page, offered).status_code == 302
    offer = HelpOffer.objects.get()
    answered = {
        "act": "answer",
        "action": str(uuid7()),
        "made": str(uuid7()),
        "answer_code": "accepted",
        "text": "Thank you.",
    }
    assert signed_in(people.kgz).post(f"/support/offers/{offer.pk}/", answered).status_code == 404
    assert asks.post(f"/support/offers/{offer.pk}/", answered).status_code == 302
    assert HelpOffer.objects.get().standing == "accepted"
    assert b"Thank you." in gives.get(page).content


def test_help_that_is_needed_soon_and_offers_without_an_answer_are_told_of_once(people: People):
    with standing_at(datetime(2026, 11, 1, 9, tzinfo=UTC)):
        request = ask(people.kaz, "KAZ", needed_by=date(2026, 12, 10))
        give(people.unhcr, "UNHCR", request)
        assert tell_of_due.call() == 0
    with standing_at(datetime(2026, 11, 16, 9, tzinfo=UTC)):
        assert tell_of_due.call() == 2
        assert tell_of_due.call() == 2
    assert Notice.objects.filter(code="practices.request_due").count() == 2
    assert Notice.objects.filter(code="practices.offer_waits", officer=people.kaz.pk).count() == 1


def count(officer: Officer, course: Any, participant: str, **numbers: Any) -> None:
    perform(acts.CountTrained(**by(officer), course=course, participant=participant, function="border", **numbers))


def test_fewer_than_five_are_kept_nowhere_as_a_number(people: People):
    course = train(people.kaz, "KAZ")
    count(people.kaz, course, "KAZ", women=3, men=17)
    kept = {row.group: (row.count, row.few) for row in Trained.objects.filter(superseded_at=None)}
    assert kept == {"women": (None, True), "men": (17, False)}
    line = Entry.objects.filter(code="practices.count_trained").get()
    assert "women" not in line.facts
    text = Client().get(f"/trainings/{course}/").content.decode()
    assert "fewer than 5" in text
    assert "at least 18" in Client().get("/trainings/").content.decode()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_digest_of_an_act_tells_of_few(people: People, number: int):
    common = by(people.kaz) | {"id": uuid7(), "course": uuid7(), "participant": "KAZ", "function": "border"}
    few = acts.CountTrained(**common, women=number)
    assert few.women == "few"
    assert few.digest() == acts.CountTrained(**common, women="few").digest()


def test_the_database_refuses_a_small_count(people: People):
    course = train(people.kaz, "KAZ")
    count(people.kaz, course, "KAZ", women=12)
    with pytest.raises(IntegrityError), transaction.atomic():
        Trained.objects.update(count=4)


def test_sums_follow_from_what_is_shown_alone():
    for small in (1, 4):
        shown = [(12, False), rules.kept_count(rules.few_or_number(small))]
        assert rules.at_least(shown) == (13, False)
    assert rules.at_least([(0, False), (5, False)]) == (5, True)
    with pytest.raises(ValueError, match="never kept"):
        rules.kept_count(3)


def test_counts_of_another_state_are_not_touched(people: People):
    course = train(people.kaz, "KAZ")
    with pytest.raises(NotFound):
        count(people.kgz, course, "KGZ", women=9)
    with pytest.raises(NotAllowed):
        count(people.kgz, course, "KAZ", women=9)
    count(people.secretariat, course, "KAZ", women=9)
    count(people.kaz, course, "KAZ", women=10)
    assert [row.count for row in Trained.objects.filter(superseded_at=None)] == [10]
    assert Trained.objects.count() == 2


def test_a_budget_has_its_currency_and_source(people: People):
    told = TOLD | {"entry": uuid7(), "version": uuid7(), "participant": "UNHCR", "run_by": "UNHCR"}
    with pytest.raises(Refused, match="currency"):
        perform(acts.KeepProject(**by(people.unhcr), **told, budget_amount="100"))
    with pytest.raises(Refused, match="amount stands"):
        perform(acts.KeepProject(**by(people.unhcr), **told, budget_amount="100", budget_currency="USD"))
    whole = {"budget_amount": "100", "budget_currency": "USD", "budget_source": "Project document"}
    perform(acts.KeepProject(**by(people.unhcr), **told, **whole))
    assert "100.00 USD (Project document)" in Client().get(f"/projects/{told['entry']}/").content.decode()


def test_a_changed_entry_leaves_the_one_before_and_belongs_to_its_participant(people: People):
    entry = uuid7()
    told = TOLD | {"entry": entry, "participant": "UNHCR", "run_by": "UNHCR"}
    perform(acts.KeepProject(**by(people.unhcr), **told, version=uuid7()))
    perform(
        acts.KeepProject(**by(people.unhcr), **told | {"title_en": "Another title"}, version=uuid7(), status="running")
    )
    assert Project.objects.filter(entry=entry).count() == 2
    text = Client().get(f"/projects/{entry}/").content.decode()
    assert "Another title" in text
    assert "Earlier versions" in text
    with pytest.raises(NotFound):
        perform(acts.KeepProject(**by(people.kaz), **told | {"participant": "KAZ"}, version=uuid7()))


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("projects", {"run_by": "Border service", "status": "running"}),
        ("trainings", {"run_by": "Border service", "town": "Almaty", "places": "30"}),
        ("activities", {"organisation": "Red Crescent", "district": "Almaty"}),
    ],
)
def test_lists_are_kept_on_their_pages_read_by_everybody_and_written_as_files(
    people: People,
    signed_in: Callable[[Officer], Client],
    page: str,
    more: dict[str, str],
):
    entry, browser = uuid7(), signed_in(people.kaz)
    form = {
        "action": str(uuid7()), "made": str(uuid7()), "entry": str(entry), "participant": "KAZ", "theme": "border", "states": ["KAZ"],
        "ten_points": ["3"], "original": "ru", "title_ru": "Обход границы", "what_ru": "Каждую неделю.", "source": "Note", **more,
    }  # fmt: skip
    assert browser.post(f"/{page}/new/", form).status_code == 302
    for address in (f"/{page}/", f"/{page}/?q=ОБХОД&theme=border&state=KAZ&point=3", f"/{page}/{entry}/"):
        assert "Обход границы" in Client().get(address).content.decode()
    assert "Обход границы" not in Client().get(f"/{page}/?state=TJK").content.decode()
    assert "Обход границы" in Client().get(f"/{page}/?format=csv").content.decode("utf-8-sig")
    assert Client().get(f"/{page}/?format=xlsx").content[:2] == b"PK"
    assert browser.get(f"/{page}/{entry}/edit/").status_code == 200
    for stranger in (people.kgz, people.chair, people.administrator):
        assert signed_in(stranger).get(f"/{page}/{entry}/edit/").status_code == 404
    assert signed_in(people.secretariat).get(f"/{page}/{entry}/edit/").status_code == 200


def test_work_comes_to_whom_it_is_for(people: People):
    with standing_at(datetime(2026, 11, 1, 9, tzinfo=UTC)):
        submit(people.kaz, write(people.kaz, "KAZ"))
        give(people.unhcr, "UNHCR", ask(people.kaz, "KAZ", needed_by=date(2026, 11, 10)), until=date(2026, 11, 5))
    moment = datetime(2026, 11, 8, 9, tzinfo=UTC)

    def work(officer: Officer) -> dict[str, tuple[int, int]]:
        with standing_at(moment):
            return {pile.task.code: (len(pile.lines), pile.late) for pile in tasks.piles(officer, moment) if pile.lines}

    assert work(people.secretariat)["practices_waiting"] == (1, 0)
    mine = work(people.kaz)
    assert (mine["offers_to_answer"], mine["requests_open"]) == ((1, 1), (1, 0))
    assert not {"offers_to_answer", "requests_open", "practices_waiting"} & set(work(people.kgz))
