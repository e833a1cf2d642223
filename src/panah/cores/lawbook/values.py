"""The two values that everything in a pack rests on: where a statement stands, and that there is no answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unknown:
    """There is no answer, and why. Never to be read as no, nor as the absence of a duty.

    `missing` names the fact, date or knowledge that is lacking, by the code used in packs; `why` is a sentence.
    """

    missing: str
    why: str

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Citation:
    """Where in which source a statement stands."""

    source: str
    article: str = ""
    paragraph: str = ""
    note: str = ""

    def __str__(self) -> str:
        parts = [self.source]
        if self.article:
            parts.append(f"art. {self.article}")
        if self.paragraph:
            parts.append(f"para. {self.paragraph}")
        return ", ".join(parts)
