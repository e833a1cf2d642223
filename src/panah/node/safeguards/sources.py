"""Citations of the installation's pack as a reader reads them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language, gettext

from panah.cores.lawbook import Citation, load_pack


def source_text(citations: Iterable[Citation]) -> str:
    """The sources by their titles in the reader's language; a source that the pack does not know stays as its id."""
    known, tag = load_pack(settings.PANAH_PACK).sources, get_language() or "en"
    texts = []
    for citation in citations:
        source = known.get(citation.source)
        title = (source.title.get(tag) or source.title.get("en") or citation.source) if source else citation.source
        place = _place(citation, law=source is None or source.kind in ("act", "treaty"))
        texts.append(f"{title}, {place}" if place else title)
    return "; ".join(texts)


def _place(citation: Citation, *, law: bool) -> str:
    parts = []
    if citation.article:
        parts.append(gettext("art. %(article)s") % {"article": citation.article} if law else citation.article)
    if citation.paragraph:
        parts.append(gettext("para. %(paragraph)s") % {"paragraph": citation.paragraph})
    return ", ".join(parts)
