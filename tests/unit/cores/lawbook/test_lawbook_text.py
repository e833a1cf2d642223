"""How pack files are read: text stays text, and what is wrong is named with its line."""

from __future__ import annotations

import pytest

from panah.cores.lawbook import PackError
from panah.cores.lawbook.text import frozen, parse, parse_mapping, thawed


@pytest.mark.parametrize("scalar", ["no", "yes", "on", "null", "~", "2021-07-01", "012", "1e3", "0x10", "1:30", "true"])
def test_a_scalar_stays_the_text_that_was_typed(scalar: str) -> None:
    assert parse(f"key: {scalar}", "a.yaml") == {"key": scalar}


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(PackError, match=r"a\.yaml, line 3: the key 'value' stands twice \(first on line 1\)"):
        parse('value: "1"\nother: x\nvalue: "2"\n', "a.yaml")


def test_a_key_that_stands_twice_deep_inside_is_refused() -> None:
    with pytest.raises(PackError, match="line 3"):
        parse('values:\n  - from: "2020"\n    from: "2021"\n', "a.yaml")


def test_broken_yaml_names_the_file_and_the_line() -> None:
    with pytest.raises(PackError, match=r"a\.yaml, line 3: this is not readable YAML"):
        parse("a: 1\nb: [1, 2\n", "a.yaml")


def test_a_list_as_key_is_refused() -> None:
    with pytest.raises(PackError, match="a key must be plain text"):
        parse("? [a, b]\n: c\n", "a.yaml")


@pytest.mark.parametrize(("raw", "found"), [(b"", "nothing"), (b"- a\n", "a list"), (b"word", "plain text")])
def test_a_file_that_is_no_mapping_says_what_it_holds(raw: bytes, found: str) -> None:
    with pytest.raises(PackError, match=f"holds {found}"):
        parse_mapping(raw, "a.yaml")


def test_a_file_that_is_not_utf8_says_where() -> None:
    with pytest.raises(PackError, match="byte 3 is not UTF-8"):
        parse_mapping(b"a: \xff\n", "a.yaml")


def test_what_is_frozen_cannot_be_changed_and_thaws_to_the_same() -> None:
    content = {"a": [{"b": "c"}], "d": {"e": "f"}}
    held = frozen(content)
    with pytest.raises(TypeError):
        held["a"] = "x"
    assert isinstance(held["a"], tuple)
    assert thawed(held) == content
