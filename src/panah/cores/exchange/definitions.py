"""The data structures of structure files, of SDMX-ML 2.0, 2.1 and 3.0 alike, several versions side by side.

Only names and places are read, so that a file that is otherwise out of order, and trips the libraries, still serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from panah.cores.exchange.messages import Unreadable, text_of

_REFERENCE = re.compile(r"(?:[A-Za-z]+=)?(?:([^:=()]+):)?([^:=()]+)(?:\(([^)]*)\))?$")
_OF_STRUCTURE = re.compile(r"DataStructure=([^:]+:[^(]+\([^)]*\))")
_OF_LIST = re.compile(r"Codelist=([^:]+):([^(]+)\(([^)]*)\)")

ListKey = tuple[str, str]
"""Id and version of a code list; the version is empty where a file does not tell."""


@dataclass(frozen=True)
class Definition:
    """One data structure of one version.

    codes: the codes that a dimension or attribute may take, by its id; one that is not there takes anything.
    mandatory: the attributes that every observation must have. `flows` are the dataflows over the structure.
    """

    agency: str
    id: str
    version: str
    dimensions: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    mandatory: frozenset[str] = frozenset()
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    flows: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """As SDMX names it: `KG_NSC:SDG(1.8)`."""
        return f"{self.agency}:{self.id}({self.version})"


def definitions_in(content: bytes) -> tuple[Definition, ...]:
    """The data structures of a structure file. Raises Unreadable for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(text_of(content).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"This is no SDMX structure file: {error}.") from error
    lists = _lists(root)
    flows = [(str(flow.get("id")), _structure_of(flow)) for flow in _named(root, "Dataflow") if flow.get("id")]
    found = [
        made
        for element in _named(root, "DataStructure", "KeyFamily")
        if element.get("id") and (made := _definition(element, lists, flows)).dimensions
    ]
    if not found:
        raise Unreadable("This file defines no data structure; a structure file with a DataStructure is expected.")
    return tuple(found)


def defining(reference: str, definitions: Sequence[Definition]) -> Definition | None:
    """The definition that a dataset means by `DataStructure=KG_NSC:SDG(1.8)`, `SDG` or the name of a dataflow.

    The version that it names where that is there, else the last one of the same id: states cite versions that they no
    longer publish. None where no definition has the id.
    """
    read = _REFERENCE.match(reference.strip())
    if read is None:
        return None
    agency, id_, version = read.groups()
    alike = [known for known in definitions if id_ == known.id or id_ in known.flows]
    for known in alike:
        if known.version == version and agency in (None, known.agency):
            return known
    return max(alike, key=lambda known: _steps(known.version), default=None)


def _steps(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _definition(
    element: etree._Element, lists: Mapping[ListKey, frozenset[str]], flows: Sequence[tuple[str, str]]
) -> Definition:
    parts = {name: list(_named(element, name)) for name in ("Dimension", "TimeDimension", "Attribute")}
    dimensions = [id_ for part in (*parts["Dimension"], *parts["TimeDimension"]) if (id_ := _id(part))]
    attributes = [id_ for part in parts["Attribute"] if (id_ := _id(part))]
    codes = {}
    for part in (*parts["Dimension"], *parts["Attribute"]):
        listed = _codes_of(part, lists)
        if listed is not None:
            codes[_id(part)] = listed
    id_ = str(element.get("id"))
    made = Definition(
        str(element.get("agencyID") or element.get("agency") or ""), id_, str(element.get("version") or "1.0"), ()
    )
    return Definition(
        made.agency,
        id_,
        made.version,
        tuple(dimensions),
        tuple(attributes),
        frozenset(_id(part) for part in parts["Attribute"] if (part.get("assignmentStatus") or part.get("usage") or "").lower() == "mandatory"),
        codes,
        tuple(name for name, meant in flows if meant in (made.reference, id_)),
    )  # fmt: skip


def _id(element: etree._Element) -> str:
    return str(element.get("id") or element.get("conceptRef") or element.get("concept") or "")


def _lists(root: etree._Element) -> dict[ListKey, frozenset[str]]:
    """Each code list under its version and without one."""
    found: dict[ListKey, frozenset[str]] = {}
    for element in _named(root, "Codelist", "CodeList"):
        codes = frozenset(str(code.get("id") or code.get("value")) for code in _named(element, "Code"))
        found[str(element.get("id")), str(element.get("version") or "")] = codes
        found.setdefault((str(element.get("id")), ""), codes)
    return found


def _codes_of(component: etree._Element, lists: Mapping[ListKey, frozenset[str]]) -> frozenset[str] | None:
    """The codes of a component; None where it has no list, or the file does not bring it."""
    if component.get("codelist"):
        return lists.get((str(component.get("codelist")), ""))
    for element in _named(component, "Enumeration"):
        said = _OF_LIST.search(element.text or "")
        if said:
            return lists.get((said.group(2), said.group(3)))
        for reference in _named(element, "Ref"):
            return lists.get((str(reference.get("id")), str(reference.get("version") or "")))
    return None


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (element for element in root.iter("{*}*") if etree.QName(element).localname in names)


def _structure_of(dataflow: etree._Element) -> str:
    """What a dataflow is over: `KG_NSC:SDG(1.8)`, or the id alone."""
    for element in _named(dataflow, "Structure", "KeyFamilyRef"):
        said = _OF_STRUCTURE.search(element.text or "")
        if said:
            return said.group(1)
        for inner in _named(element, "Ref", "KeyFamilyID"):
            if inner.get("agencyID") and inner.get("version"):
                return f"{inner.get('agencyID')}:{inner.get('id')}({inner.get('version')})"
            return str(inner.get("id") or inner.text or "").strip()
    return ""
