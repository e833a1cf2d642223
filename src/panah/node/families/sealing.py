"""What was said of people, sealed under the key of the person whose case it is."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from panah.foundation.keys import service as keys


def seal(file: UUID, **said: Any) -> bytes:
    return keys.seal_for(file, json.dumps(said, ensure_ascii=False).encode())


def unseal(file: UUID, sealed: bytes | memoryview | None) -> dict[str, Any]:
    """What was said; nothing where it was erased with the person's key."""
    if sealed is None:
        return {}
    try:
        found: dict[str, Any] = json.loads(keys.unseal_for(file, bytes(sealed)))
    except keys.KeyDestroyed:
        return {}
    return found
