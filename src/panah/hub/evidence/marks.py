"""Numbers in tables with the marks that stand beside them, and the legend of the marks under the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_lowercase

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panah.hub.evidence import words
from panah.hub.evidence.figures import Figure


class Legend:
    """Gives each kind of note a letter when it is first used on the page."""

    notes: Mapping[str, str | Promise] = words.NOTES

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def cell(self, figure: Figure | None, extra: Iterable[str] = ()) -> SafeString:
        """The number with its marks; where there is none, the words that say so."""
        if figure is None or figure.value is None:
            shown: str | SafeString = format_html('<span class="soft">{}</span>', _("no figure"))
        else:
            shown = words.value(figure)
        notes = [*(figure.flags if figure is not None else ()), *extra]
        return self.marked(shown, notes)

    def marked(self, shown: str | SafeString, notes: Iterable[str]) -> SafeString:
        """A text with the letters of its notes beside it."""
        letters = [self._letter(note) for note in notes]
        if not letters:
            return format_html("{}", shown)
        return format_html("{}<sup> {}</sup>", shown, ", ".join(letters))

    @property
    def lines(self) -> SafeString:
        """What the letters used so far mean; empty when there were none."""
        if not self._letters:
            return SafeString("")
        lines = ((letter, self.notes[note]) for note, letter in self._letters.items())
        return format_html('<p class="source">{}</p>', format_html_join(" ", "<sup>{}</sup> {}", lines))

    def _letter(self, note: str) -> str:
        return self._letters.setdefault(note, ascii_lowercase[len(self._letters)])
