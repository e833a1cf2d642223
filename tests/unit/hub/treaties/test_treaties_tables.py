"""The tables of the record and the connectors that make them, at small invented samples and, where they lie beside, at the real files."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from panah.hub.treaties import record, refresh, tables
from panah.hub.treaties.connectors import rights, untc
from panah.hub.treaties.tables import BadTableError

REFERENCE = Path(os.environ.get("PANAH_SHARED", Path(__file__).parents[5] / "shared")) / "data/evidence/treaties"


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def copied(tmp_path: Path) -> Path:
    home = tmp_path / "treaties"
    shutil.copytree(tables.home(), home)
    return home


def test_signature_and_action_become_statements_of_their_own(tmp_path: Path) -> None:
    file = written(tmp_path, "u.csv", "iso3,instrument,signature,action", "KAZ,UNTOC2000,13 Dec 2000,31 Jul 2008",
                   "UZB,PALERMO_SMUGGLING,28 Jun 2001,", "TKM,CSR1951,,2 Mar 1998 a", "FRA,CSR1951,,1 Jan 1960")  # fmt: skip
    said = [row for row in untc.statements(file, "2015-03") if row.value != tables.UNKNOWN]
    assert [(row.state, row.instrument, row.act, row.date, row.value) for row in said] == [
        ("KAZ", "untoc", "signature", "2000-12-13", "party"),
        ("KAZ", "untoc", "ratification", "2008-07-31", "party"),
        ("UZB", "smuggling-protocol", "signature", "2001-06-28", "signed only"),
        ("TKM", "convention-1951", "accession", "1998-03-02", "party"),
    ]


def test_a_state_that_the_copy_does_not_list_is_unknown_and_not_absent(tmp_path: Path) -> None:
    file = written(tmp_path, "u.csv", "iso3,instrument,signature,action", "TKM,CSR1951,,2 Mar 1998 a")
    silent = [row for row in untc.statements(file, "2015-03") if row.state == "UZB"]
    assert len(silent) == len(untc.INSTRUMENTS)
    assert {row.value for row in silent} == {"unknown"}
    assert {row.verified for row in silent} == {"no"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("KAZ,CSR1951,,15 Foo 1999 a", "found '15 Foo 1999 a'"),
        ("KAZ,CSR1951,,31 Feb 1999", "found '31 Feb 1999'"),
        ("KAZ,CSR1951,,15 Jan 1999 x", "found the letter 'x'"),
        ("KAZ,CSR1952,,15 Jan 1999", "'CSR1952' is none of"),
    ],
)
def test_a_cell_that_is_not_as_it_should_be_is_named_with_row_and_what_is_allowed(
    tmp_path: Path, line: str, said: str
) -> None:
    file = written(tmp_path, "u.csv", "iso3,instrument,signature,action", line)
    with pytest.raises(BadTableError, match="row 2") as refusal:
        list(untc.statements(file, "2015-03"))
    assert said in str(refusal.value)


def test_the_rights_table_tells_party_signed_and_nothing_done_apart(tmp_path: Path) -> None:
    file = written(tmp_path, "r.csv", "iso3,instrument,status,year", "KAZ,ICMW,no action,", "KAZ,ICCPR,state party,2006",
                   "KAZ,ICESCR_OP,signatory state,")  # fmt: skip
    said = [(row.instrument, row.act, row.date, row.value) for row in rights.statements(file, "2022-08")]
    assert said == [
        ("icrmw", "", "", "not party"),
        ("iccpr", "", "2006", "party"),
        ("icescr-op", "signature", "", "signed only"),
    ]


@pytest.mark.parametrize("line", ["KAZ,ICCPR,state party,", "KAZ,ICCPR,no action,2006", "KAZ,ICCPR,maybe,2006"])
def test_a_party_without_a_year_and_a_year_without_a_party_are_refused(tmp_path: Path, line: str) -> None:
    file = written(tmp_path, "r.csv", "iso3,instrument,status,year", line)
    with pytest.raises(BadTableError, match="row 2"):
        list(rights.statements(file, "2022-08"))


def test_a_file_of_no_known_edition_is_refused_rather_than_given_a_date(tmp_path: Path) -> None:
    for name in refresh.INPUTS:
        written(tmp_path, name, "iso3,instrument,status,year")
    with pytest.raises(BadTableError, match="no edition that the register knows"):
        refresh.refreshed(tmp_path)
    (tmp_path / next(iter(refresh.INPUTS))).unlink()
    with pytest.raises(BadTableError, match="is not in the folder"):
        refresh.refreshed(tmp_path)


def test_a_refresh_remakes_the_producers_rows_and_leaves_the_others(tmp_path: Path) -> None:
    home = copied(tmp_path)
    rights_file = written(
        tmp_path, "un_hr_core18_status_2022.csv", "iso3,instrument,status,year", "KAZ,ICCPR,state party,2006"
    )
    untc_file = written(tmp_path, "untc_migration_instruments_2015-03.csv", "iso3,instrument,signature,action", "KAZ,CSR1951,,15 Jan 1999 a")  # fmt: skip
    editions = written(tmp_path, "editions.csv", "input,sha256,as_of,obtained_from", *(
        f"{file.name},{hashlib.sha256(file.read_bytes()).hexdigest()},2026-11,here" for file in (rights_file, untc_file)
    ))  # fmt: skip
    (home / "status.csv").write_text(refresh.refreshed(tmp_path, home, editions), encoding="utf-8")
    before, after = tables.shipped().status, tables.read(home).status
    made = {rights.SOURCE, untc.SOURCE}
    assert [row for row in after if row.source not in made] == [row for row in before if row.source not in made]
    assert {row.as_of for row in after if row.source in made} == {"2026-11"}


@pytest.mark.shared
def test_the_carried_table_is_what_the_producers_files_make() -> None:
    if not REFERENCE.is_dir():
        pytest.skip("The producers' files do not lie beside the checkout; set PANAH_SHARED to their folder.")
    assert refresh.refreshed(REFERENCE) == (tables.home() / "status.csv").read_text(encoding="utf-8")


def test_the_record_has_nothing_wrong_in_it() -> None:
    assert record.problems(tables.home()) == ()


def test_every_instrument_that_the_declaration_names_is_there() -> None:
    named = {code for code, one in tables.shipped().instruments.items() if one.is_named_by_declaration}
    assert named == {
        "udhr", "iccpr", "icescr", "convention-1951", "protocol-1967", "convention-1954", "convention-1961", "icrmw", "untoc",
        "trafficking-protocol", "smuggling-protocol",
    }  # fmt: skip


CAT = "KAZ,cat,,1998,,party,2022-08,treaty-list-rights-2022,yes"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",party,", ",maybe,", "the value is 'maybe'"),
        ("KAZ,", "XXX,", "'XXX' is none of the states"),
        (",1998,", ",1998-13,", "date is '1998-13'"),
        ("treaty-list-rights-2022", "nobody", "stands in no row of sources.csv"),
        ("treaty-list-rights-2022", "memory", "from memory cannot be verified"),
        (",cat,", ",nothing,", "a code neither of instruments.csv"),
        (",yes", ",perhaps", "verified is 'perhaps'"),
    ],
)
def test_what_is_wrong_with_a_statement_is_said_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    home = copied(tmp_path)
    text = (home / "status.csv").read_text(encoding="utf-8")
    assert CAT in text
    (home / "status.csv").write_text(text.replace(CAT, CAT.replace(old, new)), encoding="utf-8")
    assert any(said in problem for problem in record.problems(home))


def test_what_is_from_memory_is_marked_so_and_never_verified() -> None:
    found = tables.shipped()
    remembered = [row for row in found.status if found.sources[row.source].is_memory]
    assert remembered
    assert {row.verified for row in remembered} == {"no"}
