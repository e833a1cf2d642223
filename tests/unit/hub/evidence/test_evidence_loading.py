"""Loading the compact tables through the door: once, whole, by those who may, and with what has changed."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.foundation.journal.models import Entry
from panah.hub.evidence import models, service
from panah.hub.evidence.actions import LoadFigures
from panah.hub.evidence.figures import NIL_OR_NOT_AVAILABLE, TOTAL
from panah.hub.evidence.framework import compute
from panah.hub.evidence.indicators import Role
from panah.hub.loadings.models import Loading
from tests.conftest import MakeOfficer
from tests.unit.hub.evidence.test_evidence_pages import PAGES


def test_an_empty_hub_says_how_to_load_the_figures(db: None, on_the_hub: None, client: Client) -> None:
    assert "panah figures load" in client.get("/").content.decode()
    for address in PAGES[2:]:
        assert client.get(address).status_code == 200


def test_what_is_loaded_is_shown_with_source_licence_and_date(loaded: None) -> None:
    figure = service.latest("refugees", Role.DESTINATION)["TUR"]
    assert (figure.period, figure.value) == (2025, 2_390_414)
    assert (figure.source.licence, figure.source.as_of) == ("CC BY 4.0", date(2026, 6, 25))


def test_a_state_without_a_figure_has_none_after_loading_too(loaded: None) -> None:
    figures = {figure.period: figure for figure in service.series("stateless", Role.DESTINATION, ["TKM"])}
    assert figures[2025].value is None
    assert figures[2025].flags == (NIL_OR_NOT_AVAILABLE,)
    assert "TKM" not in {
        state for state, last in service.latest("stateless", Role.DESTINATION).items() if last.period == 2025
    }


def test_decimals_come_back_as_the_producer_wrote_them(loaded: None) -> None:
    values = [figure.value for figure in service.series("sdg_10_7_4", Role.ORIGIN, ["KAZ"])]
    assert values == [Decimal("14.6"), Decimal("16.57"), Decimal("1.5")]


def test_a_rate_keeps_its_parts(loaded: None) -> None:
    rate = service.latest("recognition_rate", Role.DESTINATION)["KAZ"]
    assert rate.numerator is not None
    assert rate.denominator is not None
    assert rate.value == round(Decimal(100 * rate.numerator) / rate.denominator, 1)


def test_counterparts_come_largest_first(loaded: None) -> None:
    found = service.counterparts("refugees", "KAZ", Role.DESTINATION, 2025, limit=2)
    assert [(figure.origin, figure.value) for figure in found] == [("UKR", 4145), ("AFG", 206)]


def test_the_doubts_come_back_as_they_were_found(loaded: None) -> None:
    (fall,) = [flag for flag in service.alarms() if flag.state == "KAZ" and flag.periods == (2024, 2025)]
    assert (fall.code, fall.values) == ("break_down", (65_833, 4_377))
    assert "lists 48,391 under" in fall.reason({})


def test_a_doubt_about_several_states_belongs_to_each(loaded: None) -> None:
    assert "together_down" in {flag.code for flag in service.flags_of("refugees", "TJK")}
    assert "together_down" not in {flag.code for flag in service.flags_of("refugees", "TUR")}


def test_the_same_tables_again_change_nothing(loaded: None, few_tables: Path) -> None:
    before = set(models.Figure.objects.values_list("pk", flat=True))
    assert service.load(few_tables).result["new"] is False
    assert set(models.Figure.objects.values_list("pk", flat=True)) == before
    assert Loading.objects.count() == 1


def test_loading_is_written_in_the_journal_with_the_digest_of_the_tables(loaded: None, few_tables: Path) -> None:
    facts = json.loads(Entry.objects.get(code="evidence.load_figures").facts)
    assert facts["folder_digest"] == compute.digest(few_tables)
    assert facts["figures"] == models.Figure.objects.count()


@pytest.fixture
def revised(few_tables: Path, tmp_path: Path) -> Path:
    """The few tables with one total revised and one withdrawn."""
    home = Path(shutil.copytree(few_tables, tmp_path / "revised"))
    path = home / "totals.csv"
    text = path.read_text(encoding="utf-8")
    gone = "stateless,,KAZ,_T,2025,persons,7857,,,,unhcr/population.csv\n"
    assert "KAZ,_T,2025,persons,4377," in text
    assert gone in text
    path.write_text(
        text.replace("KAZ,_T,2025,persons,4377,", "KAZ,_T,2025,persons,4400,").replace(gone, ""), encoding="utf-8"
    )
    return home


def test_a_new_edition_takes_the_place_of_the_old_and_says_how_much_changed(loaded: None, revised: Path) -> None:
    assert service.load(revised).result["changed"] == 2
    assert service.latest("refugees", Role.DESTINATION)["KAZ"].value == 4400
    assert models.Source.objects.filter(superseded_at=None).count() == len(service.sources())
    assert models.Source.objects.exclude(superseded_at=None).count() == len(service.sources())


def test_tables_that_changed_in_between_are_refused(db: None, few_tables: Path) -> None:
    action = LoadFigures(by=None, happened_at=now(), folder=str(few_tables), folder_digest="0" * 64)
    with pytest.raises(Refused, match="somebody changed them in between"):
        perform(action)
    assert not models.Figure.objects.exists()


def test_a_table_that_cannot_be_read_leaves_what_was_shown(loaded: None, revised: Path) -> None:
    path = revised / "totals.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "refugees,,KAZ,_T,year,persons,1,,,,unhcr/population.csv\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="year"):
        service.load(revised)
    assert service.latest("refugees", Role.DESTINATION)["KAZ"].value == 4377
    assert Loading.objects.count() == 1


def test_a_statistician_may_load_and_an_observer_may_not(db: None, few_tables: Path, officer: MakeOfficer) -> None:
    with pytest.raises(NotAllowed):
        service.load(few_tables, by=officer("observer").pk)
    assert service.load(few_tables, by=officer("statistician").pk).result["new"] is True


def test_totals_and_counterparts_are_never_mixed(loaded: None) -> None:
    assert all(figure.origin != TOTAL for figure in service.counterparts("refugees", "KAZ", Role.DESTINATION, 2025))
    assert all(figure.origin == TOTAL for figure in service.series("refugees", Role.DESTINATION))
