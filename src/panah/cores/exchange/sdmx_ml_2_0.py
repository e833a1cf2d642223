"""Data messages of SDMX-ML 2.0, generic and compact, which no kept library reads and some offices of the region still write.

Names are told by their last part alone: files in use spell the address of the namespace in several ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

_EDITION = re.compile(r"""=\s*["'][^"']*/schemas/v2_0/""", re.IGNORECASE)
_PARTS = frozenset({"DataSet", "Group", "Series", "Obs"})

Found = tuple[str, Sequence[str], Sequence[Mapping[str, Any]], Mapping[str, str]]
"""Structure, columns in order, rows, attributes of the whole dataset."""


def is_2_0(text: str) -> bool:
    """Whether the beginning of an XML text names the schemas of SDMX-ML 2.0, in whatever case."""
    return bool(_EDITION.search(text[:4000])) and "/v2_1/" not in text[:4000]


def read_2_0(text: str) -> Iterator[Found]:
    """Each dataset of a message. Raises ValueError for what is no XML or no such message."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    sets = list(root.iter("{*}DataSet"))
    if not sets:
        raise ValueError("it has no DataSet")
    header = next((str(e.text).strip() for e in root.iter("{*}KeyFamilyRef") if e.text), "")
    for found in sets:
        yield _generic(found) if _inner(found, "KeyFamilyRef") is not None else _compact(found, header)


def _generic(found: etree._Element) -> Found:
    reference = _inner(found, "KeyFamilyRef")
    name = (reference.text or "").strip() if reference is not None else ""
    dimensions: dict[str, None] = {}
    rows: list[dict[str, Any]] = []
    groups = [
        (_concepts(_inner(group, "GroupKey")), _concepts(_inner(group, "Attributes")), list(_all(group, "Series")))
        for group in _all(found, "Group")
    ]
    inside = [(series, about) for _, about, members in groups for series in members]
    for series, about in [*((one, None) for one in _all(found, "Series")), *inside]:
        key = _concepts(_inner(series, "SeriesKey"))
        dimensions |= dict.fromkeys(key)
        shared = _of_groups(key, groups) if about is None else about
        shared = shared | _concepts(_inner(series, "Attributes"))
        for observation in _all(series, "Obs"):
            time, value = _inner(observation, "Time"), _inner(observation, "ObsValue")
            rows.append(
                {
                    **key,
                    "TIME_PERIOD": (time.text or "").strip() if time is not None else None,
                    "OBS_VALUE": value.get("value") if value is not None else None,
                    **shared,
                    **_concepts(_inner(observation, "Attributes")),
                }
            )
    return name, _columns(dimensions, rows), rows, _concepts(_inner(found, "Attributes"))


def _compact(found: etree._Element, name: str) -> Found:
    whole = {str(key): str(value) for key, value in found.attrib.items() if not str(key).startswith("{")}
    groups = [(dict(e.attrib), dict(e.attrib)) for e in found if _local(e) not in _PARTS]
    dimensions: dict[str, None] = {}
    rows: list[dict[str, Any]] = []
    for series in _all(found, "Series"):
        own = {str(key): str(value) for key, value in series.attrib.items()}
        dimensions |= dict.fromkeys(own)
        told = {
            key: value for group, about in groups if _fits(group, own) for key, value in about.items() if key not in own
        }
        for observation in _all(series, "Obs"):
            rows.append({**own, **{str(key): str(value) for key, value in observation.attrib.items()}, **told})
    return name, _columns(dimensions, rows), rows, whole


def _columns(dimensions: Mapping[str, None], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What stands in a series, then time and value, then everything else."""
    first = [*dimensions, "TIME_PERIOD", "OBS_VALUE"]
    return list(dict.fromkeys([*first, *(name for row in rows for name in row)]))


def _of_groups(
    key: Mapping[str, str], groups: Sequence[tuple[Mapping[str, str], Mapping[str, str], Any]]
) -> dict[str, str]:
    """What is said of all groups whose key this series has; those that hold their series themselves apart."""
    return {
        name: value
        for group, about, members in groups
        if not members and _fits(group, key)
        for name, value in about.items()
    }


def _fits(group: Mapping[Any, Any], key: Mapping[str, str]) -> bool:
    shared = [name for name in group if name in key]
    return bool(shared) and all(key[name] == group[name] for name in shared)


def _concepts(holder: etree._Element | None) -> dict[str, str]:
    return (
        {}
        if holder is None
        else {str(e.get("concept")): str(e.get("value")) for e in _all(holder, "Value") if e.get("concept")}
    )


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _local(child) == name)


def _inner(element: etree._Element, name: str) -> etree._Element | None:
    return next(_all(element, name), None)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
