"""Datasets to SDMX messages and back.

pysdmx and pandas take seconds to load, and most commands and pages never write a message: they are loaded by what needs them.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from panah.cores.exchange.datasets import Dataset, Observation, require_carriable
from panah.cores.exchange.sdmx_json import NotSdmxJson, read_json, write_json
from panah.cores.exchange.sdmx_ml_2_0 import is_2_0, read_2_0
from panah.cores.exchange.sheets import NotSdmxCsv, read_sheets
from panah.cores.exchange.structure import the_structure

if TYPE_CHECKING:
    from panah.cores.exchange.definitions import Definition

Format = Literal["csv", "json", "xml-3.0", "xml-2.1"]
MEDIA: Mapping[Format, str] = {
    "csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "json": "application/vnd.sdmx.data+json;version=2.0.0",
    "xml-3.0": "application/vnd.sdmx.data+xml;version=3.0.0",
    "xml-2.1": "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
}
"""The media type of each format."""

MOST_BYTES = 64 * 1024 * 1024
VALUE = "OBS_VALUE"
TIME = "TIME_PERIOD"
_Found = tuple[str, Sequence[str], Sequence[Mapping[str, Any]], Mapping[str, str]]


class Unreadable(ValueError):
    """The bytes are not an SDMX message that can be read. The sentence says why."""


@dataclass(frozen=True)
class Letterhead:
    """Who says so, and when: the header of an SDMX-ML message. SDMX-CSV has none."""

    id: str
    sender: str
    prepared: datetime
    receiver: str = ""


def write(dataset: Dataset, format_: Format, letterhead: Letterhead) -> bytes:
    """The dataset as one SDMX message, in UTF-8. The same dataset always gives the same bytes.

    The dataset must be of one of our dataflows. Raises ValueError for a dataflow that there is not, and for codes
    that the format would not carry unchanged.
    """
    require_carriable(dataset)
    known = [flow.id for flow in the_structure().dataflows]
    if dataset.flow not in known:
        raise ValueError(f"There is no dataflow {dataset.flow!r} to write; there are {', '.join(known)}.")
    if format_ == "json":
        return write_json(dataset, the_structure(), letterhead)
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format as SdmxFormat
    from pysdmx.model.message import Header, Organisation

    prepared = _prepared(dataset)
    if format_ == "csv":
        text = write_sdmx(prepared, SdmxFormat.DATA_SDMX_CSV_2_0_0)
    else:
        header = Header(
            id=letterhead.id,
            prepared=letterhead.prepared,
            sender=Organisation(id=letterhead.sender),
            receiver=[Organisation(id=letterhead.receiver)] if letterhead.receiver else [],
        )
        kind = SdmxFormat.DATA_SDMX_ML_3_0 if format_ == "xml-3.0" else SdmxFormat.DATA_SDMX_ML_2_1_STR
        text = write_sdmx(prepared, kind, header=header, prettyprint=True)
    return str(text).encode()


def _prepared(dataset: Dataset) -> Any:
    import pandas as pd
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model.dataset import ActionType

    from panah.cores.exchange.artefacts import schema

    used = {name for observation in dataset.observations for name in observation.attributes}
    optional = [a.id for a in the_structure().attributes if a.id in used or (a.level == "O" and a.required)]
    columns = [*dataset.dimensions, VALUE, *optional]
    rows = [
        [*observation.key, observation.value, *(observation.attributes.get(name) for name in optional)]
        for observation in dataset.observations
    ]
    return PandasDataset(
        structure=schema(dataset.flow),
        attributes=dict(dataset.attributes),
        data=pd.DataFrame(rows, columns=columns, dtype=object),
        action=ActionType.Replace,
    )


def read(content: bytes, definitions: Sequence[Definition] = (), *, check: bool = True) -> tuple[Dataset, ...]:
    """The datasets of an SDMX message: SDMX-CSV 1.0 and 2, SDMX-JSON 1.0 and 2, SDMX-ML 2.0, 2.1 and 3.0.

    definitions: of structures other than ours, several versions side by side. For a dataset that none of them defines,
        what stands before the value is taken for its dimensions.
    check: hold SDMX-ML against the official schema.
    Raises Unreadable with a sentence. Nothing is fetched from anywhere, whatever the message refers to.
    """
    text = text_of(content)
    if text.startswith("{"):
        return tuple(_dataset(*found, definitions) for found in _of_json(text))
    if not text.startswith("<"):
        return tuple(_dataset(*found, definitions) for found in _of_csv(text))
    root = re.search(r"<(?:[\w.-]+:)?([A-Za-z]\w*)", text[:2000])
    if root and root.group(1) == "Structure":
        raise Unreadable("This SDMX message holds structures and no data; a data message is expected.")
    return tuple(_dataset(*found, definitions) for found in _of_xml(text, check=check))


def _of_csv(text: str) -> Iterator[_Found]:
    try:
        sheets = read_sheets(text)
    except NotSdmxCsv as error:
        raise Unreadable(f"This is no SDMX message that can be read: as SDMX-CSV, {error}.") from error
    for sheet in sheets:
        yield sheet.structure, sheet.columns, sheet.rows, {}


def _of_json(text: str) -> Iterator[_Found]:
    try:
        yield from read_json(text)
    except NotSdmxJson as error:
        raise Unreadable(f"This is no SDMX message that can be read: as SDMX-JSON, {error}.") from error


def _of_xml(text: str, *, check: bool) -> Iterator[_Found]:
    if is_2_0(text):
        try:
            yield from read_2_0(text)
        except ValueError as error:
            raise Unreadable(f"This is no SDMX message that can be read: as SDMX-ML 2.0, {error}.") from error
        return
    from pysdmx.io import read_sdmx

    try:
        with warnings.catch_warnings():
            # Headers name contacts, which are no part of the data and are not kept.
            warnings.simplefilter("ignore", UserWarning)
            message = read_sdmx(io.BytesIO(text.encode()), validate=check)
    except Exception as error:  # the reader raises many kinds for what others wrote
        raise Unreadable(f"This is no SDMX message that can be read: {_sentence(error)}") from error
    if message.data is None:
        raise Unreadable("This SDMX message holds no data; a data message is expected.")
    for found in message.data:
        table: Any = found
        structure = table.structure if isinstance(table.structure, str) else table.structure.short_urn
        rows = table.data.astype(object).where(table.data.notna(), None).to_dict(orient="records")
        attributes = {name: str(value) for name, value in table.attributes.items() if value is not None}
        yield structure, tuple(str(name) for name in table.data.columns), rows, attributes


def text_of(content: bytes) -> str:
    """The message as text. Raises Unreadable for what is too long, of a wrong encoding, or brings its own entities."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The message has {len(content)} bytes; allowed are {MOST_BYTES}.")
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([A-Za-z0-9_.-]+)[\"']", content[:200])
    encoding = declared.group(1).decode() if declared else "utf-8-sig"
    try:
        text = content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(f"The message is not text in the encoding {encoding}: {error}.") from error
    if "\0" in text or not text.strip():
        raise Unreadable("The message is empty or not text.")
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Unreadable("The message declares a document type or entities; an SDMX message needs none.")
    # What follows reads text; a declared encoding would be taken for that of the text.
    return re.sub(r"^(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text.lstrip(), count=1)


def schema_problems(text: str) -> tuple[str, ...]:
    """What the official schema of SDMX-ML finds wrong, as sentences of the checker. Empty for CSV, JSON and edition 2.0."""
    if not text.lstrip().startswith("<") or is_2_0(text):
        return ()
    from pysdmx.io.xml.doc_validation import validate_doc

    try:
        validate_doc(text)
    except Exception as error:
        return tuple(part.strip() for part in _sentence(error).split(";\n"))
    return ()


def _sentence(error: Exception) -> str:
    description = getattr(error, "description", None)
    if description:
        return str(description)
    return " ".join(str(error).split()) or type(error).__name__


def _dataset(
    reference: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    given: Mapping[str, str],
    definitions: Sequence[Definition],
) -> Dataset:
    structure = the_structure()
    flow = reference.partition(":")[2].partition("(")[0]
    if any(known.id == flow for known in structure.dataflows):
        keys = [d.id for d in structure.dimensions if d.id in columns]
        whole = {a.id for a in structure.attributes_at("D")} & set(columns)
    else:
        from panah.cores.exchange.definitions import defining

        said = defining(reference, definitions)
        known = said.dimensions if said else columns[: columns.index(VALUE)] if VALUE in columns else columns
        keys = [name for name in known if name in columns]
        whole = set()
    names = [name for name in columns if name not in keys and name not in whole and name != VALUE]
    attributes = dict(given)
    for name in sorted(whole):
        values = {_text(row.get(name)) for row in rows}
        if len(values) == 1 and None not in values:
            attributes[name] = values.pop() or ""
        else:
            names.append(name)
    return Dataset(
        structure=reference,
        dimensions=tuple(keys),
        observations=tuple(_observation(row, keys, names) for row in rows),
        attributes=attributes,
    )


def _observation(row: Mapping[str, Any], keys: Sequence[str], names: Sequence[str]) -> Observation:
    attributes = {name: text for name in names if (text := _text(row.get(name))) is not None}
    return Observation(tuple(_text(row.get(name)) or "" for name in keys), _text(row.get(VALUE)), attributes)


def _text(value: Any) -> str | None:
    text = None if value is None else str(value)
    return None if text in (None, "", "NaN", "#N/A") else text
