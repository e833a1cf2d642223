"""Charts and maps. The figures are in the page as a table; scripts draw them from JSON (shapes:
docs/explanation/design-system.md).
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from panah.web.parts import Text

register = template.Library()

_CHART = ("vendor/echarts/echarts.common.min.js", "panah/js/chart.js", "panah/js/picture.js")
_MAP = (
    "vendor/d3-array/d3-array.min.js",
    "vendor/d3-geo/d3-geo.min.js",
    "vendor/topojson-client/topojson-client.min.js",
    "panah/js/map.js",
    "panah/js/picture.js",
)


@register.simple_block_tag(end_name="end_chart")
def chart(content: str, src: str, caption: Text, source: Text = "") -> SafeString:
    """A chart of the JSON at `src`; the content is the table of the same figures, `source` the line under it."""
    return _host("chart", content, {"src": src, "caption": caption, "source": source, "scripts": _addresses(_CHART)})


@register.simple_block_tag(end_name="end_area_map")
def area_map(content: str, src: str, caption: Text, source: Text = "") -> SafeString:
    """A map of the region coloured by the JSON at `src`; the content is the table of the same figures."""
    facts = {
        "src": src,
        "caption": caption,
        "source": source,
        "scripts": _addresses(_MAP),
        "borders": borders_address(),
    }
    return _host("map", content, facts)


def _host(kind: str, content: str, facts: dict[str, Any]) -> SafeString:
    return render_to_string("panah/figure.html", {"kind": kind, "table": content, **facts})


def _addresses(names: tuple[str, ...]) -> str:
    return " ".join(static(name) for name in names)


def borders_address() -> str:
    """Where the borders are fetched from: the installation's own file if it has one, else the one that came with the
    program.
    """
    return reverse("web:borders") if settings.PANAH_BORDERS else static("vendor/world-atlas/region-50m.json")
