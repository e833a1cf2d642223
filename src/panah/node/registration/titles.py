"""Places and bodies by the names that the pack gives them, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from panah.node.registration.actions import node_pack


def place_title(code: str) -> str:
    """The name of a place of the pack in the reader's language; its code when the pack has it no longer."""
    place = node_pack().place(code)
    return place.title.get(get_language() or "en", place.title.get("en", code)) if place else code


def body_title(code: str) -> str:
    """The name of a body in the reader's language, with that of its province where there is one office in each; the code when
    the pack has it no longer."""
    identifier, _, area = code.partition("/")
    body = next((one for one in node_pack().bodies if one.id == identifier), None)
    if body is None:
        return code
    title = body.title.get(get_language() or "en", body.title.get("en", identifier))
    return f"{title}, {place_title(area)}" if area else title
