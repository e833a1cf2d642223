"""Messages and structures of other producers: editions that libraries do not read, several versions side by side."""

import json
from pathlib import Path

import pytest

from panah.cores.exchange.conformance import problems_of
from panah.cores.exchange.definitions import defining, definitions_in
from panah.cores.exchange.messages import Unreadable, read

SHARED = Path(__file__).parents[5] / "shared" / "data" / "evidence"
needs_files = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="the reference material is not here")]

GENERIC_2_0 = """<?xml version="1.0"?>
<message:GenericData xmlns:generic="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/generic"
  xmlns:message="http://www.sdmx.ORG/resources/SDMXML/schemas/v2_0/message">
  <message:Header><message:KeyFamilyRef>MOVES</message:KeyFamilyRef></message:Header>
  <message:DataSet>
    <generic:KeyFamilyRef>MOVES</generic:KeyFamilyRef>
    <generic:Attributes><generic:Value concept="PRODUCER" value="office"/></generic:Attributes>
    <generic:Group type="Sibling">
      <generic:GroupKey><generic:Value concept="REF_AREA" value="XXE"/></generic:GroupKey>
      <generic:Attributes><generic:Value concept="UNIT" value="PS"/></generic:Attributes>
    </generic:Group>
    <generic:Series>
      <generic:SeriesKey><generic:Value concept="FREQ" value="A"/><generic:Value concept="REF_AREA" value="XXE"/></generic:SeriesKey>
      <generic:Obs><generic:Time>2024</generic:Time><generic:ObsValue value="004"/>
        <generic:Attributes><generic:Value concept="OBS_STATUS" value="P"/></generic:Attributes></generic:Obs>
      <generic:Obs><generic:Time>2025</generic:Time></generic:Obs>
    </generic:Series>
  </message:DataSet>
</message:GenericData>"""

COMPACT_2_0 = """<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message" xmlns:k="urn:k">
  <Header><KeyFamilyRef>MOVES</KeyFamilyRef></Header>
  <k:DataSet PRODUCER="office">
    <k:Sibling REF_AREA="XXE" UNIT="PS"/>
    <k:Series FREQ="A" REF_AREA="XXE"><k:Obs TIME_PERIOD="2024" OBS_VALUE="004" OBS_STATUS="P"/><k:Obs TIME_PERIOD="2025"/></k:Series>
  </k:DataSet>
</CompactData>"""


def structure(version, *, codes="", dimension="REF_AREA"):
    return f"""<Structure xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:xmlns2="urn:strange">
  <Codelists><Codelist id="CL_AREA" agencyID="XX" version="1.0"><Code id="XXE"/>{codes}</Codelist></Codelists>
  <DataStructures><DataStructure id="MOVES" agencyID="XX" version="{version}"><DataStructureComponents>
    <DimensionList><Dimension id="FREQ"/><Dimension id="{dimension}"><LocalRepresentation><Enumeration>
      <Ref id="CL_AREA" agencyID="XX" version="1.0"/></Enumeration></LocalRepresentation></Dimension>
      <TimeDimension id="TIME_PERIOD"/></DimensionList>
    <AttributeList><Attribute id="OBS_STATUS" assignmentStatus="Mandatory"/><Attribute id="UNIT"/><Attribute id="PRODUCER"/></AttributeList>
  </DataStructureComponents></DataStructure></DataStructures></Structure>""".encode()


@pytest.mark.parametrize("message", [GENERIC_2_0, COMPACT_2_0], ids=["generic", "compact"])
def test_edition_2_0_is_read_whatever_the_case_of_its_namespace(message):
    (found,) = read(message.encode(), definitions_in(structure("1.0")))
    assert found.dimensions == ("FREQ", "REF_AREA", "TIME_PERIOD")
    assert [(o.key, o.value) for o in found.observations] == [
        (("A", "XXE", "2024"), "004"),
        (("A", "XXE", "2025"), None),
    ]
    assert dict(found.observations[0].attributes) == {"OBS_STATUS": "P", "UNIT": "PS"}
    assert dict(found.attributes) == {"PRODUCER": "office"}


@pytest.mark.parametrize(
    "message", ['<a xmlns="http://x/schemas/v2_0/message"/>', '<a xmlns="http://x/schemas/v2_0/message"><DataSet>']
)
def test_a_broken_message_of_edition_2_0_is_refused_in_a_sentence(message):
    with pytest.raises(Unreadable, match=r"as SDMX-ML 2\.0"):
        read(message.encode())


