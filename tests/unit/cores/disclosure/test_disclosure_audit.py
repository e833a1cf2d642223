"""The check that whoever receives a table makes, from what is published alone."""

import msgspec
import pytest
from small_tables import PERIOD, row, square, table_of

from panah.cores.disclosure import (
    Dimension,
    Proof,
    PublishedCell,
    PublishedTable,
    Rules,
    audit,
    digest_of,
    protect,
    read_proof,
    read_tables,
    to_json,
)


def changed(protected, codes, **values):
    """The tables with one cell changed, and a proof that carries their new digest."""
    table = protected.published[0]
    cells = tuple(PublishedCell(**({"codes": codes} | values)) if cell.codes == codes else cell for cell in table.cells)
    tables = (msgspec.structs.replace(table, cells=cells),)
    return tables, msgspec.structs.replace(protected.proof, digest=digest_of(tables))


def codes_of(problems):
    return {problem.code for problem in problems}


@pytest.fixture
def protected():
    return protect([square([7, 20, 30, 40])])


def test_a_protected_table_passes(protected):
    assert audit(protected.published, protected.proof) == ()


def test_a_table_changed_after_it_was_proved_is_found(protected):
    tables, _ = changed(protected, ("_T", "_T"), count=98)
    assert codes_of(audit(tables, protected.proof)) == {"DIGEST"}


def test_a_small_count_that_is_published_is_found(protected):
    problems = audit(*changed(protected, ("F", "Y0T17"), count=7))
    assert [(p.code, p.found) for p in problems] == [("COUNT", "7")]
    assert problems[0].place == "arrivals, SEX=F, AGE=Y0T17"


def test_a_companion_that_is_published_after_all_is_found(protected):
    codes = next(b.codes for b in protected.proof.bounds if b.codes != ("F", "Y0T17"))
    count = {("F", "Y_GE18"): 20, ("M", "Y0T17"): 30, ("M", "Y_GE18"): 40}[codes]
    assert "NARROW" in codes_of(audit(*changed(protected, codes, count=count)))


def test_margins_that_do_not_add_up_are_found():
    protected = protect([row(12, 20, 30)])
    assert codes_of(audit(*changed(protected, ("_T",), count=63))) == {"ARITHMETIC"}


def test_bounds_wider_than_the_truth_are_found(protected):
    first = protected.proof.bounds[0]
    lie = msgspec.structs.replace(first, upper=(first.upper or 0) + 3)
    proof = msgspec.structs.replace(protected.proof, bounds=(lie, *protected.proof.bounds[1:]))
    assert codes_of(audit(protected.published, proof)) == {"PROOF"}


def test_a_cell_without_bounds_is_found(protected):
    proof = msgspec.structs.replace(protected.proof, bounds=protected.proof.bounds[1:])
    assert codes_of(audit(protected.published, proof)) == {"PROOF"}


def test_rules_weaker_than_those_asked_for_are_found():
    protected = protect([row(6, 20, 30)], Rules(threshold=5, protection=3))
    assert [p.place for p in audit(protected.published, protected.proof)] == ["proof, threshold", "proof, protection"]
    assert audit(protected.published, protected.proof, least=Rules(threshold=5, protection=3)) == ()


def test_a_zero_shown_inside_a_small_group_is_found():
    protected = protect([square([0, 4, 40, 50])])
    assert "ZERO" in codes_of(audit(*changed(protected, ("F", "Y0T17"), count=0)))


def test_tables_that_contradict_each_other_are_found():
    dimension = Dimension("GROUP", ("_T", "a", "b"))
    first = protect([table_of((dimension,), {("a",): 20, ("b",): 30}, "first")])
    second = protect([table_of((dimension,), {("a",): 21, ("b",): 30}, "second")])
    tables = (*first.published, *second.published)
    proof = msgspec.structs.replace(first.proof, digest=digest_of(tables))
    assert codes_of(audit(tables, proof)) == {"CONTRADICTION"}


def test_a_cell_with_neither_count_nor_reason_is_found(protected):
    assert codes_of(audit(*changed(protected, ("M", "Y_GE18")))) == {"CELL"}


def test_a_missing_cell_is_found(protected):
    table = protected.published[0]
    tables = (msgspec.structs.replace(table, cells=table.cells[1:]),)
    proof = msgspec.structs.replace(protected.proof, digest=digest_of(tables))
    assert codes_of(audit(tables, proof)) == {"CELLS"}


def test_a_table_that_claims_more_cells_than_could_be_sent_is_refused_without_being_spread_out(protected):
    dimensions = tuple(Dimension(f"D{i}", tuple(f"c{j}" for j in range(1000)), total=None) for i in range(6))
    tables = (PublishedTable("huge", "arrivals", PERIOD, dimensions, ()),)
    proof = msgspec.structs.replace(protected.proof, digest=digest_of(tables))
    assert codes_of(audit(tables, proof)) == {"CELLS"}


def test_a_withheld_cell_that_is_published_in_a_revision_is_found():
    first = protect([row(12, 20, 7)])
    second = protect([row(12, 20, 30)])
    proof = msgspec.structs.replace(second.proof, earlier=tuple(digest_of([t]) for t in first.published))
    assert "REVEALED" in codes_of(audit(second.published, proof, earlier=first.published))


def test_a_change_of_one_person_between_two_releases_is_found():
    first, second = protect([row(25, 40)]), protect([row(26, 40)])
    proof = msgspec.structs.replace(second.proof, earlier=tuple(digest_of([t]) for t in first.published))
    problems = audit(second.published, proof, earlier=first.published)
    assert [(p.code, p.found) for p in problems] == [("DIFFERENCE", "66, earlier 65"), ("DIFFERENCE", "26, earlier 25")]


def test_a_proof_that_leaves_out_the_earlier_release_is_found():
    first, second = protect([row(25, 40)]), protect([row(25, 40)])
    assert "EARLIER" in codes_of(audit(second.published, second.proof, earlier=first.published))


def test_tables_and_proof_survive_being_sent(protected):
    assert read_tables(to_json(protected.published)) == protected.published
    assert read_proof(to_json(protected.proof)) == protected.proof
    assert isinstance(read_proof(to_json(protected.proof)), Proof)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"method": 1}'])
def test_what_is_no_proof_is_refused_in_words(content):
    with pytest.raises(ValueError, match="not a proof"):
        read_proof(content)
    with pytest.raises(ValueError, match="not published tables"):
        read_tables(content)


def test_the_public_names_are_what_they_say_however_often_they_are_asked_for():
    """Loaded late, and never mistaken for a module of the same name."""
    import panah.cores.disclosure as package

    for _ in range(2):
        for name in package.__all__:
            assert type(getattr(package, name)).__name__ != "module", name
