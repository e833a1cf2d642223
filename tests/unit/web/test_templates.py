"""Rules that hold for the templates of every room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Engine, engines

import panah

SOURCE = Path(panah.__file__).parent
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html"))
# Papers (they lay out a sheet with @page) are printed here and never sent to a browser.
PARTS_OF_PAPERS = {"paper_rows.html"}
PAGES = [
    path for path in TEMPLATES if "@page" not in path.read_text(encoding="utf-8") and path.name not in PARTS_OF_PAPERS
]


def ids(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_a_template_compiles(path: Path) -> None:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    engine.from_string(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_a_page_has_nothing_that_the_content_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|<style\b|\son[a-z]+=|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_a_template_uses_icons_that_are_in_the_sprite(path: Path) -> None:
    sprite = (SOURCE / "web/static/vendor/bootstrap-icons/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    assert set(re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))) <= known


def test_badges_use_icons_that_are_in_the_sprite() -> None:
    from panah.web.tags.marks import BADGES

    sprite = (SOURCE / "web/static/vendor/bootstrap-icons/icons.svg").read_text(encoding="utf-8")
    assert {badge.icon for badge in BADGES.values() if badge.icon} <= set(re.findall(r'<symbol id="([\w-]+)"', sprite))
