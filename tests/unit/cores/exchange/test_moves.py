"""Tables that count moves between states are protected as one linked set, and told in the form of the structure."""

from __future__ import annotations

import random

import pytest
from exchange_tables import FLOWS, LETTERHEAD, axes_of, protected_table

from panah.cores.disclosure import Dimension, PublishedTable, Rules, audit, protect, tabulate
from panah.cores.disclosure.mirror import new_leaks
from panah.cores.disclosure.relations import key_of
from panah.cores.exchange.conversion import dataset_of, table_of
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.messages import write
from panah.cores.exchange.moves import (
    as_linked,
    as_told,
    between_states,
    mirrored,
    of_another,
    place_told,
    protect_beside,
)
from panah.cores.exchange.structure import the_structure
from panah.cores.exchange.validation import validate

PERIOD = "2026-11-21"
WENT, CAME, MANNER = "WENT_BACK_AREA_SEX", "CAME_BACK_AREA_SEX", "ARRIVALS_CROSSING_ENTRY_MODE"
RETURNED = "returned_by_other_state"


def counted(flow, records):
    return tabulate(flow, the_structure().dataflow(flow).population, PERIOD, axes_of(flow), records)


@pytest.mark.parametrize("flow", FLOWS)
def test_a_table_comes_back_from_the_linked_form_as_it_was(flow):
    published = protected_table(flow).published[0]
    like = tabulate(flow, published.population, PERIOD, published.dimensions, [])
    assert as_told(as_linked(published, "KAZ"), like) == published


def test_every_mirror_has_two_sides_and_only_those_tables_are_moves_between_states():
    for flow in the_structure().tables:
        published = protected_table(flow.id).published[0]
        assert mirrored([published]) == (flow.mirror is not None) == (between_states(published, "KAZ") is not None)
        if flow.mirror is not None:
            assert the_structure().dataflow(flow.mirror.flow).mirror.flow == flow.id


def test_the_move_that_two_states_count_is_one_cell():
    here = as_linked(table_of(of(CAME, "KAZ", {("UZB", "F"): 20})), "KAZ")
    there = as_linked(table_of(of(WENT, "UZB", {("KAZ", "F"): 20})), "UZB")
    keys = {key_of(there, cell.codes) for cell in there.cells}
    shared = {cell.codes[:2] for cell in here.cells if key_of(here, cell.codes) in keys}
    assert shared == {("UZB", sex) for sex in ("_T", "F", "M", "_O", "_U")}


def test_who_was_returned_is_the_same_number_as_that_manner_of_entry():
    """What one table of a state withholds, another of the same state does not show."""
    records = [{"COUNTERPART_AREA": "UZB", "SEX": "F", "CROSSING": "ALA", "ENTRY_MODE": RETURNED}] * 12
    records += [{"CROSSING": "ALA", "ENTRY_MODE": "irregular"}] * 4 + [
        {"CROSSING": "ALA", "ENTRY_MODE": "border_point"}
    ] * 50
    tables = [counted(CAME, records[:12]), counted(MANNER, records)]
    made = protect([as_linked(table, "KAZ") for table in tables])
    assert audit(made.published, made.proof) == ()
    came, manner = (as_told(table, like) for table, like in zip(made.published, tables, strict=True))
    total = {cell.codes: cell.count for cell in came.cells}["_T", "_T"]
    assert total == {cell.codes: cell.count for cell in manner.cells}["_T", RETURNED]


def test_a_place_is_named_in_the_words_of_the_structure():
    assert place_told("FROM=UZB, SEX=F, TO=KAZ, ENTRY_MODE=x", "KAZ") == "COUNTERPART_AREA=UZB, SEX=F, ENTRY_MODE=x"
    assert place_told("PROFILE=smuggled, TO=KAZ", "KAZ") == "PROFILE=smuggled"
    assert place_told("TO=KAZ", "KAZ") == place_told("total", "KAZ") == "total"


def of(flow, state, moves):
    structure = the_structure()
    axes = list(axes_of(flow))
    if state != "KAZ":
        codes = (*(code for code in axes[0].codes if code != state), "KAZ")
        axes[0] = type(axes[0])("COUNTERPART_AREA", codes)
    records = [{"COUNTERPART_AREA": area, "SEX": sex} for (area, sex), count in moves.items() for _ in range(count)]
    made = protect([tabulate(flow, structure.dataflow(flow).population, PERIOD, axes, records)])
    return dataset_of(made.published[0], made.proof, state=state)


