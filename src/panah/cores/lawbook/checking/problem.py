"""One problem, one sentence: where, what, what was found, what is allowed and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` is relative to the packs folder; the other parts may be empty where they would repeat the first.

    A `warning` is shown and fails nothing: what is lacking is known to be lacking and is shown as missing to its reader.
    """

    path: str
    what: str
    found: str = ""
    allowed: str = ""
    remedy: str = ""
    warning: bool = False

    def __str__(self) -> str:
        parts = [f"{self.path}: {'warning: ' if self.warning else ''}{self.what}"]
        if self.found:
            parts.append(f"found {self.found}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.remedy:
            parts.append(self.remedy)
        return " ".join("; ".join(part.rstrip(".;") for part in parts).split()) + "."
