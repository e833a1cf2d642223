"""The colours of the pages can be told apart by those who see little (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import panah.web

CSS = Path(panah.web.__file__).parent / "static" / "panah" / "css"

TEXT_ON = {
    "paper": ("ink", "ink-soft", "accent", "accent-deep", "amber-ink", "danger-ink"),
    "ground": ("ink", "ink-soft", "accent", "accent-deep", "amber-ink", "danger-ink"),
    "accent-wash": ("ink", "accent", "accent-deep"),
    "amber-wash": ("ink", "amber-ink"),
    "danger-wash": ("ink", "danger-ink"),
    "accent": ("on-accent",),
    "accent-deep": ("on-accent",),
    "danger": ("on-danger",),
    "danger-deep": ("on-danger",),
    "bar": ("on-bar",),
}
SHAPES_ON = {
    "paper": ("control-line", "focus", "accent", "amber", "danger", *(f"series-{n}" for n in range(1, 7))),
    "ground": ("control-line", "focus", "amber", "danger"),
}


def palette(name: str) -> dict[str, str]:
    """The colours that a style sheet names, the dark one laid over the light one."""
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (CSS / "tokens.css").read_text()))
    return (
        light
        if name == "light"
        else light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (CSS / "dark.css").read_text()))
    )


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("under", "over"), [(under, over) for under, names in TEXT_ON.items() for over in names])
def test_words_stand_out_from_what_is_under_them(theme: str, under: str, over: str) -> None:
    colours = palette(theme)
    assert contrast(colours[under], colours[over]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("under", "over"), [(under, over) for under, names in SHAPES_ON.items() for over in names])
def test_shapes_that_carry_meaning_stand_out(theme: str, under: str, over: str) -> None:
    colours = palette(theme)
    assert contrast(colours[under], colours[over]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_steps_of_a_map_go_one_way(theme: str) -> None:
    steps = [luminance(palette(theme)[f"map-{step}"]) for step in range(1, 6)]
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_the_dark_palette_names_every_colour_of_the_light_one() -> None:
    named = set(re.findall(r"--([\w-]+): #", (CSS / "dark.css").read_text()))
    assert named == set(palette("light"))


def test_colours_are_named_in_the_palette_and_nowhere_else() -> None:
    for sheet in ("shell.css", "forms.css", "parts.css"):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", (CSS / sheet).read_text()) == [], sheet
