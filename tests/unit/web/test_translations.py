"""The pages speak Russian completely, and the compiled words are those of the sources."""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import panah

SOURCE = Path(panah.__file__).parent
REMEDY = "Run ops/make-messages, write what it names into src/panah/locale/ru, and run it again."


def words(language: str, root: Path = SOURCE) -> Catalog:
    with (root / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language)


def forms_of(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text or ""),)


def test_nothing_is_without_russian_or_only_guessed() -> None:
    missing = [
        f"{message.locations[0][0]}: {forms_of(message.id)[0]}"
        for message in words("ru")
        if message.id and (message.fuzzy or not all(forms_of(message.string)))
    ]
    assert missing == [], REMEDY


def test_a_translation_keeps_the_places_for_names_and_numbers() -> None:
    for message in words("ru"):
        if message.fuzzy or not all(forms_of(message.string)):
            continue
        for text in forms_of(message.string):
            asked = set(re.findall(r"%\((\w+)\)", " ".join(forms_of(message.id))))
            given = set(re.findall(r"%\((\w+)\)", text))
            assert given <= asked, message.id
            # One form of a plural may do without the number, and then only without that.
            assert not message.id or asked - given <= {"number", "count", "counter"}, message.id


def test_the_compiled_words_are_those_of_the_sources() -> None:
    for language in ("en", "ru"):
        with (SOURCE / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
            spoken = gettext.GNUTranslations(compiled)
        for message in words(language):
            if not message.id or message.fuzzy or not all(forms_of(message.string)):
                continue
            if message.pluralizable:
                one, many = forms_of(message.id)
                said = {spoken.ngettext(one, many, count) for count in (1, 2, 5)}
                assert said <= set(forms_of(message.string)), REMEDY
            elif message.context:
                assert spoken.pgettext(message.context, str(message.id)) == message.string, REMEDY
            else:
                assert spoken.gettext(str(message.id)) == message.string, REMEDY


def test_every_string_of_the_source_has_been_collected(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.fail("xgettext is not installed. Install the Debian package `gettext`.")
    copy = tmp_path / "panah"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo"))
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale",
        "ru",
        "--no-obsolete",
        "--add-location",
        "file",
    ]
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    known = {(message.context, message.id) for message in words("ru")}
    found = {(message.context, message.id) for message in words("ru", copy)}
    assert found - known == set(), REMEDY
