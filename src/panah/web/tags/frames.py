"""Parts that stand around other content: page header, scroll region, facts, links along the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from panah.web.parts import Link, Text
from panah.web.tags.cells import shown

register = template.Library()


@register.simple_block_tag(end_name="end_page_header")
def page_header(content: str, title: Text, lead: Text = "", above: Text = "") -> SafeString:
    """The heading of the page, one sentence under it, a short line above it; the content is its buttons, the next
    step first.
    """
    return render_to_string(
        "panah/page_header.html",
        {"title": title, "lead": lead, "above": above, "buttons": content if content.strip() else ""},
    )


@register.simple_block_tag(end_name="end_scroll_region")
def scroll_region(content: str, label: Text) -> SafeString:
    """Holds what may be wider than the page; it scrolls by itself, also by keyboard, and is announced by its label."""
    return format_html('<div class="scroll-region" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.inclusion_tag("panah/facts.html")
def facts(pairs: Iterable[tuple[Text, Any]]) -> dict[str, Any]:
    """A list of label and value. Values as in a table's cells; one that is None or empty is shown as not known."""
    return {"pairs": [(label, shown(value)) for label, value in pairs]}


@register.inclusion_tag("panah/breadcrumb.html")
def breadcrumb(links: Sequence[Link | tuple[Text, str]], here: Text) -> dict[str, Any]:
    """The way to this page: Links or (text, address), then the name of this page."""
    return {"links": [link if isinstance(link, Link) else Link(*link) for link in links], "here": here}


@register.inclusion_tag("panah/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the pages of a list (`?page=`), the other parameters of the address kept. Nothing when there is one
    page.
    """
    return {
        "page": page,
        "query": query(context),
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1),
    }


def query(context: template.Context) -> QueryDict:
    """The parameters of the address of the page that is being rendered."""
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.inclusion_tag("panah/empty_state.html")
def empty_state(sentence: Text, url: str = "", label: Text = "") -> dict[str, Any]:
    """What a list says when it is empty: one sentence, and the next step as a link."""
    return {"sentence": sentence, "url": url, "label": label}


@register.inclusion_tag("panah/print_button.html")
def print_button() -> dict[str, Any]:
    """Prints the page. Only there when scripts run; every browser prints without it."""
    return {}
