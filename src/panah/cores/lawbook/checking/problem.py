"""One thing wrong with a pack, as a line that says where, what, what was found, what is allowed and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` is relative to the packs folder; the other parts may be empty where they would repeat the first."""

    path: str
    what: str
    found: str = ""
    allowed: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        parts = [f"{self.path}: {self.what}"]
        if self.found:
            parts.append(f"found {self.found}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.remedy:
            parts.append(self.remedy)
        return " ".join("; ".join(part.rstrip(".;") for part in parts).split()) + "."
