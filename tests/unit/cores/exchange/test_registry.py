"""What stands beside the structure: agreements, constraints, reference metadata, and the map to the SDG structure."""

from pathlib import Path

import pytest
from exchange_tables import LETTERHEAD

from panah.cores.exchange import registry
from panah.cores.exchange.artefacts import STRUCTURE_FORMATS, structure_file
from panah.cores.exchange.conformance import problems_of
from panah.cores.exchange.datasets import Dataset, Observation, joined
from panah.cores.exchange.definitions import definitions_in
from panah.cores.exchange.messages import MEDIA, read, schema_problems, write
from panah.cores.exchange.structure import the_structure

SHARED = Path(__file__).parents[5] / "shared" / "data" / "evidence" / "sdmx_kgz" / "SDG_DSD.KG_1.8.xml"


def evidence(indicator="I6_01", state="KGZ", counterpart="_T", part="_T", unit="PT", value="17.7"):
    structure = the_structure()
    codes = structure.dataflow("EVIDENCE").fixed | {
        "FREQ": "A",
        "REF_AREA": state,
        "COUNTERPART_AREA": counterpart,
        "INDICATOR": indicator,
        "PART": part,
        "TIME_PERIOD": "2024",
    }
    dimensions = tuple(dimension.id for dimension in structure.dimensions)
    observation = Observation(tuple(codes[id_] for id_ in dimensions), value, {"OBS_STATUS": "A", "CONF_STATUS": "F"})
    return Dataset(f"Dataflow={structure.reference('EVIDENCE')}", dimensions, (observation,), {"UNIT_MEASURE": unit})


@pytest.mark.parametrize("format_", MEDIA)
def test_figures_of_several_units_go_in_one_message_and_come_back_with_nothing_lost(format_):
    sent = joined([evidence(), evidence("I6_02", "TJK", "RUS", unit="USD_M", value="1687")])
    content = write(sent, format_, LETTERHEAD)
    (found,) = read(content)
    assert [(o.key, o.value, dict(o.attributes)) for o in found.observations] == [
        (o.key, o.value, dict(o.attributes)) for o in sent.observations
    ]
    assert [o.attributes["UNIT_MEASURE"] for o in found.observations] == ["PT", "USD_M"]
    assert schema_problems(content.decode()) == ()


def test_datasets_of_different_structures_are_not_joined():
    with pytest.raises(ValueError, match="of the same structure"):
        joined([])


@pytest.mark.parametrize("version", STRUCTURE_FORMATS)
def test_the_structure_files_pass_the_official_schema(version):
    assert schema_problems(structure_file(version)) == ()


def test_each_state_may_report_each_table_of_itself_alone():
    structure = the_structure()
    agreements = list(registry.agreements(structure))
    assert len({one.id for one in agreements}) == len(structure.tables) * 10
    assert not any("XXE" in one.id for one in agreements), "the invented state reports nothing"
    for constraint in registry.constraints_of_states(structure):
        (region,) = constraint.cube_regions
        assert [value.value for value in region.key_values[0].values] == [constraint.id.removeprefix("CC_")]


@pytest.mark.parametrize("flow", the_structure().dataflows, ids=lambda flow: flow.id)
def test_every_dataflow_says_what_it_means_in_both_languages(flow):
    said = registry.reference_metadata(flow)
    assert next(iter(said)) == "CONTACT"
    assert all(name["en"] and name["ru"] and text["en"] and text["ru"] for name, text in said.values())


def test_an_indicator_that_is_an_sdg_series_is_said_in_that_structure():
    mapped = registry.to_sdg(evidence())
    (observation,) = mapped.observations
    codes = dict(zip(mapped.dimensions, observation.key, strict=True))
    assert (codes["SERIES"], codes["REF_AREA"], codes["TIME_PERIOD"], codes["SEX"]) == (
        "BX_TRF_PWKR",
        "417",
        "2024",
        "_T",
    )
    assert (observation.value, observation.attributes["UNIT_MEASURE"]) == ("17.7", "PT")


@pytest.mark.parametrize("other", [{"indicator": "I1_02"}, {"counterpart": "RUS"}, {"part": "F"}])
def test_what_the_sdg_structure_has_no_place_for_is_left_out(other):
    assert registry.to_sdg(evidence(**other)).observations == ()


def test_a_unit_without_counterpart_is_refused():
    with pytest.raises(ValueError, match="'USD_M' has no counterpart"):
        registry.to_sdg(evidence(unit="USD_M"))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_file(), reason="the reference material is not here")
def test_what_is_mapped_keeps_to_the_structure_that_an_office_of_the_region_publishes():
    definitions = definitions_in(SHARED.read_bytes())
    series = definitions[0].codes["SERIES"]
    assert set(registry.sdg_map().series.values()) <= series
    problems = problems_of([registry.to_sdg(evidence())], definitions)
    assert {problem.code for problem in problems} <= {"STRUCTURE_ATTRIBUTE"}, (
        "NATURE and the like are for the office to add"
    )
