"""The pack's texts for this room: what a person reads or is asked, and what codes are called, with a marked way back to English."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from panah.cores.screening.wording import wording
from panah.foundation.languages import of_tag
from panah.node.registration import service as registration
from panah.web import reading

_WAY_BACK = "en"


@dataclass(frozen=True)
class Said:
    """A text in a language (`tag`, of foundation.languages). `checked` is whether a speaker of it has checked it; `fell_back`
    whether the text was wanted in another language that has none."""

    text: str
    tag: str
    checked: bool
    fell_back: bool = False

    @property
    def direction(self) -> str:
        return reading.direction(self.tag)


def in_language(identifier: str, tag: str) -> Said | None:
    """The text in the language that serves a speaker of `tag`, or None: a missing text is shown as missing."""
    pack, language = registration.node_pack(), of_tag(tag)
    found = wording(pack).text(identifier, language.tag) if language else None
    if language is None or found is None:
        return None
    return Said(found.text, language.tag, found.reviewed or language.tag in pack.languages_checked)


def read(identifier: str, tag: str) -> Said:
    """The text in that language, else in English and marked so, else the id itself."""
    found = in_language(identifier, tag)
    if found:
        return found
    english = in_language(identifier, _WAY_BACK)
    return Said(english.text if english else identifier, _WAY_BACK, bool(english and english.checked), fell_back=True)


def drafts(tag: str) -> tuple[Said, ...]:
    """What an unchecked paper says of itself, in its own language and in English."""
    return tuple(read("paper.draft", each) for each in dict.fromkeys((tag, _WAY_BACK)))


def own(identifier: str) -> str:
    """The text in the language of the page's reader."""
    return read(identifier, get_language() or _WAY_BACK).text


def title(kind: str, code: str) -> str:
    """What a code is called for the page's reader; `kind` is profile, need, referral, safeguard or information."""
    return own(f"{kind}.{code}")


def ids(prefix: str) -> tuple[str, ...]:
    """The ids of the texts that begin so, in the order of their table."""
    return tuple(identifier for identifier in wording(registration.node_pack()).texts if identifier.startswith(prefix))
