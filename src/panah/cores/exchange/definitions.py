"""The dimensions of any data structure in a structure file, of SDMX-ML 2.0, 2.1 and 3.0 alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from panah.cores.exchange.messages import Unreadable, text_of

_REFERENCE = re.compile(r"DataStructure=[^:]+:([^(]+)\(")


def dimensions_in(content: bytes) -> Mapping[str, tuple[str, ...]]:
    """The ids of the dimensions in order, time last, by id of the data structure and of each dataflow over it.

    Only names and places are read, so that a file that is otherwise out of order still serves.
    Raises Unreadable for what is no structure file.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(text_of(content).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"This is no SDMX structure file: {error}.") from error
    found = {}
    for definition in _named(root, "DataStructure", "KeyFamily"):
        ids = tuple(_dimensions(definition))
        if ids and definition.get("id"):
            found[str(definition.get("id"))] = ids
    for dataflow in _named(root, "Dataflow"):
        ids = found.get(_structure_of(dataflow), ())
        if ids and dataflow.get("id"):
            found.setdefault(str(dataflow.get("id")), ids)
    if not found:
        raise Unreadable("This file defines no data structure; a structure file with a DataStructure is expected.")
    return found


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (element for element in root.iter("{*}*") if etree.QName(element).localname in names)


def _dimensions(definition: etree._Element) -> Iterator[str]:
    last: list[str] = []
    for element in _named(definition, "Dimension", "TimeDimension"):
        id_ = element.get("id") or element.get("conceptRef") or element.get("concept")
        if id_ is None:
            continue
        if etree.QName(element).localname == "TimeDimension":
            last.append(str(id_))
        else:
            yield str(id_)
    yield from last


def _structure_of(dataflow: etree._Element) -> str:
    for element in _named(dataflow, "Structure", "KeyFamilyRef"):
        reference = _REFERENCE.search(element.text or "")
        if reference:
            return reference.group(1)
        for inner in element.iter("{*}*"):
            if etree.QName(inner).localname in ("Ref", "KeyFamilyID"):
                return str(inner.get("id") or inner.text or "")
    return ""