class TestMirror:
    """The step that compares both states' numbers of the same moves."""

    here = of(CAME, "KAZ", {("UZB", "M"): 200, ("TJK", "M"): 100})

    def test_numbers_further_apart_than_a_fifth_are_named_with_place_and_what_the_other_has(self):
        found = validate(
            self.here, mirrors=[of(WENT, "UZB", {("KAZ", "M"): 300}), of(WENT, "TJK", {("KAZ", "M"): 110})]
        )
        assert {problem.code for problem in found} == {"MIRROR"}
        assert {problem.found for problem in found} == {"200"}
        assert all("COUNTERPART_AREA=UZB" in problem.place for problem in found)
        assert all(problem.allowed == f"within 20% of the larger number; UZB has 300 in {WENT}" for problem in found)

    def test_what_lies_near_or_is_withheld_or_of_another_period_or_way_says_nothing(self):
        near = of(WENT, "UZB", {("KAZ", "M"): 210})
        withheld = of(WENT, "UZB", {("KAZ", "M"): 4, ("TJK", "F"): 100, ("TJK", "M"): 100})
        other = of(WENT, "UZB", {("KAZ", "M"): 300})
        place = other.dimensions.index("TIME_PERIOD")
        moved = [
            type(one)((*one.key[:place], "2026-11-20", *one.key[place + 1 :]), one.value, one.attributes)
            for one in other.observations
        ]
        earlier = Dataset(other.structure, other.dimensions, tuple(moved), other.attributes)
        assert validate(self.here, mirrors=[near, withheld, earlier, of(CAME, "UZB", {("KAZ", "M"): 999})]) == ()

    def test_a_state_is_no_other_state_to_itself(self):
        wrong = of(CAME, "UZB", {("KAZ", "M"): 200})
        place = wrong.dimensions.index("REF_AREA")
        rows = [
            type(o)((*o.key[:place], "KAZ", *o.key[place + 1 :]), o.value, o.attributes) for o in wrong.observations
        ]
        found = validate(Dataset(wrong.structure, wrong.dimensions, tuple(rows), wrong.attributes))
        assert [(one.code, one.found) for one in found] == [("CONSTRAINT_CODE", "KAZ")]

    def test_the_command_compares_with_the_files_of_others(self, tmp_path):
        from typer.testing import CliRunner

        from panah.cli.sdmx import app

        here, there = tmp_path / "here.csv", tmp_path / "there.csv"
        here.write_bytes(write(self.here, "csv", LETTERHEAD))
        there.write_bytes(write(of(WENT, "UZB", {("KAZ", "M"): 300}), "csv", LETTERHEAD))
        said = CliRunner().invoke(app, ["validate", str(here), "--mirror", str(there)])
        assert said.exit_code == 1
        assert said.stdout.startswith("MIRROR")
        assert CliRunner().invoke(app, ["validate", str(here)]).exit_code == 0


class TestStateAfterState:
    """Four invented states publish one after the other, each with regard to what is out."""

    states = ("KAZ", "UZB", "TJK", "KGZ")

    def published(self, seed: int, wrong: tuple[int, ...]):
        chance = random.Random(seed)
        ends = [(one, other, sex) for one in self.states for other in self.states if one != other for sex in "FM"]
        true = {move: int(chance.paretovariate(0.6) * 3) % 120 for move in ends}
        out: list[tuple[str, PublishedTable]] = []
        for state in self.states:
            tables = [
                counted_by(
                    state,
                    flow,
                    {
                        (move[there], move[2]): max(0, n + chance.choice(wrong))
                        for move, n in true.items()
                        if move[here] == state
                    },
                )
                for flow, here, there in ((WENT, 0, 1), (CAME, 1, 0))
            ]
            linked = [as_linked(table, state) for table in tables]
            made, earlier = protect_beside(linked, Rules(), [of_another(table, other) for other, table in out], [])
            assert audit(made.published, made.proof, earlier) == ()
            regarded = {other for other, _ in out} if len(earlier) == len(out) else set()
            mine = [(state, as_told(*pair)) for pair in zip(made.published, tables, strict=True)]
            between: dict[str, list[PublishedTable]] = {}
            for other, table in (*out, *mine):
                between.setdefault(other, []).append(between_states(table, other))
            yield state, new_leaks(between, state, Rules(), regarded)
            out += mine

    @pytest.mark.parametrize("seed", [0, 2, 4])
    def test_registers_that_agree_are_never_refused(self, seed):
        assert [found for _state, found in self.published(seed, (0,))] == [(), (), (), ()]

    @pytest.mark.parametrize("seed", [1, 5])
    def test_registers_that_disagree_are_never_an_error_and_seldom_refused(self, seed):
        refused = [state for state, found in self.published(seed, (0, 0, 0, 1, -2, 5)) if found]
        assert len(refused) <= 1


def counted_by(state, flow, moves):
    structure = the_structure()
    codes = [code.code for code in structure.codelists["areas"] if code.code != state]
    axes = (Dimension("COUNTERPART_AREA", tuple(codes)), axes_of(flow)[1])
    records = [{"COUNTERPART_AREA": area, "SEX": sex} for (area, sex), n in moves.items() for _ in range(n)]
    return tabulate(flow, structure.dataflow(flow).population, PERIOD, axes, records)
