"""`{% load complaints %}`: the pack's words for the complainer."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from panah.node.complaints.texts import Texts

register = template.Library()


@register.filter
def pack(texts: Texts, name: str) -> SafeString:
    """The text of the public page by its short name, or `leaflet.…` by its whole one."""
    return texts.marked(name if name.startswith("leaflet.") else f"complain.{name}")


@register.filter
def pack_plain(texts: Texts, name: str) -> str:
    """The same for an attribute, which can hold no mark."""
    return texts.plain(f"complain.{name}")
