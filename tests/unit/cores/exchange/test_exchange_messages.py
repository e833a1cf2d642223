"""What is written is read back with nothing lost, by us and by others."""

import contextlib
import io
import subprocess
import sys

import pytest
import sdmx
from exchange_tables import FLOWS, LETTERHEAD, protected_table
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.disclosure import PublishedCell, audit, digest_of
from panah.cores.exchange import registry
from panah.cores.exchange.artefacts import STRUCTURE_FORMATS, structure_file
from panah.cores.exchange.conversion import dataset_of, digest_of_proof, table_of
from panah.cores.exchange.datasets import Dataset, Observation
from panah.cores.exchange.messages import MEDIA, Unreadable, read, schema_problems, text_of, write
from panah.cores.exchange.structure import contracts_root, the_structure

FORMATS = tuple(MEDIA)


def dataset(flow="ARRIVALS_PROFILE_SEX_AGE", **given_):
    protected = protected_table(flow)
    return dataset_of(protected.published[0], protected.proof, state="KAZ", **given_)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("flow", FLOWS)
def test_a_message_is_read_back_with_nothing_lost(flow, format_):
    sent = dataset(flow)
    assert read(write(sent, format_, LETTERHEAD)) == (sent,)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("flow", FLOWS)
def test_a_table_that_went_over_the_wire_keeps_its_digest_and_its_proof(flow, format_):
    protected = protected_table(flow)
    received = table_of(read(write(dataset(flow), format_, LETTERHEAD))[0])
    assert received == protected.published[0]
    assert digest_of([received]) == protected.proof.digest
    assert audit([received], protected.proof) == ()


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("format_", ["xml-3.0", "xml-2.1"])
def test_what_is_written_passes_the_official_schema(flow, format_):
    assert schema_problems(text_of(write(dataset(flow), format_, LETTERHEAD))) == ()


@pytest.mark.parametrize("flow", FLOWS)
def test_another_library_reads_the_same_observations(flow):
    """sdmx1, with the structure file that we publish."""
    structure = sdmx.read_sdmx(contracts_root() / "sdmx" / "structure-2.1.xml").structure["MIG"]
    sent = dataset(flow)
    message = sdmx.read_sdmx(io.BytesIO(write(sent, "xml-2.1", LETTERHEAD)), structure=structure)
    found = {
        tuple(str(observation.key[id_].value) for id_ in sent.dimensions): (
            None if observation.value is None else str(observation.value),
            {name: str(attribute.value) for name, attribute in observation.attached_attribute.items()},
        )
        for observation in message.data[0].obs
    }
    assert found == {o.key: (o.value, dict(o.attributes)) for o in sent.observations}
    assert {name: _plain(value.value) for name, value in message.data[0].attrib.items()} == dict(sent.attributes)


def _plain(value):
    return value.id if hasattr(value, "id") else str(value)


def test_the_same_dataset_always_gives_the_same_bytes():
    for format_ in FORMATS:
        assert write(dataset(), format_, LETTERHEAD) == write(dataset(), format_, LETTERHEAD)


def test_a_cell_that_cannot_exist_and_a_provisional_count_are_told_apart_from_a_plain_zero():
    protected = protected_table("ARRIVALS_PROFILE_SEX_AGE")
    table = protected.published[0]
    zero = next(cell for cell in table.cells if cell.count == 0)
    cells = tuple(PublishedCell(c.codes, count=0, impossible=True) if c is zero else c for c in table.cells)
    marked = type(table)(table.name, table.population, table.period, table.dimensions, cells)
    sent = dataset_of(marked, protected.proof, state="KAZ", provisional=True)
    statuses = {o.attributes["OBS_STATUS"] for o in sent.observations}
    assert statuses == {"P", "Q", "M"}
    assert table_of(read(write(sent, "csv", LETTERHEAD))[0]) == marked


def test_every_withheld_observation_says_why_and_has_no_value():
    for observation in dataset().observations:
        withheld = observation.attributes["OBS_STATUS"] == "Q"
        assert withheld == (observation.value is None)
        assert withheld == ("CONF_REASON" in observation.attributes)


def test_the_dataset_names_the_rules_and_the_proof():
    sent = dataset()
    assert sent.attributes["SDC_PARAMETERS"] == "threshold=10 protection=5 zeros=published"
    assert sent.attributes["SDC_PROOF"] == digest_of_proof(protected_table("ARRIVALS_PROFILE_SEX_AGE").proof)


codes = st.one_of(
    st.text(max_size=12), st.from_regex(r"[0-9eE+.-]{1,6}", fullmatch=True), st.sampled_from(["nan", "NA", "01"])
).filter(lambda text: text.isprintable() and text == text.strip() and text not in ("", "NaN", "#N/A"))
WITHOUT = str.maketrans("", "", "'\"\\\\<>&")


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(FORMATS), codes)
def test_any_code_that_may_be_sent_arrives_unchanged(format_, code):
    code = code.translate(WITHOUT).strip() or "x"
    whole = dataset("REFERRALS_BODY_OUTCOME")
    first = whole.observations[0]
    changed = Observation(first.key, first.value, {**first.attributes, "CONF_REASON": code})
    sent = Dataset(whole.structure, whole.dimensions, (changed,), whole.attributes)
    assert read(write(sent, format_, LETTERHEAD), check=False) == (sent,)


