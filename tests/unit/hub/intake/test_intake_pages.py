"""What everybody reads on the hub, and what only the secretariat sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from uuid6 import uuid7

from panah.cores.exchange.conversion import table_of
from panah.cores.exchange.messages import read
from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, perform
from panah.hub.intake import service
from panah.hub.intake.actions import Withdraw
from panah.hub.intake.models import PublishedTable, Submission
from panah.hub.intake.tables import as_table
from tests.messages import Node, people, protected

pytestmark = pytest.mark.django_db
PAGE = "/published/KAZ/ARRIVALS_CITIZENSHIP_PROFILE/2026-11-20/"
SignedIn = Callable[[Officer], Client]


@pytest.fixture
def published(kaz: Node) -> service.Answer:
    return service.take_in(kaz.message(protected(people())), "network")


def test_everybody_reads_the_table_with_what_is_withheld_and_why(published: service.Answer, client: Client):
    page = client.get(PAGE).content.decode()
    assert "Arrivals by citizenship group and profile" in page
    assert "0–9" in page
    assert "Fewer than ten, or nobody in a group of fewer than ten." in page
    assert "Withheld so that no smaller number can be worked out from it." in page
    assert "rows in which nobody was counted are not shown" in page


def test_the_table_is_named_on_the_first_page_and_in_the_list(published: service.Answer, client: Client):
    assert PAGE in client.get("/").content.decode()
    assert PAGE in client.get("/published/").content.decode()
    assert [one.url for one in service.latest()] == [PAGE]


def test_a_withheld_number_is_a_gap_in_the_chart_and_not_nothing(published: service.Answer, client: Client):
    chart = client.get(f"{PAGE}chart.json").json()
    assert dict(zip(chart["x"], chart["series"][0]["values"], strict=True))["Asylum-seeker (0–9)"] is None


def test_the_map_has_every_state_and_no_figure_where_there_is_none(published: service.Answer, client: Client):
    areas = {area["code"]: area for area in client.get(f"{PAGE}map.json").json()["areas"]}
    assert len(areas) == 10
    assert areas["KAZ"]["url"] == PAGE
    assert areas["UZB"]["value"] is None


def test_the_csv_says_the_same_as_the_table(published: service.Answer, client: Client):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}table.csv").content.decode("utf-8-sig"))))
    table = as_table(PublishedTable.objects.get())
    told = {(row["CITIZENSHIP"], row["PROFILE"]): (row["OBS_VALUE"], row["WITHHELD"]) for row in rows}
    assert told == {
        cell.codes: ("" if cell.count is None else str(cell.count), cell.kind or "") for cell in table.cells
    }


def test_the_workbook_says_what_it_is(published: service.Answer, client: Client):
    book = load_workbook(io.BytesIO(client.get(f"{PAGE}table.xlsx").content))
    figures, about = book.worksheets
    assert figures.max_row == 1 + len(as_table(PublishedTable.objects.get()).cells)
    assert ("Revision", 1) in [(name.value, value.value) for name, value in about.iter_rows()]


@pytest.mark.parametrize("form", ["sdmx-csv", "sdmx-ml"])
def test_sdmx_gives_back_the_very_table(published: service.Answer, client: Client, form: str):
    (dataset,) = read(client.get(f"{PAGE}table.{form}").content)
    assert table_of(dataset) == as_table(PublishedTable.objects.get())


@pytest.mark.parametrize("address", [f"{PAGE}?revision=9", f"{PAGE}table.exe", "/published/KAZ/X/2026-11-20/"])
def test_what_is_not_there_is_404(published: service.Answer, client: Client, address: str):
    assert client.get(address).status_code == 404


def test_the_pages_speak_russian(published: service.Answer, client: Client):
    client.cookies["panah_language"] = "ru"
    page = client.get(PAGE).content.decode()
    assert "Прибывшие по группе гражданств и профилю" in page
    assert "Лицо, ищущее убежище" in page


def test_received_messages_are_for_the_secretariat(
    published: service.Answer, secretariat: Officer, officer: Callable[..., Officer], signed_in: SignedIn
):
    for address in ("/intake/", "/intake/upload/", f"/intake/{published.submission}/"):
        assert signed_in(secretariat).get(address).status_code == 200
        assert signed_in(officer("observer")).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_a_file_that_was_brought_is_taken_in(kaz: Node, secretariat: Officer, signed_in: SignedIn):
    file = SimpleUploadedFile("m.jws", kaz.message(protected(people())))
    answer = signed_in(secretariat).post("/intake/upload/", {"message": file})
    kept = Submission.objects.get()
    assert answer.url == f"/intake/{kept.pk}/"
    assert (kept.way, kept.state) == ("file", "published")
    receipt = signed_in(secretariat).get(f"/intake/{kept.pk}/receipt.jws")
    assert receipt.content == bytes(kept.receipt)


def test_a_file_that_nobody_signed_is_named_as_such(kaz: Node, secretariat: Officer, signed_in: SignedIn):
    answer = signed_in(secretariat).post("/intake/upload/", {"message": SimpleUploadedFile("m.jws", b"hello")})
    assert "This is not a signed message" in answer.content.decode()
    assert not Submission.objects.exists()


def test_what_was_wrong_is_shown_to_the_secretariat(kaz: Node, secretariat: Officer, signed_in: SignedIn):
    refused = service.take_in(kaz.message(protected(people()), area="UZB"), "network")
    page = signed_in(secretariat).get(f"/intake/{refused.submission}/").content.decode()
    assert "OTHER_STATE" in page


def test_withdrawn_tables_stay_readable_with_the_reason(
    published: service.Answer, secretariat: Officer, signed_in: SignedIn, client: Client
):
    address = f"/intake/{published.submission}/"
    signed_in(secretariat).post(address, {"id": str(uuid7()), "reason": "A post counted the same people twice."})
    page = client.get(PAGE).content.decode()
    assert "Withdrawn. Do not use these numbers." in page
    assert "A post counted the same people twice." in page
    assert service.latest() == ()


def test_only_the_secretariat_withdraws(published: service.Answer, officer: Callable[..., Officer]):
    with pytest.raises(NotAllowed):
        perform(
            Withdraw(
                by=officer("statistician").pk,
                happened_at=now(),
                submission=published.submission,
                reason="A post counted the same people twice.",
            )
        )


def test_after_a_withdrawal_only_a_later_revision_is_taken(kaz: Node, published: service.Answer, secretariat: Officer):
    perform(
        Withdraw(by=secretariat.pk, happened_at=now(), submission=published.submission, reason="Counted people twice.")
    )
    before = as_table(PublishedTable.objects.get())
    later = protected(people(workers=60), earlier=[before])
    assert service.take_in(kaz.message(later, revision=2), "network").accepted
    assert [one.revision for one in service.latest()] == [2]
