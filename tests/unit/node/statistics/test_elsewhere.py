"""What other states have published is read from the hub that is configured, or from a file, before this state's tables are protected."""

from __future__ import annotations

import httpx
import pytest
from django.conf import LazySettings
from uuid6 import uuid7

from panah.cores.disclosure import digest_of, read_proof
from panah.cores.exchange.conversion import dataset_of
from panah.cores.exchange.messages import Letterhead, write
from panah.cores.exchange.moves import of_another
from panah.foundation.access.models import Officer
from panah.node.statistics import elsewhere, service
from tests.messages import DAY, MADE, returns

from .conftest import Arrive

WENT = "WENT_BACK_AREA_SEX"


def told(state: str = "UZB") -> tuple[object, bytes]:
    """A table that a state published, and the hub's SDMX-CSV of it."""
    made = returns(WENT, state, {("KAZ", "F"): 3, ("KAZ", "M"): 30, ("TJK", "F"): 20, ("TJK", "M"): 25})
    dataset = dataset_of(made.published[0], made.proof, state=state)
    return made.published[0], write(dataset, "csv", Letterhead(str(uuid7()), "ALMATY", MADE))


def test_the_hub_that_is_configured_is_asked_for_tables_with_a_mirror_and_no_others(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    settings.PANAH_HUB, settings.PANAH_STATE = "https://hub.example", "KAZ"
    table, content = told()
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=content) if WENT in request.url.path else httpx.Response(404)

    client = httpx.Client
    monkeypatch.setattr(httpx, "Client", lambda **given: client(transport=httpx.MockTransport(answer)))
    assert elsewhere.published(DAY) == (("UZB", table),)
    assert len(asked) == 2
    assert all(one.startswith("https://hub.example/sdmx/v2/data/dataflow/ALMATY/") and DAY in one for one in asked)


def test_a_hub_that_is_not_reached_tells_nothing_and_no_hub_is_not_asked(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    settings.PANAH_STATE = "KAZ"

    def fails(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no way there")

    client = httpx.Client
    monkeypatch.setattr(httpx, "Client", lambda **given: client(transport=httpx.MockTransport(fails)))
    for address in ("https://hub.example", ""):
        settings.PANAH_HUB = address
        assert elsewhere.published(DAY) == ()


def test_tables_of_another_period_or_of_this_state_are_left_out_and_what_is_none_is_refused(settings: LazySettings):
    settings.PANAH_STATE = "UZB"
    assert elsewhere.published(DAY, [told()[1]]) == ()
    settings.PANAH_STATE = "KAZ"
    assert elsewhere.published("2026-11-19", [told()[1]]) == ()
    with pytest.raises(ValueError, match="tables of other states cannot be read"):
        elsewhere.published(DAY, [b"<html>"])


def test_a_release_names_in_its_proof_the_tables_of_others_that_it_reckoned_with(
    arrive: Arrive, coordinator: Officer, settings: LazySettings
):
    settings.PANAH_HUB = ""
    table, content = told()
    for sex, count in (("female", 3), ("male", 30)):
        arrive(count, sex=sex, mode="returned_by_other_state", came_from="UZB")
    release = service.prepare(DAY, coordinator, [content])
    assert read_proof(bytes(release.proof)).earlier == (digest_of([of_another(table, "UZB")]),)
    (came,) = (one for one in service.tables_of(release) if one.name == "CAME_BACK_AREA_SEX")
    cells = {cell.codes: cell.count for cell in came.cells}
    hidden = {cell.codes for cell in table.cells if cell.count is None and "KAZ" in cell.codes}
    assert hidden
    assert all(cells["UZB", codes[1]] is None for codes in hidden)
