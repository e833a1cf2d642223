"""YAML as lawyers type it: every scalar stays text, a key stands once, an error names file and line.

YAML reads `no` as false and `2021-07-01` as a date; neither happens here. The schemas convert.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from panah.cores.lawbook.errors import PackError

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _TextLoader(_Base):  # type: ignore[misc]
    """The base loader of PyYAML, which knows no types, with duplicate keys refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        seen: dict[str, int] = {}
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _LineError(line, "a key is a list or a mapping; a key must be plain text.")
            if key_node.value in seen:
                raise _LineError(
                    line,
                    f"the key '{key_node.value}' stands twice (first on line {seen[key_node.value]}); "
                    "keep one of the two.",
                )
            seen[key_node.value] = line
        mapping: dict[str, Any] = super().construct_mapping(node, deep)
        return mapping


class _LineError(Exception):
    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def parse(text: str, name: str) -> Any:
    """The content of one YAML text with every scalar as str; `name` is the file named in errors.

    Raises PackError for broken YAML and for a key that stands twice.
    """
    try:
        return yaml.load(text, Loader=_TextLoader)  # noqa: S506 - a loader that makes text, lists and mappings only
    except _LineError as refused:
        raise PackError(f"{name}, line {refused.line}: {refused}") from None
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise PackError(
            f"{name}{line}: this is not readable YAML ({broken.problem}). Check indentation, colons and quotes."
        ) from None
    except yaml.YAMLError as broken:
        raise PackError(f"{name}: this is not readable YAML ({broken}).") from None


def read_mapping(path: Path, name: str) -> dict[str, Any]:
    """The mapping that a pack file holds; PackError when it is not UTF-8, not YAML or not a mapping."""
    return parse_mapping(path.read_bytes(), name)


def parse_mapping(raw: bytes, name: str) -> dict[str, Any]:
    """As `read_mapping`, from bytes already read."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise PackError(
            f"{name}: byte {broken.start} is not UTF-8. Pack files are UTF-8 text; save the file so."
        ) from None
    content = parse(text, name)
    if not isinstance(content, dict):
        found = "nothing" if not content else "a list" if isinstance(content, list) else "plain text"
        raise PackError(f"{name}: the file holds {found}. A pack file must be a mapping of keys to values.")
    return content


def frozen(value: Any) -> Any:
    """The same content that nobody can change: lists become tuples, mappings read-only views."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(frozen(inner) for inner in value)
    return value


def thawed(value: Any) -> Any:
    """The inverse of `frozen`, for validators that insist on dict and list."""
    if isinstance(value, Mapping):
        return {key: thawed(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [thawed(inner) for inner in value]
    return value
