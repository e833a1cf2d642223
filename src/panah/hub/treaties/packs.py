"""What the packs say: by which treaties a state holds itself bound, where rules rest on a treaty or an act, and whether its law has
what a standard asks for. Read only; nothing in a pack is changed from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from panah.cores.lawbook import Pack, Unknown, load_pack, pack_codes
from panah.hub.treaties.tables import REGION

FLOOR = "_floor"
FOUND, NOT_FOUND, NOT_KNOWN = "found", "not_found", "unknown"
LOOKED_FOR = "looked_for"
"""The amount of a finding that is unknown although somebody looked for it."""
_SKIPPED = frozenset({"sources", "treaties", "cases", "translations"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a pack's `treaties/`; `pack` is its code and version."""

    state: str
    instrument: str
    action: str
    on: str
    in_force: str
    checked_on: str
    verified: bool
    pack: str

    @property
    def key(self) -> str:
        return f"{self.state}-{self.instrument}".lower()


@dataclass(frozen=True, slots=True)
class Cited:
    """That something in a pack rests on a source. `where` is the id of the rule, standard or value."""

    cited: str
    pack: str
    kind: str
    where: str
    article: str
    says_en: str
    says_ru: str

    @property
    def key(self) -> str:
        return f"{self.cited}-{self.pack}-{self.kind}-{self.where}-{self.article}"[:200]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a state's pack says of one standard on a day."""

    standard: str
    state: str
    finding: str
    amount: str
    since: str
    law: str
    article: str
    verified: bool
    pack: str

    @property
    def key(self) -> str:
        return f"{self.standard}-{self.state}".lower()


def of_region() -> tuple[Pack, ...]:
    """The packs of the ten states that came with the program, by code."""
    wanted = {state.lower() for state in REGION}
    return tuple(load_pack(code) for code in pack_codes() if code in wanted)


def digest() -> str:
    """What tells one state of all packs from another."""
    return " ".join(f"{pack.code}:{pack.digest}" for pack in of_region())


def entries() -> Iterator[Entry]:
    """Every line of every pack's `treaties/`."""
    for pack in of_region():
        for document in pack.documents("treaties"):
            for line in document.body.get("treaties", ()):
                yield Entry(
                    state=pack.code.upper(),
                    instrument=line["instrument"],
                    action=line["action"],
                    on=str(line.get("on", "")),
                    in_force=str(line.get("in_force", "")),
                    checked_on=str(line["checked_on"]),
                    verified=_yes(line["verified"]),
                    pack=f"{pack.code} {pack.version}",
                )


def citations() -> Iterator[Cited]:
    """Where the packs and the floor cite a source, each place once. The floor is read from the first pack."""
    seen: set[str] = set()
    for number, pack in enumerate(of_region()):
        for kind, documents in pack.all_documents.items():
            if kind in _SKIPPED:
                continue
            for document in documents:
                if document.origin == FLOOR and number:
                    continue
                stem = document.path.split("/", 2)[2].removesuffix(".yaml")
                for found in _walk(document.body, (document.origin, kind), stem, ("", "")):
                    if found.key not in seen:
                        seen.add(found.key)
                        yield found


def findings(standards: Mapping[str, tuple[str, str]], on: date) -> Iterator[Finding]:
    """For each standard (key: parameter and the answer that meets it) and state, what the pack says on a day.

    Found: the value is there and meets it. Not found: the value is there and says otherwise. Everything else is unknown: a law that nobody
    could read is no law without a provision."""
    for pack in of_region():
        for key, (name, meets) in standards.items():
            parameter = pack.parameters.get(name)
            if parameter is None or parameter.origin == FLOOR:
                yield _unknown(key, pack)
                continue
            value = parameter.value_on(on)
            if isinstance(value, Unknown) or value.amount not in ("yes", "no"):
                yield _unknown(key, pack, LOOKED_FOR)
                continue
            yield Finding(
                standard=key,
                state=pack.code.upper(),
                finding=FOUND if value.amount == meets else NOT_FOUND,
                amount=value.amount,
                since=value.start.isoformat() if value.start_is in ("in_force", "act") else "",
                law=value.citation.source,
                article=value.citation.article,
                verified=value.verified,
                pack=f"{pack.code} {pack.version}",
            )


def _unknown(key: str, pack: Pack, amount: str = "") -> Finding:
    return Finding(key, pack.code.upper(), NOT_KNOWN, amount, "", "", "", False, f"{pack.code} {pack.version}")


def _walk(node: Any, at: tuple[str, str], where: str, says: tuple[str, str]) -> Iterator[Cited]:
    """All citations below a node, with the nearest id and title above them."""
    if isinstance(node, Mapping):
        where = str(node.get("id", where))
        said = next((node[name] for name in ("says", "title", "what") if isinstance(node.get(name), Mapping)), None)
        says = (str(said.get("en", "")), str(said.get("ru", ""))) if said else says
        for name in ("citation", "citations", "because"):
            listed = node.get(name)
            for one in listed if isinstance(listed, (list, tuple)) else (listed,):
                if isinstance(one, Mapping) and "source" in one:
                    yield Cited(str(one["source"]), at[0], at[1], where[:160], str(one.get("article", ""))[:80], *says)
        for name, below in node.items():
            if name not in ("citation", "citations", "also_reported"):
                yield from _walk(below, at, where, says)
    elif isinstance(node, (list, tuple)):
        for below in node:
            yield from _walk(below, at, where, says)


def _yes(value: Any) -> bool:
    return value is True or str(value).lower() == "yes"