def json_message(**changes):
    data = {
        "structure": {
            "links": [{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=XX:MOVES(1.0)", "rel": "dataflow"}],
            "dimensions": {
                "dataSet": [{"id": "FREQ", "keyPosition": 0, "values": [{"id": "A"}]}],
                "series": [{"id": "REF_AREA", "keyPosition": 1, "values": [{"id": "XXE"}, {"id": "XXF"}]}],
                "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2024"}, {"id": "2025"}]}],
            },
            "attributes": {
                "dataSet": [],
                "series": [{"id": "UNIT", "values": [{"id": "PS"}]}],
                "observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "P"}]}],
            },
        },
        "dataSets": [
            {
                "series": {
                    "0": {"attributes": [0], "observations": {"0": [1.50, 0], "1": [None, 1]}},
                    "1": {"attributes": [None], "observations": {"1": [7]}},
                }
            }
        ],
    }
    return json.dumps({"meta": {}, "data": data | changes}).replace("1.5,", "1.50,").encode()


def test_edition_1_0_of_json_is_read_by_series_with_numbers_as_they_are_written():
    (found,) = read(json_message())
    assert found.dimensions == ("FREQ", "REF_AREA", "TIME_PERIOD")
    assert [(*o.key, o.value, dict(o.attributes)) for o in found.observations] == [
        ("A", "XXE", "2024", "1.50", {"UNIT": "PS", "OBS_STATUS": "A"}),
        ("A", "XXE", "2025", None, {"UNIT": "PS", "OBS_STATUS": "P"}),
        ("A", "XXF", "2025", "7", {}),
    ]


@pytest.mark.parametrize(
    "message",
    [
        b"{",
        b"{}",
        b'{"data": 3}',
        b'{"data": {"dataSets": [{}], "structures": []}}',
        json_message(dataSets=[{"series": {"5": {"observations": {"0": [1]}}}}]),
        json_message(dataSets=[{"series": {"-1": {"observations": {"0": [1]}}}}]),
        json_message(dataSets=[{"series": {"0:0": {"observations": {"0": [1]}}}}]),
        b"{" * 100_000,
    ],
)
def test_json_that_does_not_hold_together_is_refused_in_a_sentence(message):
    with pytest.raises(Unreadable, match="as SDMX-JSON"):
        read(message)


def test_each_dataset_is_read_by_the_version_of_the_structure_that_it_cites():
    versions = [*definitions_in(structure("1.7")), *definitions_in(structure("1.10", codes='<Code id="XXF"/>'))]
    assert defining("DataStructure=XX:MOVES(1.7)", versions) is versions[0]
    assert defining("DataStructure=XX:MOVES(1.10)", versions) is versions[1]
    assert defining("MOVES", versions) is versions[1], "1.10 is later than 1.7"
    assert defining("DataStructure=XX:OTHER(1.7)", versions) is None


def test_what_is_wrong_is_said_by_the_structure_that_the_message_cites():
    message = GENERIC_2_0.replace('value="XXE"', 'value="YY"')
    definitions = definitions_in(structure("1.0"))
    problems = problems_of(read(message.encode(), definitions), definitions)
    assert [(p.code, p.found) for p in problems] == [("CODE_UNKNOWN", "YY"), ("STRUCTURE_ATTRIBUTE", "no OBS_STATUS")]
    assert problems[0].allowed == "XXE"


def test_a_dimension_that_is_missing_and_a_structure_that_nobody_gave_are_named():
    other = definitions_in(structure("2.0", dimension="PLACE"))
    assert [p.code for p in problems_of(read(GENERIC_2_0.encode(), other), other)][:2] == [
        "STRUCTURE_DIMENSION",
        "STRUCTURE_COMPONENT",
    ]
    assert [p.code for p in problems_of(read(GENERIC_2_0.encode()), ())] == ["STRUCTURE_UNKNOWN"]


class TestOfficialFiles:
    """What statistical offices of the region publish, as far as it lies beside the checkout."""

    pytestmark = needs_files

    COUNTS = {"1.3.1": 180, "10.7.2": 7, "10.7.4": 25, "16.9.1": 91, "17.3.2": 24}

    def test_every_file_is_read_with_every_observation_and_keeps_to_its_own_structure(self):
        files = [SHARED / "sdmx_kgz" / "SDG_DSD.KG_1.8.xml", SHARED / "sdmx_tjk" / "TAJSTAT_DSD.xml"]
        definitions = [definition for file in files for definition in definitions_in(file.read_bytes())]
        assert [d.reference for d in definitions] == ["KG_NSC:SDG(1.8)", "IAEG-SDGs:SDG(1.0)"]
        for name, count in self.COUNTS.items():
            datasets = read((SHARED / "sdmx_kgz" / f"{name}.xml").read_bytes(), definitions, check=False)
            assert sum(len(found.observations) for found in datasets) == count, name
            assert problems_of(datasets, definitions) == (), name
