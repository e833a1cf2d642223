"""The compiled rules of the installation's pack, read once for each content of it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from panah.cores.lawbook import Pack, load_pack
from panah.cores.screening.rulebook import Rulebook, read_rulebook


def rulebook(pack: Pack) -> Rulebook:
    return _rulebook(pack.root, pack.code, pack.digest)


@lru_cache(maxsize=4)
def _rulebook(root: Path, code: str, digest: str) -> Rulebook:
    return read_rulebook(load_pack(code, root))
