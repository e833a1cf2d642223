"""From a folder of packs to one immutable `Pack`.

Reading is strict about YAML and about the keys that the pack cannot do without; everything else a pack may get
wrong is found by `check`, which names each problem. No clock, no network: the same files give the same pack.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from panah.cores.lawbook import reading, reading_dealings
from panah.cores.lawbook.dealings import Procedure
from panah.cores.lawbook.errors import PackError, PackNotFound
from panah.cores.lawbook.model import Document, Pack, Parameter, Review, Stamp
from panah.cores.lawbook.text import frozen, parse_mapping
from panah.cores.shipped import folder

FLOOR = "_floor"
MACHINE_READ = {".yaml", ".yml", ".csv"}


def packs_root() -> Path:
    """Where the packs lie: the environment's PANAH_PACKS, else `packs/` of the source tree, else the installed copy."""
    given = os.environ.get("PANAH_PACKS")
    return Path(given) if given else folder("packs", FLOOR)


def pack_codes(root: Path | None = None) -> tuple[str, ...]:
    """The codes of the country packs in a packs folder, sorted; `_floor` and `_schema` are not among them."""
    folder = root or packs_root()
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            entry.name for entry in folder.iterdir() if entry.name[0] not in "._" and (entry / "pack.yaml").is_file()
        )
    )


def load_pack(code: str, root: Path | None = None) -> Pack:
    """The pack with that code, over the floor of the same folder; read once and kept for the life of the program.

    Raises PackNotFound for a code that does not exist and PackError for a file that cannot be read.
    """
    return _load((root or packs_root()).absolute(), code)


@dataclass(frozen=True)
class Part:
    """The files of one folder of packs, parsed and not yet interpreted: a country pack or the floor."""

    code: str
    manifest: Mapping[str, Any]
    documents: Mapping[str, tuple[Document, ...]]
    reviews: tuple[Review, ...]
    files: Mapping[str, bytes]


def read_part(root: Path, code: str) -> Part:
    """One folder of packs as it lies on disk. Raises PackError for a file that is not readable YAML."""
    files = _files(root, code)
    name = f"{code}/pack.yaml"
    if name not in files:
        raise PackError(
            f"{name}: the file is missing. Every pack and the floor need it; packs/_schema says what it holds."
        )
    reviews = _reviews(files, code)
    return Part(
        code=code,
        manifest=parse_mapping(files[name], name),
        documents=_documents(files, code, reviews),
        reviews=reviews,
        files=files,
    )


@lru_cache(maxsize=64)
def _load(root: Path, code: str) -> Pack:
    known = pack_codes(root)
    if code not in known:
        raise PackNotFound(
            f"There is no pack '{code}'. The packs in {root} are: {', '.join(known) or 'none'}. Give one of these codes."
        )
    floor, own = read_part(root, FLOOR), read_part(root, code)
    try:
        return combine(root, floor, own)
    except (AttributeError, TypeError, KeyError) as wrong:
        raise PackError(
            f"{code}: a file of this pack or of the floor has the wrong shape ({wrong}). "
            f"Run `panah packs check {code}`, which names the file and the key."
        ) from wrong


