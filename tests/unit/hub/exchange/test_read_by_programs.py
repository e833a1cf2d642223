"""What programs read of the hub: SDMX REST, judged by another library, and the catalogue."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import rdflib
import sdmx
from django.test import Client

from panah.cores.exchange.messages import MEDIA, read, schema_problems
from panah.cores.exchange.structure import contracts_root, the_structure
from panah.hub.evidence import service as evidence
from panah.hub.exchange import figures

DATA = "/sdmx/v2/data/dataflow/ALMATY"
FLOW = f"{DATA}/ARRIVALS_CITIZENSHIP_PROFILE/1.0.0"
KINDS = dict(MEDIA.items())


def keys(content: bytes) -> set[tuple[str, ...]]:
    return {observation.key for dataset in read(content, check=False) for observation in dataset.observations}


@pytest.mark.parametrize("format_", KINDS)
def test_all_formats_give_the_same_observations_of_all_states(two_states, format_):
    answer = Client().get(FLOW, headers={"Accept": KINDS[format_]})
    assert (answer.status_code, answer["Content-Type"]) == (200, KINDS[format_])
    assert schema_problems(answer.content.decode()) == ()
    assert keys(answer.content) == keys(Client().get(f"{FLOW}?format=csv").content)
    assert {key[1] for key in keys(answer.content)} == {"KAZ", "KGZ"}


def test_another_library_reads_what_is_answered_by_the_structure_that_is_answered(two_states):
    client = Client()
    published = client.get("/sdmx/v2/structure/datastructure/ALMATY/MIG/1.0.0?references=all")
    assert schema_problems(published.content.decode()) == ()
    structure = sdmx.read_sdmx(contracts_root() / "sdmx" / "structure-2.1.xml").structure["MIG"]
    content = client.get(f"{FLOW}?format=xml-2.1").content
    message = sdmx.read_sdmx(io.BytesIO(content), structure=structure)
    assert len(message.data[0].obs) == len(keys(content))


def test_a_key_and_conditions_narrow_what_is_given(two_states):
    one = Client().get(f"{FLOW}/*.KGZ.*.*.*.*.*.*.*.*.*.*.*?format=json")
    assert {key[1] for key in keys(one.content)} == {"KGZ"}
    other = Client().get(FLOW, {"c[REF_AREA]": "KAZ", "c[CITIZENSHIP]": "_T", "format": "csv"})
    assert {(key[1], key[7]) for key in keys(other.content)} == {("KAZ", "_T")}


@pytest.mark.parametrize(
    ("address", "accept", "status", "sentence"),
    [
        (f"{DATA}/NOTHING/1.0.0", "*/*", 404, "There is no dataflow ALMATY:NOTHING"),
        (f"{DATA}/EVIDENCE/9.0.0", "*/*", 404, "There is no dataflow"),
        (f"{FLOW}/A.B", "*/*", 400, "has 2 parts; it must have 13"),
        (f"{FLOW}?updatedAfter=2020", "*/*", 400, "not understood"),
        (f"{FLOW}?format=pdf", "*/*", 406, "Data are given as"),
        (FLOW, "image/png", 406, "Data are given as"),
        (FLOW, "*/*", 404, "no observations"),
        ("/sdmx/v2/structure/hierarchy/ALMATY/*/*", "*/*", 404, "no artefacts of the kind"),
        ("/sdmx/v2/structure/codelist/ALMATY/CL_NONE/*", "*/*", 404, "There is no codelist"),
        ("/sdmx/v2/structure/codelist/ALMATY/*/*?references=parents", "*/*", 400, "allowed are none"),
        ("/sdmx/v2/metadata/structure/dataflow/ALMATY/NOTHING/1.0.0", "*/*", 404, "There is no dataflow"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(db, address, accept, status, sentence):
    answer = Client().get(address, headers={"Accept": accept})
    assert answer.status_code == status
    assert sentence in answer.json()["errors"][0]["title"]


@pytest.mark.parametrize(
    "kind", ["codelist", "dataflow", "provisionagreement", "dataconstraint", "dataproviderscheme", "conceptscheme"]
)
@pytest.mark.parametrize("accept", ["application/vnd.sdmx.structure+xml;version=3.0.0", "application/json"])
def test_each_kind_of_artefact_is_given(db, kind, accept):
    answer = Client().get(f"/sdmx/v2/structure/{kind}/ALMATY/*/*", headers={"Accept": accept})
    assert answer.status_code == 200
    assert ("json" in answer["Content-Type"]) == ("json" in accept)
    if "xml" in accept:
        assert schema_problems(answer.content.decode()) == ()


def test_what_is_available_is_told_by_dimension(two_states):
    answer = Client().get("/sdmx/v2/availability/dataflow/ALMATY/ARRIVALS_CITIZENSHIP_PROFILE/1.0.0/*/REF_AREA").json()
    assert answer["values"] == {"REF_AREA": ["KAZ", "KGZ"]}
    assert answer["observations"] == len(keys(Client().get(f"{FLOW}?format=csv").content))


def test_reference_metadata_are_given_in_the_language_that_is_asked_for(db):
    address = "/sdmx/v2/metadata/structure/dataflow/ALMATY/EVIDENCE/1.0.0"
    english = Client().get(address).json()["data"]["metadataSets"][0]
    russian = Client().get(address, headers={"Accept-Language": "ru"}).json()["data"]["metadataSets"][0]
    assert english["attributes"][0]["id"] == "CONTACT"
    assert "Группа поддержки" in russian["attributes"][0]["value"]
    xml = Client().get(address, headers={"Accept": "application/xml"})
    assert schema_problems(xml.content.decode()) == ()


def test_a_withheld_number_is_withheld_here_too(two_states):
    rows = list(csv.DictReader(io.StringIO(Client().get(f"{FLOW}?format=csv").content.decode())))
    withheld = [row for row in rows if row["OBS_STATUS"] == "Q"]
    assert withheld
    assert {row["OBS_VALUE"] for row in withheld} == {""}


@pytest.mark.any_database
def test_every_value_that_is_shown_first_is_an_observation_once_in_every_format(db):
    """The figures of the hub itself, loaded from the tables that it carries."""
    evidence.load()
    dataset = figures.dataset("EVIDENCE")
    shown = {
        (value.indicator, value.state, value.counterpart, value.part, value.period)
        for value in evidence.every()
        if not value.rank
    }
    assert dataset is not None
    assert len(dataset.observations) == len(shown) > 10_000
    for format_ in MEDIA:
        answer = Client().get(f"{DATA}/EVIDENCE/1.0.0", {"c[REF_AREA]": "KAZ", "format": format_})
        assert len(keys(answer.content)) == sum(key[1] == "KAZ" for key in (o.key for o in dataset.observations))
        assert schema_problems(answer.content.decode()) == ()
    rows = csv.DictReader(
        io.StringIO(Client().get(f"{DATA}/EVIDENCE/1.0.0", {"c[INDICATOR]": "I7_03", "format": "csv"}).content.decode())
    )
    spans = [(float(row["LOWER"]), float(row["UPPER"]), row["OBS_STATUS"]) for row in rows]
    assert spans
    assert all(low <= high and status == "E" for low, high, status in spans), "an estimate is a span and says so"


def test_the_list_of_indicators_in_the_structure_is_that_of_the_framework():
    listed = {code.code: code.name_en for code in the_structure().codelists["indicators"] if code.code.startswith("I")}
    assert listed == {figures.indicator_code(number): title for number, title in evidence.indicator_titles().items()}


def test_the_catalogue_is_read_as_linked_data_and_names_every_dataflow(two_states):
    answer = Client().get("/catalogue.jsonld")
    graph = rdflib.Graph().parse(data=answer.content, format="json-ld")
    dcat, dct = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://purl.org/dc/terms/")
    datasets = set(graph.subjects(rdflib.RDF.type, dcat.Dataset))
    named = {str(graph.value(one, dct.identifier)) for one in datasets}
    assert named == {the_structure().reference(flow.id) for flow in the_structure().dataflows}
    for one in datasets:
        addresses = {str(graph.value(d, dcat.accessURL)) for d in graph.objects(one, dcat.distribution)}
        assert len(list(graph.objects(one, dcat.distribution))) == len(MEDIA)
        assert all(address.startswith("http://testserver/sdmx/v2/data/") for address in addresses)
    assert {str(state).rpartition("/")[2] for state in graph.objects(None, dct.spatial)} == {"KAZ", "KGZ"}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_for_people_who_write_programs_opens_and_its_links_lead_somewhere(two_states, language):
    client = Client(headers={"Accept-Language": language})
    page = client.get("/sdmx/")
    assert page.status_code == 200
    for link in {part.split('"')[0] for part in page.content.decode().split('href="/')[1:]}:
        if link.startswith(("sdmx/v2", "catalogue")):
            answer = client.get(f"/{link}".replace("&amp;", "&"))
            assert answer.status_code in (200, 404), link
            assert answer.status_code == 200 or "no observations" in answer.content.decode(), link


def test_nothing_here_takes_anything_in(db):
    for address in ("/sdmx/", FLOW, "/catalogue.jsonld"):
        assert Client().post(address).status_code == 405


def test_the_room_has_no_table(db):
    assert not (Path(figures.__file__).parent / "models.py").exists()
