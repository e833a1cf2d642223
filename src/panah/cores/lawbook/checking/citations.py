"""Every citation leads to a source, and nothing is better verified than the source that it rests on."""

from collections.abc import Iterator, Mapping
from typing import Any

from panah.cores.lawbook import reading
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.errors import PackError
from panah.cores.lawbook.loading import FLOOR, Part
from panah.cores.lawbook.model import Source
from panah.cores.lawbook.text import frozen


def check_citations(part: Part, floor: Part) -> Iterator[Problem]:
    """Problems in `source` keys at any depth of any file, and in the ids of sources."""
    documents = part.documents.get("sources", ())
    try:
        own = reading.sources(documents)
        below = reading.sources(floor.documents.get("sources", ())) if part.code != FLOOR else {}
    except PackError as wrong:
        yield Problem(part.code, str(wrong))
        return
    for twice in sorted(own.keys() & below.keys()):
        yield Problem(
            f"{part.code}/sources", "the source is already described in the floor", f"'{twice}'", remedy="Use that one."
        )
    known = {**below, **own}
    yield from _walk(frozen(part.manifest), f"{part.code}/pack.yaml", known, "")
    for kind, found in part.documents.items():
        if kind != "sources":
            for document in found:
                yield from _walk(document.body, document.path, known, "")


def _walk(value: Any, path: str, known: Mapping[str, Source], place: str) -> Iterator[Problem]:
    if isinstance(value, tuple):
        for number, inner in enumerate(value, start=1):
            yield from _walk(inner, path, known, f"{place} {number}")
    if not isinstance(value, Mapping):
        return
    cited = value.get("source")
    if isinstance(cited, str) and cited not in known:
        yield Problem(
            path,
            f"{place.strip() or 'top level'}: the source is not described",
            f"'{cited}'",
            "an id in sources/ of the pack or of the floor",
            "Describe it there, or correct the id.",
        )
    yield from _better_verified_than_source(value, path, known, place)
    for key, inner in value.items():
        yield from _walk(inner, path, known, f"{place} {key}")


def _better_verified_than_source(
    value: Mapping[str, Any], path: str, known: Mapping[str, Source], place: str
) -> Iterator[Problem]:
    cited = value.get("citations", (value["citation"],) if "citation" in value else ())
    if value.get("verified") != "yes" or not isinstance(cited, tuple):
        return
    if not cited and "source" not in value and place.strip() != "holidays":
        yield Problem(
            path,
            f"{place.strip() or 'top level'}: verified yes without a citation",
            remedy="Say where it was read, or write verified no.",
        )
    sources = [known[entry["source"]] for entry in cited if isinstance(entry, Mapping) and entry.get("source") in known]
    if sources and not any(source.verified for source in sources):
        yield Problem(
            path,
            f"{place.strip() or 'top level'}: verified yes rests on a source that is not verified",
            ", ".join(f"'{source.id}' with confidence {source.confidence}" for source in sources),
            remedy="Write verified no, or cite a better source.",
        )
