"""Protected tables as SDMX datasets, and back without loss."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from panah.cores.disclosure import Dimension, Proof, PublishedCell, PublishedTable, to_json
from panah.cores.disclosure.tables import Kind, all_cells
from panah.cores.exchange.datasets import Dataset, Observation
from panah.cores.exchange.messages import TIME
from panah.cores.exchange.periods import frequency
from panah.cores.exchange.structure import Dataflow, Structure, the_structure

_STATUS_OF: Mapping[Kind, str] = {
    "primary": "A",
    "complementary": "D",
    "difference": "N",
    "earlier": "N",
    "unexplained": "N",
}


def dataset_of(
    table: PublishedTable,
    proof: Proof,
    *,
    state: str,
    provisional: bool = False,
    source_type: str = "ADMIN",
    quality: str = "U",
) -> Dataset:
    """The protected table as observations of the dataflow whose name it bears.

    A withheld cell has no value, the status Q and its reason; a cell that cannot exist has the status M; a count of a
    period that was not over is provisional (P). Raises ValueError for a table that is none of the exchange.
    """
    structure = the_structure()
    flow = _flow(structure, table.name)
    if tuple(dimension.id for dimension in table.dimensions) != flow.axes or table.population != flow.population:
        raise ValueError(f"The table {table.name} must count {flow.population} by {', '.join(flow.axes)}.")
    fixed = {**flow.fixed, "FREQ": frequency(table.period), "REF_AREA": state, TIME: table.period}
    observations = []
    for cell in table.cells:
        codes = fixed | dict(zip(flow.axes, cell.codes, strict=True))
        value = None if cell.count is None or cell.impossible else str(cell.count)
        key = tuple(codes[dimension.id] for dimension in structure.dimensions)
        observations.append(Observation(key, value, _attributes(cell, provisional=provisional)))
    return Dataset(
        structure=f"Dataflow={structure.reference(flow.id)}",
        dimensions=tuple(dimension.id for dimension in structure.dimensions),
        observations=tuple(observations),
        attributes={
            "UNIT_MEASURE": flow.unit,
            "DECIMALS": "0",
            "SOURCE_TYPE": source_type,
            "DEFINITIONS": structure.version,
            "QUALITY_GRADE": quality,
            "SDC_METHOD": "suppression",
            "SDC_PARAMETERS": (
                f"threshold={proof.rules.threshold} protection={proof.rules.protection} zeros={proof.rules.zeros}"
            ),
            "SDC_PROOF": digest_of_proof(proof),
        },
    )


def digest_of_proof(proof: Proof) -> str:
    """`sha-256:` and the digest of the proof in its canonical JSON form."""
    return "sha-256:" + hashlib.sha256(to_json(proof)).hexdigest()


def table_of(dataset: Dataset) -> PublishedTable:
    """The table that `dataset_of` made the dataset of: the same value, so that its digest and proof still hold.

    Codes stand in the order in which they first occur. Raises ValueError that says where the dataset is not such a
    table; `validate` says it in full.
    """
    structure = the_structure()
    flow = _flow(structure, dataset.flow)
    position = {id_: place for place, id_ in enumerate(dataset.dimensions)}
    if set(position) != {dimension.id for dimension in structure.dimensions}:
        raise ValueError(f"The dataset of {flow.id} does not have the dimensions of the structure.")
    periods = {observation.key[position[TIME]] for observation in dataset.observations}
    if len(periods) != 1:
        raise ValueError(f"The dataset of {flow.id} has {len(periods)} periods; a table has one.")
    axes = [position[id_] for id_ in flow.axes]
    dimensions = tuple(
        _dimension(structure, flow, id_, [observation.key[place] for observation in dataset.observations])
        for id_, place in zip(flow.axes, axes, strict=True)
    )
    cells = {}
    for observation in dataset.observations:
        codes = tuple(observation.key[place] for place in axes)
        if codes in cells:
            raise ValueError(f"The dataset of {flow.id} gives {', '.join(codes)} twice; a cell may stand once.")
        cells[codes] = _cell(codes, observation)
    order = list(all_cells(dimensions))
    if set(order) != cells.keys():
        raise ValueError(f"The dataset of {flow.id} has {len(cells)} cells; its codes make {len(order)}.")
    return PublishedTable(flow.id, flow.population, periods.pop(), dimensions, tuple(cells[codes] for codes in order))


def _flow(structure: Structure, name: str) -> Dataflow:
    try:
        return structure.dataflow(name)
    except KeyError:
        known = ", ".join(flow.id for flow in structure.tables)
        raise ValueError(f"There is no dataflow {name!r}; there are {known}.") from None


def _dimension(structure: Structure, flow: Dataflow, id_: str, codes: list[str]) -> Dimension:
    said = structure.dimension(id_)
    total = None if id_ in flow.no_total else "_T"
    return Dimension(id_, tuple(dict.fromkeys(codes)), total, (), said.additive, said.exhaustive)


def _attributes(cell: PublishedCell, *, provisional: bool) -> dict[str, str]:
    if cell.kind is not None:
        return {"OBS_STATUS": "Q", "CONF_STATUS": _STATUS_OF[cell.kind], "CONF_REASON": cell.kind}
    status = "M" if cell.impossible else "P" if provisional else "A"
    return {"OBS_STATUS": status, "CONF_STATUS": "F"}


def _cell(codes: tuple[str, ...], observation: Observation) -> PublishedCell:
    status, reason = observation.attributes.get("OBS_STATUS"), observation.attributes.get("CONF_REASON")
    if status == "Q":
        for kind in _STATUS_OF:
            if kind == reason:
                return PublishedCell(codes, kind=kind)
        raise ValueError(
            f"The cell {', '.join(codes)} is withheld for {reason!r}; allowed are {', '.join(_STATUS_OF)}."
        )
    if status == "M":
        return PublishedCell(codes, count=0, impossible=True)
    if observation.value is None or not (observation.value.isascii() and observation.value.isdigit()):
        raise ValueError(f"The cell {', '.join(codes)} has the value {observation.value!r}; a count is a whole number.")
    return PublishedCell(codes, count=int(observation.value))
