"""Keys kept as files, readable by their owner only. No Django here: the settings themselves need one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from panah.foundation.keys.crypto import KEY_BYTES, CannotOpen


@cache
def read_or_make(folder: Path, name: str) -> bytes:
    """The 32 secret bytes in `folder/name.key`; made at first use and never overwritten. Raises CannotOpen for a file of another size."""
    path = folder / f"{name}.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written whole beside and then linked: of two processes that start together one wins, and neither reads half a key.
        draft = folder / f"{name}.{secrets.token_hex(4)}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise CannotOpen(
            f"The key file {path.name} does not hold {KEY_BYTES} bytes. Restore it from the backup of the keys."
        )
    return key
