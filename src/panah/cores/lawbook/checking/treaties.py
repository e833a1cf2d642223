"""A state's own law rests on a treaty only where the state is bound by it, or where the norm binds without one."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from panah.cores.lawbook import reading
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.loading import Part

BOUND: Final = frozenset({"party", "ratification", "accession", "succession"})
RESTS_ON_LAW: Final = ("parameters", "rules", "safeguards", "pathways", "procedures", "standards")


def check_treaties(part: Part, floor: Part) -> Iterator[Problem]:
    """Citations of the floor's treaties in a pack's own files, against `treaties/` and the customary standards.

    Treaties that the pack describes itself are those that bind it, such as an agreement with a neighbour.
    """
    known = reading.sources(floor.documents.get("sources", ()))
    acts = {
        entry["instrument"]: entry["action"]
        for document in part.documents.get("treaties", ())
        for entry in document.body.get("treaties", ())
    }
    customary = set(_customary(floor)) | set(_customary(part))
    for kind in RESTS_ON_LAW:
        for document in part.documents.get(kind, ()):
            for cited in sorted(set(_cited(document.body))):
                source = known.get(cited)
                if source is None or source.kind != "treaty" or acts.get(cited) in BOUND or cited in customary:
                    continue
                if cited not in acts:
                    yield Problem(
                        document.path, "a treaty is cited whose status for this state is not given", f"'{cited}'",
                        "an instrument of treaties/", "Add its entry there.", warning=True,
                    )  # fmt: skip
                    continue
                yield Problem(
                    document.path, "a treaty is cited that does not bind this state", f"'{cited}' ({acts[cited]})",
                    ", ".join(sorted(BOUND)), "Cite what binds the state, or a customary norm of the floor's standards.",
                )  # fmt: skip


def _customary(part: Part) -> Iterator[str]:
    for document in part.documents.get("standards", ()):
        for standard in document.body.get("standards", ()):
            if standard.get("customary") == "yes":
                yield from _cited(standard)


def _cited(value: Any) -> Iterator[str]:
    """The ids of all sources cited anywhere in a file."""
    if isinstance(value, tuple | list):
        for inner in value:
            yield from _cited(inner)
    elif isinstance(value, Mapping):
        source = value.get("source")
        if isinstance(source, str):
            yield source
        for inner in value.values():
            yield from _cited(inner)
