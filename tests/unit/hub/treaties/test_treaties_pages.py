"""The pages of this room, as their readers find them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.languages.middleware import COOKIE
from panah.hub.treaties import models, service, shown, tasks
from tests.hub_people import People

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)

PAGES = (
    "/treaties/",
    "/treaties/?set=agenda",
    "/treaties/?set=tracked",
    "/treaties/states/KAZ/",
    "/treaties/states/TUR/",
    "/treaties/instruments/convention-1951/",
    "/treaties/instruments/udhr/",
    "/treaties/doubts/",
    "/laws/",
    "/laws/?state=KAZ&theme=asylum",
    "/laws/acts/kaz-refugees-law-2009/",
    "/laws/changes/",
    "/laws/changes/?state=KGZ",
    "/laws/changes/kaz-183-629-2024/",
    "/laws/provisions/",
    "/laws/provisions/?theme=trafficking",
    "/laws/plans/",
    "/agreements/",
    "/agreements/?theme=social_security",
    "/agreements/eaeu-pensions-2019/",
    "/agreements/cis-illegal-migration/",
    "/agreements/between/UZB/KAZ/",
    "/agreements/between/TJK/RUS/",
)


def browser(language: str = "en") -> Client:
    client = Client()
    client.cookies[COOKIE] = language
    return client


@pytest.fixture
def hub(loaded: None, db: None, settings: Any) -> None:
    settings.PANAH_ROLE, settings.ROOT_URLCONF = "hub", "panah.hub.urls"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "menu"), [("en", "Treaties and laws"), ("ru", "Договоры и законы")])
def test_every_page_opens_for_everybody_in_both_languages(hub: None, path: str, language: str, menu: str) -> None:
    answer = browser(language).get(path)
    assert answer.status_code == 200
    assert menu in answer.content.decode()


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.count("/") <= 4 and "acts" not in path and "-" not in path]
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_leave_as_files(hub: None, path: str, form: str) -> None:
    if path in ("/treaties/instruments/udhr/",):
        return
    answer = browser().get(path + ("&" if "?" in path else "?") + f"format={form}")
    assert f".{form}" in answer["Content-Disposition"]
    assert len(answer.content) > 30


@pytest.mark.parametrize(
    "path",
    [
        "/treaties/?set=nothing", "/treaties/states/FRA/", "/treaties/states/kaz/", "/treaties/instruments/nothing/", "/laws/?state=XXX",
        "/laws/?theme=nothing", "/laws/acts/nothing/", "/laws/changes/nothing/", "/laws/changes/?state=X", "/agreements/nothing/",
        "/agreements/between/KAZ/KAZ/", "/agreements/between/kaz/UZB/", "/agreements/between/KAZAKH/UZB/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(hub: None, path: str) -> None:
    assert browser().get(path).status_code == 404


def test_the_matrix_says_in_words_what_is_old_and_what_nobody_knows(hub: None) -> None:
    with standing_at(DAY):
        text = browser().get("/treaties/").content.decode()
        file = browser().get("/treaties/?format=csv").content.decode("utf-8-sig")
    assert "Party in 2015" in text
    assert "check again" in text
    assert "Not known" in text
    lines = list(csv.reader(io.StringIO(file)))
    refugee = next(line for line in lines if line[0] == "Convention relating to the Status of Refugees")
    assert refugee[3 + service.REGION.index("KAZ")] == "Party in 2015; since 1999; check again"
    assert refugee[3 + service.REGION.index("PAK")] == "Not party"
    declaration = next(line for line in lines if line[0] == "Universal Declaration of Human Rights")
    assert set(declaration[3:]) == {"no treaty"}


def test_a_dispute_is_shown_with_both_sides(hub: None) -> None:
    text = browser().get("/treaties/instruments/ilo-c029/").content.decode()
    assert "sources differ" in text
    assert "1997-08-30" in text
    assert "Party, 1992" in text


def test_what_memory_says_otherwise_stands_in_the_cell_of_the_matrix(hub: None) -> None:
    with standing_at(DAY):
        file = browser().get("/treaties/?format=csv").content.decode("utf-8-sig")
    lines = {line[0]: line for line in csv.reader(io.StringIO(file))}
    title = "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children"
    said = lines[title][3 + service.REGION.index("PAK")]
    assert said == "Not party in 2022; check again; not verified; from memory: party, 2022"


def test_reservations_stand_in_our_own_words_with_how_they_are_known(hub: None) -> None:
    text = browser().get("/treaties/states/TUR/").content.decode()
    assert "Limited to people who fled events in Europe." in text
    assert "no, from memory" in text


def test_an_instrument_shows_the_articles_on_which_rules_of_the_packs_rest(hub: None) -> None:
    text = browser().get("/treaties/instruments/convention-1951/").content.decode()
    assert "g1-non-refoulement" in text
    assert 'scope="row">33</th>' in text


def test_a_law_shows_the_rules_of_its_state_that_rest_on_it_and_how_it_changed(hub: None) -> None:
    text = browser().get("/laws/acts/kaz-resolution-183/").content.decode()
    assert "629" in text
    text = browser().get("/laws/acts/kaz-administrative-code-2020/").content.decode()
    assert "asylum/appeal_administrative" in text


def test_a_law_that_nobody_could_read_is_unknown_and_not_without_the_rule(hub: None) -> None:
    file = browser().get("/laws/provisions/?format=csv").content.decode("utf-8-sig")
    lines = {line[0]: line for line in csv.reader(io.StringIO(file))}
    suspends = lines["Removal waits while an appeal runs"]
    assert {cell.split(";")[0] for cell in suspends[3:]} == {"Not known"}
    assert lines["A law on refugees"][3 + service.REGION.index("UZB")].startswith("No such rule found")


def test_a_corridor_lists_what_both_have_agreed_and_says_what_was_not_read(hub: None) -> None:
    text = browser().get("/agreements/between/UZB/KAZ/").content.decode()
    assert "against illegal migration" in text
    assert "No clause was read on" in text
    text = browser().get("/agreements/between/TJK/RUS/").content.decode()
    assert "That does not say that there is none." in text
    assert browser().get("/agreements/?from=UZB&to=KAZ")["Location"] == "/agreements/between/UZB/KAZ/"


def sent(client: Client, path: str, **fields: str) -> Any:
    return client.post(path, {"action": str(uuid7()), "made": str(uuid7()), **fields})


REPORT = {"act": "accession", "state": "KAZ", "instrument": "cat", "date": "2020", "paper": "Note 12 to the depositary"}


def test_a_coordinator_reports_over_the_page_and_the_secretariat_confirms(
    loaded: None, people: People, signed_in: Any
) -> None:
    coordinator, secretariat = signed_in(people.kaz), signed_in(people.secretariat)
    page = coordinator.get("/treaties/reports/new/").content.decode()
    assert 'value="KAZ"' in page
    assert 'value="KGZ"' not in page
    assert sent(coordinator, "/treaties/reports/new/", **REPORT)["Location"] == "/treaties/reports/"
    report = models.ReportedAct.objects.get()
    assert "Waiting for the check" in Client().get("/treaties/states/KAZ/").content.decode()
    assert [str(line.what) for line in tasks.waiting(people.secretariat, DAY, 5)] == ["Report of Kazakhstan"]
    here = f"/treaties/reports/{report.pk}/"
    assert sent(coordinator, here, act="verify", against="I say so myself.").status_code == 404
    sent(secretariat, here, act="verify", against="The page of the depositary.")
    report.refresh_from_db()
    assert report.check_state == models.Check.VERIFIED


def test_a_coordinator_sees_the_reports_of_the_own_state_alone(loaded: None, people: People, signed_in: Any) -> None:
    sent(signed_in(people.kaz), "/treaties/reports/new/", **REPORT)
    here = f"/treaties/reports/{models.ReportedAct.objects.get().pk}/"
    assert signed_in(people.kaz).get(here).status_code == 200
    assert signed_in(people.secretariat).get(here).status_code == 200
    neighbour = signed_in(people.kgz)
    assert neighbour.get(here).status_code == 404
    assert here not in neighbour.get("/treaties/reports/").content.decode()
    assert sent(neighbour, "/treaties/reports/new/", **REPORT).status_code == 200, "the form comes back: no such choice"
    assert models.ReportedAct.objects.count() == 1


def test_a_wrong_field_comes_back_with_its_sentence(loaded: None, people: People, signed_in: Any) -> None:
    answer = sent(signed_in(people.kaz), "/treaties/reports/new/", **REPORT | {"date": "2999"})
    assert "has not come yet" in answer.content.decode()
    assert not models.ReportedAct.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x"])
def test_an_address_that_is_not_of_the_web_is_refused_and_never_a_link(
    loaded: None,
    people: People,
    signed_in: Any,
    link: str,
) -> None:
    sent(signed_in(people.kaz), "/treaties/reports/new/", **REPORT | {"link": link})
    assert not models.ReportedAct.objects.exists()
    with pytest.raises(ValidationError, match="begins with"):
        service.ReportAct(by=None, happened_at=DAY, report=uuid7(), link=link, **REPORT)
    assert shown.cited("Paper", link) == "Paper"


def test_an_amendment_goes_on_over_its_page(loaded: None, people: People, signed_in: Any) -> None:
    coordinator = signed_in(people.kaz)
    fields = {"state": "KAZ", "law": "kaz-refugees-law-2009", "title_en": "Longer terms", "title_ru": "Более длинные сроки", "stage": "bill",
              "on": "2020-06", "paper": "Bill 5", "parameters": "asylum/filing"}  # fmt: skip
    assert sent(coordinator, "/laws/changes/new/", **fields | {"parameters": "the terms"}).status_code == 200
    assert not models.Amendment.objects.filter(digest="").exists()
    assert sent(coordinator, "/laws/changes/new/", **fields)["Location"] == "/laws/changes/"
    here = f"/laws/changes/{models.Amendment.objects.get(digest='').key}/"
    assert sent(coordinator, here, act="stage", stage="adopted", on="2020-11", paper="Law 9")["Location"] == here
    text = Client().get(here).content.decode()
    assert "Adopted" in text
    assert "Waiting for the check" in text
    assert sent(signed_in(people.kgz), here, stage="in_force", on="2020-12", paper="Law 9").status_code == 404
    assert "Longer terms" in Client().get("/laws/acts/kaz-refugees-law-2009/").content.decode()


def test_a_state_answers_the_checklist_on_the_page(loaded: None, people: People, signed_in: Any) -> None:
    answer = {"state": "KAZ", "item": "development-plan", "answer": "partly", "on": "2026", "paper": "Plan to 2029"}
    sent(signed_in(people.kaz), "/laws/plans/", **answer)
    assert "Plan to 2029" in Client().get("/laws/plans/").content.decode()
    assert sent(Client(), "/laws/plans/", **answer).status_code == 404


@pytest.mark.parametrize(
    "path", ["/treaties/", "/treaties/states/KAZ/", "/laws/changes/", "/laws/provisions/", "/agreements/"]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    hub: None, path: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(22):
        browser().get(path)


def test_the_page_of_a_participant_leads_to_its_treaties_and_laws(loaded: None, people: People) -> None:
    text = Client().get("/participants/KAZ/").content.decode()
    assert "/treaties/states/KAZ/" in text
    assert "/laws/?state=KAZ" in text
