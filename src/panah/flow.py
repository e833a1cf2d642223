"""The way of a person, and of a number, through Panah: one value, from which ARCHITECTURE.md's table and picture are made.

`python -m panah.flow` prints both; a test compares them with the page. Story order is not dependency order: the safeguards
come fifth here and lie under everything that could harm a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise


@dataclass(frozen=True)
class Step:
    """One step. `room` is a package of ours; it is built when its `apps.py` is there."""

    number: int
    what: str
    room: str
    reads: str
    core: str
    leaves: str

    @property
    def built(self) -> bool:
        return (
            find_spec(f"panah.{self.room.replace('/', '.')}.apps") is not None if _parent_exists(self.room) else False
        )


def _parent_exists(room: str) -> bool:
    try:
        return find_spec(f"panah.{room.replace('/', '.')}") is not None
    except ModuleNotFoundError:
        return False


FLOW: tuple[Step, ...] = (
    Step(
        1,
        "arrival at a border post, centre or office",
        "node/registration",
        "questions, places",
        "documents, identity",
        "nothing",
    ),
    Step(2, "interview and profile", "node/profiling", "questions, rules", "lawbook, screening", "nothing"),
    Step(
        3,
        "referral to a competent body",
        "node/referrals",
        "bodies, pathways",
        "lawbook, exchange",
        "minimal packet to one named body",
    ),
    Step(4, "procedure", "node/procedures", "procedures, parameters", "lawbook", "decision to the person"),
    Step(5, "safeguards", "node/safeguards", "safeguards, `_floor`", "lawbook", "a stop, an alarm"),
    Step(6, "reception and emergency", "node/reception", "standards", "–", "aggregate capacity"),
    Step(7, "labour migration", "node/labour", "labour parameters", "lawbook, labour", "document to the person"),
    Step(8, "solution", "node/solutions", "procedures, programmes", "lawbook", "document to the person"),
    Step(
        9,
        "anonymous statistics",
        "node/statistics",
        "contracts/codelists",
        "disclosure, exchange",
        "table with its proof of safety",
    ),
    Step(10, "regional exchange", "hub/intake", "contracts/sdmx", "exchange", "SDMX message"),
    Step(11, "evidence and indicators", "hub/evidence", "producers' figures", "flows", "published table"),
    Step(12, "forecast and contingency", "hub/forecasts", "standards", "displacement", "scenario with uncertainty"),
    Step(13, "meeting, commitment, follow-up", "hub/meetings", "–", "–", "public promise with its indicator"),
    Step(14, "information for the person", "portal", "leaflets, rights, costs", "–", "leaflet, answer"),
)


def table() -> str:
    """The flow as a Markdown table."""
    head = "| # | step | room | reads from the packs | core | what leaves |\n| --- | --- | --- | --- | --- | --- |"
    rows = (
        f"| {s.number} | {s.what} | `{s.room}`{'' if s.built else ' (to be built)'} | {s.reads} | {s.core} | {s.leaves} |"
        for s in FLOW
    )
    return "\n".join((head, *rows))


def picture() -> str:
    """The rooms that are built as a Mermaid drawing, in the order of the flow."""
    built = [s for s in FLOW if s.built]
    nodes = "\n".join(f'    s{s.number}["{s.number}. {s.what}<br/><small>{s.room}</small>"]' for s in built)
    ways = "\n".join(f"    s{a.number} --> s{b.number}" for a, b in pairwise(built))
    return f"```mermaid\nflowchart TD\n{nodes}\n{ways}\n```"


if __name__ == "__main__":
    print(table(), "\n", picture(), sep="\n")
