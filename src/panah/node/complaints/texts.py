"""What the complainer reads, in their language: texts of the pack, each marked where it is not there in that language."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from panah.cores.screening.wording import wording
from panah.foundation.languages import LANGUAGES, Language, of_tag
from panah.node.registration import service as registration
from panah.web import reading

_WAY_BACK = "en"


@dataclass
class Texts:
    """The texts in one language. A missing one is given in English, marked so, and counted in `missing`."""

    language: Language
    missing: set[str] = field(default_factory=set)
    unchecked: bool = False

    def plain(self, identifier: str, **names: object) -> str:
        """The text itself, for what cannot hold a mark, such as a choice."""
        return self._found(identifier)[0].format(**names) if names else self._found(identifier)[0]

    def marked(self, identifier: str, **names: object) -> SafeString:
        """The text with its language and direction where these are not the page's."""
        text, tag = self.plain(identifier, **names), self._found(identifier)[1]
        if tag == self.language.tag:
            return format_html("{}", text)
        return format_html('<span lang="{}" dir="{}">{}</span>', tag, reading.direction(tag), text)

    def _found(self, identifier: str) -> tuple[str, str]:
        pack = registration.node_pack()
        words = wording(pack)
        found = words.text(identifier, self.language.tag)
        if found is None:
            self.missing.add(identifier)
            found = words.text(identifier, _WAY_BACK)
            return (found.text if found else identifier), _WAY_BACK
        if not found.reviewed and self.language.tag not in (*pack.languages_checked, _WAY_BACK):
            self.unchecked = True
        return found.text, self.language.tag


def of_reader(tag: str) -> Texts:
    """The texts for a reader of this language; English where we have none of its languages."""
    language = of_tag(tag) or of_tag(_WAY_BACK) or LANGUAGES[0]
    return Texts(language)