@pytest.mark.parametrize("code", ["a'b", 'a"b', "a\\b", "a<b", "a&b", "a\nb", " a", "NaN"])
def test_a_code_that_a_format_would_change_is_refused(code):
    first = dataset().observations[0]
    sent = Dataset(dataset().structure, dataset().dimensions, (Observation(first.key, "1", {"CONF_REASON": code}),))
    with pytest.raises(ValueError, match="cannot be sent"):
        write(sent, "csv", LETTERHEAD)


CSV = "STRUCTURE,STRUCTURE_ID,ACTION,AREA,OBS_VALUE\n"


def test_numbers_that_are_codes_keep_their_zeros():
    found = read((CSV + "dataflow,X:A(1.0),I,004,10.0\ndataflow,X:A(1.0),I,031,007\n").encode())[0]
    assert [(o.key, o.value) for o in found.observations] == [(("004",), "10.0"), (("031",), "007")]


def test_several_structures_in_one_file_become_several_datasets():
    found = read((CSV + "dataflow,X:A(1.0),I,a,1\ndatastructure,X:B(1.0),I,b,2\n").encode())
    assert [dataset_.structure for dataset_ in found] == ["Dataflow=X:A(1.0)", "DataStructure=X:B(1.0)"]


def test_version_1_of_sdmx_csv_and_semicolons_are_read():
    found = read(b"DATAFLOW;AREA;OBS_VALUE\nX:A(1.0);a;1\n")
    assert found[0].structure == "Dataflow=X:A(1.0)"
    assert found[0].observations[0].key == ("a",)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("dataflow,X:A(1.0),D,a,1\n", "asks to delete"),
        ("dataflow,X:A(1.0),I,a\n", "row 2 has 4 fields"),
        ("dataprobe,X:A(1.0),I,a,1\n", "STRUCTURE is 'dataprobe'"),
        ('dataflow,"X:A(1.0),I,a,1\n', "not CSV"),
    ],
)
def test_a_bad_row_of_sdmx_csv_is_named(rows, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read((CSV + rows).encode())


def test_a_message_in_another_declared_encoding_is_read():
    text = write(dataset("REFERRALS_BODY_OUTCOME"), "xml-3.0", LETTERHEAD).decode()
    other = text.replace('encoding="UTF-8"', 'encoding="windows-1251"').encode("windows-1251")
    assert read(other) == (dataset("REFERRALS_BODY_OUTCOME"),)


def test_the_media_types_are_those_of_the_standard():
    from pysdmx.io.format import Format

    assert set(MEDIA.values()) <= {known.value for known in Format}


def test_a_dataset_of_no_dataflow_of_ours_is_not_written():
    with pytest.raises(ValueError, match="There is no dataflow 'OTHER'"):
        write(Dataset("Dataflow=X:OTHER(1.0)", ("A",), ()), "csv", LETTERHEAD)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty or not text"),
        (b"\x00\x01", "empty or not text"),
        (b"\xff\xfe\xfa", "not text in the encoding"),
        (b"hello", "no SDMX message"),
        (b"a,b\n1,2\n", "no SDMX message"),
        (b"{}", "no SDMX message"),
        (b"<?xml version='1.0'?><x/>", "no SDMX message"),
        (b"<?xml version='1.0' encoding='klingon'?><x/>", "not text in the encoding klingon"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares a document type"),
        (b"/etc/hostname", "no SDMX message"),
        (b"http://localhost:1/data.xml", "no SDMX message"),
    ],
)
def test_what_is_no_message_is_refused_in_words_and_nothing_is_fetched(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(content)


def test_a_message_cut_off_in_the_middle_is_refused():
    for format_ in ("xml-3.0", "xml-2.1"):
        content = write(dataset(), format_, LETTERHEAD)
        with pytest.raises(Unreadable):
            read(content[: len(content) // 2])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(content):
    with contextlib.suppress(Unreadable):
        read(content)


@pytest.mark.parametrize("version", STRUCTURE_FORMATS)
def test_the_structure_files_are_not_stale(version):
    path = contracts_root() / "sdmx" / f"structure-{version}.xml"
    assert path.read_text(encoding="utf-8") == structure_file(version), "run `panah sdmx contracts contracts`"


@pytest.mark.parametrize("version", STRUCTURE_FORMATS)
def test_the_structure_files_pass_the_official_schema(version):
    assert schema_problems(structure_file(version)) == ()


def test_another_library_reads_the_structure():
    message = sdmx.read_sdmx(contracts_root() / "sdmx" / "structure-2.1.xml")
    assert [d.id for d in message.structure["MIG"].dimensions.components] == [d.id for d in the_structure().dimensions]
    flows, states = {flow.id for flow in the_structure().dataflows}, registry.states(the_structure())
    assert set(message.dataflow) == flows
    assert set(message.constraint) == {f"CC_{name}" for name in (*flows, *states)}
    assert len(message.provisionagreement) == len(FLOWS) * len(states)


def test_the_light_modules_do_not_load_the_heavy_ones():
    """Whoever asks the sharing matrix need not wait for the SDMX reader."""
    program = "import sys, panah.cores.exchange.sharing; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
