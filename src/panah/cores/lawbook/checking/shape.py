"""Each file against the schema of its kind (packs/_schema), unknown keys and folders included."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry, Resource

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.loading import FLOOR, Part
from panah.cores.lawbook.model import Document
from panah.cores.lawbook.text import parse_mapping, thawed

SCHEMAS = "_schema"
CASES = "cases"


def check_shape(root: Path, part: Part) -> Iterator[Problem]:
    """Problems of shape in pack.yaml, reviews.yaml and every file below the pack's folders."""
    manifest_schema = "floor" if part.code == FLOOR else "pack"
    yield from _against(root, manifest_schema, thawed(part.manifest), f"{part.code}/pack.yaml")
    if part.manifest.get("code") not in (None, part.code):
        yield Problem(
            f"{part.code}/pack.yaml",
            "the code is not the name of the folder",
            f"'{part.manifest['code']}'",
            f"'{part.code}'",
            "Give the folder and the code the same name.",
        )
    reviews = f"{part.code}/reviews.yaml"
    if reviews in part.files:
        yield from _against(root, "review", parse_mapping(part.files[reviews], reviews), reviews)
    for kind, documents in part.documents.items():
        for document in documents:
            yield from _document(root, kind, document)


def facts_and_causes(root: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of `_schema/facts.yaml`: facts that start clocks, causes that stop them."""
    return _facts(root)


@lru_cache(maxsize=8)
def _facts(root: Path) -> tuple[frozenset[str], frozenset[str]]:
    content = parse_mapping((root / SCHEMAS / "facts.yaml").read_bytes(), f"{SCHEMAS}/facts.yaml")
    facts, causes = (frozenset(entry["code"] for entry in content[key]) for key in ("facts", "causes"))
    return facts, causes


def _document(root: Path, kind: str, document: Document) -> Iterator[Problem]:
    name = f"case-{document.body.get('kind', '')}" if kind == CASES else _singular(kind)
    if name in _schemas(root):
        yield from _against(root, name, thawed(document.body), document.path)
    elif kind == CASES:
        kinds = ", ".join(sorted(key.removeprefix("case-") for key in _schemas(root) if key.startswith("case-")))
        yield Problem(document.path, "no such kind of case", f"'{document.body.get('kind', '')}'", kinds, "Set `kind`.")
    else:
        what = "the folder is not one of a pack"
        remedy = f"Move the file to the folder of its kind, or add {SCHEMAS}/{name}.schema.yaml."
        yield Problem(document.path, what, f"'{kind}'", remedy=remedy)


def _singular(folder: str) -> str:
    return f"{folder[:-3]}y" if folder.endswith("ies") else folder.removesuffix("s")


def _against(root: Path, name: str, content: Any, path: str) -> Iterator[Problem]:
    for error in _validator(root, name).iter_errors(content):
        yield from _problems(error, path)


@lru_cache(maxsize=8)
def _schemas(root: Path) -> Mapping[str, Any]:
    return {
        path.name.removesuffix(".schema.yaml"): yaml.load(path.read_bytes(), Loader=_SAFE)  # noqa: S506 - a safe loader
        for path in sorted((root / SCHEMAS).glob("*.schema.yaml"))
    }


@lru_cache(maxsize=64)
def _validator(root: Path, name: str) -> Draft202012Validator:
    schemas = _schemas(root)
    registry: Registry[Any] = Registry().with_resources(
        (schema.get("$id", key), Resource.from_contents(schema)) for key, schema in schemas.items()
    )
    return Draft202012Validator(schemas[name], registry=registry)


_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _problems(error: ValidationError, path: str) -> Iterable[Problem]:
    """A validator's finding in our words: unknown keys, missing keys and wrong words each name what is allowed."""
    where, rule = _place(error), cast(Any, error.validator_value)
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    known: Mapping[str, Any] = schema.get("properties", {})
    if error.validator in ("oneOf", "anyOf") and error.context:
        return _one_of(error, path)
    if error.validator == "additionalProperties":
        unknown = sorted(set(cast(Any, error.instance)) - set(known))
        allowed = ", ".join(sorted(known))
        return [Problem(path, f"{where}: unknown key", f"'{key}'", allowed, "Correct or remove it.") for key in unknown]
    if error.validator == "required":
        missing = sorted(set(rule) - set(cast(Any, error.instance)))
        return [
            Problem(path, f"{where}: the key '{key}' is missing", remedy=_meaning(known.get(key))) for key in missing
        ]
    if error.validator in ("enum", "const"):
        allowed = ", ".join(map(str, rule if error.validator == "enum" else [rule]))
        return [Problem(path, f"{where}: not a word of the list", f"'{error.instance}'", allowed, "Use one of these.")]
    if "propertyNames" in error.absolute_schema_path:
        return [
            Problem(
                path,
                f"{where}: not a language tag",
                f"'{error.instance}'",
                "en, ru, kk and the like",
                "A text with a comma inside braces needs quotes.",
            )
        ]
    if schema == {}:
        what = f"{where}: a key does not belong to this kind"
        return [Problem(path, what, f"'{error.instance}'", remedy="Remove the key that holds this.")]
    return [Problem(path, f"{where}: {error.message}", allowed=schema.get("description", ""))]


def _one_of(error: ValidationError, path: str) -> Iterable[Problem]:
    """The nearest of several shapes explains itself; where they differ in their keys alone, the keys are named."""
    nearest = best_match(error.context or ())
    if nearest is not None and nearest.validator != "required":
        return _problems(nearest, path)
    needed = sorted({key for option in cast(Any, error.validator_value) for key in option.get("required", ())})
    what = f"{_place(error)}: exactly one of several keys must stand here"
    return [Problem(path, what, allowed=", ".join(needed), remedy="Add the missing one or remove the others.")]


def _meaning(schema: Any) -> str:
    return f"Add it: {schema['description']}" if isinstance(schema, Mapping) and "description" in schema else "Add it."


def _place(error: ValidationError) -> str:
    steps = [str(step + 1) if isinstance(step, int) else str(step) for step in error.absolute_path]
    return " ".join(steps) if steps else "top level"