def combine(root: Path, floor: Part, own: Part) -> Pack:
    """The pack that results from laying a state's files over the floor."""
    name, manifest = f"{own.code}/pack.yaml", own.manifest
    digest = _digest_of({**floor.files, **own.files})
    version = _required(manifest, "version", name)
    stamp = Stamp(own.code, version, digest)
    documents = {
        kind: floor.documents.get(kind, ()) + own.documents.get(kind, ())
        for kind in sorted({*floor.documents, *own.documents})
    }
    end_rule = manifest.get("end_on_non_working_day", {}).get("rule", "stays")
    parameters = [reading.parameter(document, stamp, end_rule) for document in documents.get("parameters", ())]
    floor_parameters = {parameter.name: parameter for parameter in parameters if parameter.origin == FLOOR}
    own_parameters = {parameter.name: parameter for parameter in parameters if parameter.origin != FLOOR}
    bodies, absences = reading.bodies(documents.get("bodies", ()))
    return Pack(
        code=own.code,
        version=version,
        digest=digest,
        title=frozen(manifest.get("title", {})),
        country=manifest.get("country", ""),
        languages=tuple(manifest.get("languages", ())),
        languages_checked=frozenset(manifest.get("languages_checked", ())),
        timezone=_required(manifest, "timezone", name),
        weekend=frozenset(reading.whole(day, name) for day in manifest.get("weekend", {}).get("days", ())),
        holidays=reading.holidays(manifest, name, documents.get("holidays", ())),
        covers_from=reading.day(_required(manifest, "covers_from", name), name),
        sources=MappingProxyType(reading.sources(documents.get("sources", ()))),
        parameters=MappingProxyType(
            {
                **floor_parameters,
                **{name: _over(own_parameters[name], floor_parameters.get(name)) for name in own_parameters},
            }
        ),
        floor=MappingProxyType(floor_parameters),
        bodies=bodies,
        absences=absences,
        places=reading.places(documents.get("places", ())),
        open_questions=(
            *reading.open_questions(own.code, manifest, parameters),
            *reading.open_questions(FLOOR, floor.manifest, ()),
            *reading.unnamed_bodies(own.code, bodies, absences),
        ),
        reviews=(*floor.reviews, *own.reviews),
        procedures=_shapes(floor, own),
        papers=reading_dealings.papers(documents.get("documents", ())),
        identity_numbers=reading_dealings.identity_numbers(documents.get("documents", ())),
        channels=reading_dealings.channels(documents.get("channels", ())),
        standards=reading_dealings.standards(documents.get("standards", ())),
        root=root,
        all_documents=MappingProxyType(documents),
    )


def _shapes(floor: Part, own: Part) -> tuple[Procedure, ...]:
    """The procedures of the pack, and the floor's shape of each that the pack does not describe at any time."""
    meanings = reading_dealings.meanings(floor.documents.get("outcomes", ()))
    described = reading_dealings.procedures(own.documents.get("procedures", ()), meanings)
    below = reading_dealings.procedures(floor.documents.get("procedures", ()), meanings)
    codes = {shape.code for shape in described}
    return (*described, *(shape for shape in below if shape.code not in codes))


def _over(own: Parameter, below: Parameter | None) -> Parameter:
    """A pack's parameter with the floor's values for the days before its own first one."""
    if below is None or not own.values or not below.values:
        return own
    first = own.values[0].start
    earlier = tuple(
        replace(value, end=min(value.end or date.max, first - timedelta(days=1)))
        for value in below.values
        if value.start < first
    )
    return replace(own, values=earlier + own.values)


def _files(root: Path, code: str) -> dict[str, bytes]:
    folder = root / code
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in MACHINE_READ and path.is_file()
    }


def _digest_of(files: Mapping[str, bytes]) -> str:
    whole = sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{sha256(files[name]).hexdigest()}\n".encode())
    return whole.hexdigest()


def _required(manifest: Mapping[str, Any], key: str, name: str) -> str:
    found = manifest.get(key)
    if not isinstance(found, str) or not found:
        raise PackError(f"{name}: the key '{key}' is missing or empty. Add it; packs/_schema says what it means.")
    return found


def _reviews(files: Mapping[str, bytes], code: str) -> tuple[Review, ...]:
    name = f"{code}/reviews.yaml"
    if name not in files:
        return ()
    listed = parse_mapping(files[name], name).get("reviews") or ()
    return tuple(
        Review(
            file=f"{code}/{entry.get('file', '')}",
            digest=entry.get("digest", ""),
            reviewer=entry.get("reviewer", ""),
            role=entry.get("role", ""),
            on=entry.get("on", ""),
        )
        for entry in listed
    )


def _documents(files: Mapping[str, bytes], code: str, reviews: Iterable[Review]) -> dict[str, tuple[Document, ...]]:
    by_kind: dict[str, list[Document]] = {}
    needed = 2 if code == FLOOR else 1
    for name, raw in files.items():
        parts = name.split("/")
        if len(parts) < 3 or not name.endswith((".yaml", ".yml")):
            continue
        digest = sha256(raw).hexdigest()
        agreed = {review.reviewer for review in reviews if review.file == name and review.digest == digest}
        by_kind.setdefault(parts[1], []).append(
            Document(
                path=name,
                origin=code,
                kind=parts[1],
                body=frozen(parse_mapping(raw, name)),
                digest=digest,
                reviewed=len(agreed) >= needed,
            )
        )
    return {kind: tuple(sorted(found, key=lambda document: document.path)) for kind, found in by_kind.items()}
