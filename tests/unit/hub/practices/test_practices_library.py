"""Good practice: who writes, who publishes, who reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.foundation.notices.models import Notice
from panah.hub.loadings.service import record_home
from panah.hub.practices import acts, rules, service
from panah.hub.practices.models import Practice
from panah.hub.practices.service import Chosen
from panah.hub.practices.tasks import tell_of_due
from panah.hub.record import service as agreed
from tests.conftest import make_officer
from tests.hub_people import People, seat
from tests.hub_practice import by, publish, submit, write


@pytest.fixture
def loaded(people: People) -> People:
    agreed.load()
    service.load()
    return people


def test_a_draft_is_read_by_its_participant_alone_and_a_published_one_by_everybody(
    people: People,
    signed_in: Callable[[Officer], Client],
):
    draft = write(people.kaz, "KAZ")
    page = f"/practices/{draft}/"
    assert signed_in(people.kaz).get(page).status_code == 200
    for other in (people.kgz, people.secretariat, people.prague, people.administrator):
        assert signed_in(other).get(page).status_code == 404
    assert Client().get(page).status_code == 404
    submit(people.kaz, draft)
    assert signed_in(people.secretariat).get(page).status_code == 200
    assert signed_in(people.kgz).get(page).status_code == 404
    publish(people.secretariat, draft)
    assert Client().get(page).status_code == 200
    assert b"A card for border officers" in Client().get("/practices/").content


def test_a_state_writes_for_itself_only(people: People):
    with pytest.raises(NotAllowed):
        write(people.kaz, "KGZ")
    draft = write(people.kaz, "KAZ")
    entry = Practice.objects.get(pk=draft).entry
    with pytest.raises(NotFound):
        write(people.kgz, "KGZ", entry=entry)
    with pytest.raises(NotAllowed):
        submit(people.kgz, draft)
    with pytest.raises(NotAllowed):
        write(people.chair, "KAZ")


def test_nobody_publishes_what_they_wrote_or_handed_in(people: People):
    own = write(people.secretariat, "IOM")
    submit(people.secretariat, own)
    with pytest.raises(Refused, match="themselves"):
        publish(people.secretariat, own)
    publish(people.unhcr, own)
    for one in (people.kaz, people.chair, people.administrator):
        with pytest.raises(NotAllowed):
            publish(one, own)


def test_the_database_keeps_four_eyes_too(people: People):
    draft = write(people.kaz, "KAZ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=draft).update(standing="published", decided_by=people.kaz.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=draft).update(standing="published")


def test_what_is_sent_back_says_why_and_is_handed_in_again(people: People):
    first = write(people.kaz, "KAZ")
    submit(people.kaz, first)
    with pytest.raises(Refused, match="waits"):
        write(people.kaz, "KAZ", entry=Practice.objects.get(pk=first).entry)
    perform(acts.SendBackPractice(**by(people.secretariat), practice=first, reason="Say what it cost."))
    assert Notice.objects.filter(code="practices.sent_back", officer=people.kaz.pk).exists()
    entry = Practice.objects.get(pk=first).entry
    second = write(people.kaz, "KAZ", entry=entry, cost_amount="1200.50", cost_currency="USD")
    with pytest.raises(NotFound):
        submit(people.kaz, first)
    submit(people.kaz, second)
    publish(people.secretariat, second)
    assert Practice.objects.get(pk=second).revision == 2


def test_a_new_version_leaves_the_published_one_until_it_is_published(people: People):
    first = write(people.kaz, "KAZ")
    submit(people.kaz, first)
    publish(people.secretariat, first)
    entry = Practice.objects.get(pk=first).entry
    second = write(people.kaz, "KAZ", entry=entry, title_en="A better card")
    assert [row.pk for row in service.published()] == [first]
    submit(people.kaz, second)
    publish(people.secretariat, second)
    assert [row.pk for row in service.published()] == [second]
    assert b"later version" in Client().get(f"/practices/{first}/").content


def test_a_withdrawn_practice_says_why(people: People):
    first = write(people.kaz, "KAZ")
    submit(people.kaz, first)
    publish(people.secretariat, first)
    with pytest.raises(NotAllowed):
        perform(acts.WithdrawPractice(**by(people.kgz), practice=first, reason="It was never so."))
    perform(acts.WithdrawPractice(**by(people.kaz), practice=first, reason="The card was given up."))
    assert service.published().count() == 0
    assert b"The card was given up." in Client().get(f"/practices/{first}/").content


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"result": "known"}, "result"),
        ({"cost_amount": "5"}, "currency"),
        ({"title_en": ""}, "language in which"),
        ({"begins": "2026", "ends": "2025"}, "before the beginning"),
        ({"states": ("ZZZ",)}, "ZZZ"),
    ],
    ids=["result", "currency", "title", "order", "state"],
)
def test_what_is_not_whole_is_refused(people: People, more: dict[str, object], said: str):
    with pytest.raises(Refused, match=said):
        write(people.kaz, "KAZ", **more)


def test_a_translation_is_a_draft_until_another_one_checked_it(people: People):
    told = {"title_ru": "Карточка", "what_ru": "У сотрудников есть карточка.", "original": "en"}
    first = write(people.kaz, "KAZ", **told)
    submit(people.kaz, first)
    publish(people.secretariat, first)
    with translation.override("ru"):
        assert service.is_translated(Practice.objects.get(pk=first))
        assert service.title_of(Practice.objects.get(pk=first)) == "Карточка"
    perform(acts.CheckTranslation(**by(people.secretariat), practice=first))
    assert Practice.objects.get(pk=first).translation_checked


def test_the_list_is_narrowed_by_theme_state_point_and_words_in_both_languages(loaded: People):
    def found(**more: str) -> set[str]:
        return {row.key for row in service.published(Chosen(**more))}

    everything = found()
    assert {"kgz-mobile-teams-2014-2019", "eaeu-pensions-2021", "kaz-campaign-undocumented"} <= everything
    assert found(theme="labour") == {"eaeu-pensions-2021", "iris-recruitment"}
    assert "regional-border-guidelines-2016" in found(state="TKM")
    assert "kgz-mobile-teams-2014-2019" not in found(state="TKM")
    assert "consular-contingency-plan" in found(point="10")
    assert "consular-contingency-plan" in found(point="1")
    assert "iris-recruitment" not in found(point="1"), "10 was taken for 1"
    assert found(text="МОБИЛЬНЫЕ группы") == {"kgz-mobile-teams-2014-2019"}
    assert found(text="Mobile TEAMS nobody") == set()
    assert Client().get("/practices/?theme=labour&state=KAZ&point=9&agenda=2&q=pension").status_code == 200
    assert Client().get("/practices/?theme=x&state=%00&point=99&agenda=z&page=z").status_code == 200


def test_every_loaded_practice_says_its_source_and_whether_its_result_is_known(loaded: People):
    rows = list(csv.reader(io.StringIO(Client().get("/practices/?format=csv").content.decode("utf-8-sig"))))
    head, body = rows[0], rows[1:]
    assert len(body) == service.published().count() >= 15
    assert all(row[head.index("Source")] and row[head.index("Result")] for row in body)
    campaign = service.published().get(key="kaz-campaign-undocumented")
    assert b"Unknown" in Client().get(f"/practices/{campaign.pk}/").content
    assert b"not verified" in Client().get(f"/practices/{campaign.pk}/").content
    assert Client().get("/practices/?format=xlsx").content[:2] == b"PK"


def test_the_same_record_again_changes_nothing_and_a_state_that_wrote_a_version_keeps_it(
    loaded: People, tmp_path: Path
):
    assert service.load().result["new"] is False
    row = service.published().get(key="kgz-mobile-teams-2014-2019")
    second = write(loaded.kgz, "KGZ", entry=row.entry, title_en="Our mobile teams", theme="statelessness")
    submit(loaded.kgz, second)
    publish(loaded.secretariat, second)
    copy = copytree(record_home(), tmp_path / "record")
    sheet = copy / "practices" / "practices.csv"
    text = sheet.read_text(encoding="utf-8").replace("More than sixty mobile teams", "Over sixty mobile teams")
    sheet.write_text(text.replace("A campaign looked for", "One campaign looked for"), encoding="utf-8")
    assert service.load(copy).result["changed"] == 1
    assert service.published().get(entry=row.entry).title_en == "Our mobile teams"
    campaign = service.published().get(key="kaz-campaign-undocumented")
    assert campaign.revision == 2
    assert service.load().result["changed"] == 1
    again = service.published().get(key="kaz-campaign-undocumented")
    assert (again.revision, again.what_en.startswith("A campaign")) == (3, True)
    assert service.published().get(entry=row.entry).title_en == "Our mobile teams"


def test_what_is_wrong_with_a_sheet_is_said(db: None, tmp_path: Path):
    copy = copytree(record_home(), tmp_path / "record")
    sheet = copy / "practices" / "practices.csv"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace(",KAZ,statelessness,5 6,", ",KAZZ,stateless,5 66,", 1), encoding="utf-8")
    problems = " ".join(service.check(copy))
    for part in (
        "practices/practices.csv, row 2, column participant: found 'KAZZ'",
        "'stateless'",
        "'66'",
        "Allowed: 1, 2",
    ):
        assert part in problems
    with pytest.raises(Refused):
        service.load(copy)


def test_the_themes_are_those_of_the_record(loaded: People):
    of = {one.code: tuple(point.code for point in one.points) for one in agreed.frameworks()}
    assert set(rules.THEMES) == set(of["themes"])
    assert (of["ten_points"], of["agenda"]) == (rules.TEN_POINTS, rules.AGENDA)


def test_a_practice_is_written_handed_in_and_published_on_the_pages(
    people: People, signed_in: Callable[[Officer], Client]
):
    browser, entry = signed_in(people.kaz), uuid7()
    form = {
        "action": str(uuid7()), "made": str(uuid7()), "entry": str(entry), "participant": "KAZ", "theme": "border", "ten_points": ["3", "5"],
        "states": ["KAZ"], "original": "en", "title_en": "Cards", "what_en": "They carry cards.", "result": "unknown", "source": "Note",
    }  # fmt: skip
    assert browser.post("/practices/new/", form).status_code == 302
    row = Practice.objects.get(entry=entry)
    assert (row.ten_points, row.states) == (" 3 5 ", " KAZ ")
    page = f"/practices/{row.pk}/"
    assert browser.post(page, {"act": "publish", "action": str(uuid7()), "made": str(uuid7())}).status_code == 404
    assert browser.post(page, {"act": "submit", "action": str(uuid7()), "made": str(uuid7())}).status_code == 302
    clerk = signed_in(people.secretariat)
    assert b"Cards" in clerk.get("/practices/waiting/").content
    assert clerk.post(page, {"act": "publish", "action": str(uuid7()), "made": str(uuid7())}).status_code == 302
    assert b"Cards" in Client().get("/practices/").content
    assert b"Cards" in Client().get("/participants/KAZ/").content
    assert browser.get(f"{page}edit/").status_code == 200
    assert signed_in(people.kgz).get(f"{page}edit/").status_code == 404
    assert clerk.get(f"{page}edit/").status_code == 404


def test_a_role_without_a_seat_writes_nothing(people: People, signed_in: Callable[[Officer], Client]):
    unseated = make_officer("national_coordinator")
    with pytest.raises(NotAllowed):
        write(unseated, "KAZ")
    assert signed_in(unseated).get("/practices/new/").status_code == 404
    seat(unseated, "KAZ", "national_coordinator")
    write(unseated, "KAZ")


def test_a_practice_that_waited_for_two_weeks_is_told_of_once(people: People):
    with standing_at(datetime(2026, 11, 1, 9, tzinfo=UTC)):
        submit(people.kaz, write(people.kaz, "KAZ"))
    with standing_at(datetime(2026, 11, 10, 9, tzinfo=UTC)):
        assert tell_of_due.call() == 0
    with standing_at(datetime(2026, 11, 16, 9, tzinfo=UTC)):
        assert tell_of_due.call() == 1
        assert tell_of_due.call() == 1
    assert Notice.objects.filter(code="practices.practice_waits", role="secretariat").count() == 1


def test_the_list_asks_as_often_for_many_as_for_few(people: People):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert Client().get("/practices/").status_code == 200
        return len(found)

    def one() -> None:
        row = write(people.kaz, "KAZ")
        submit(people.kaz, row)
        publish(people.secretariat, row)

    one()
    before = asked()
    for _ in range(5):
        one()
    assert asked() == before
