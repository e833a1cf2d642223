"""What was written, under the complaint's own key: destroying that key erases the words everywhere and leaves the counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from panah.foundation.keys.service import KeyDestroyed, seal_for, unseal_for


def closed(complaint: UUID, said: Mapping[str, str]) -> bytes:
    return seal_for(complaint, json.dumps(dict(said), ensure_ascii=False).encode())


def read(complaint: UUID, sealed: bytes | memoryview | None) -> dict[str, str]:
    """What was said; nothing where the key was destroyed."""
    if sealed is None:
        return {}
    try:
        return dict(json.loads(unseal_for(complaint, bytes(sealed))))
    except KeyDestroyed:
        return {}
