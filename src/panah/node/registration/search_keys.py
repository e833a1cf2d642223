"""The keys under which files are found, and what is known of a person for comparing. Written by actions.py."""

from __future__ import annotations

from collections.abc import Iterable

from panah.cores.identity.keys import birth_key, document_key, name_keys
from panah.cores.identity.likeness import Traits
from panah.foundation.keys.service import installation_key
from panah.node.registration.models import IdentityDocument, Name, NameKind, PersonFile, SearchKey
from panah.node.registration.rules import as_birth

_ORDER = (NameKind.GIVEN, NameKind.PATRONYMIC, NameKind.FAMILY, NameKind.FATHER, NameKind.GRANDFATHER)


def keys_of(file: PersonFile, names: Iterable[Name], documents: Iterable[IdentityDocument]) -> list[SearchKey]:
    """The keys of a file, not yet written."""
    keys = name_keys(name.text for name in names)
    keys |= {key_of_number(document.number) for document in documents if document.number}
    if day := birth_key(as_birth(file.birth, file.birth_from, file.birth_to, file.birth_precision)):
        keys |= {day}
    first = file.birth_from.year if file.birth_from else None
    last = file.birth_to.year if file.birth_to else None
    return [SearchKey(file=file, key=key, birth_from=first, birth_to=last) for key in sorted(keys)]


def key_of_number(number: str) -> str:
    return document_key(installation_key("search"), number)


def traits_of(file: PersonFile, names: Iterable[Name], documents: Iterable[IdentityDocument]) -> Traits:
    """What is known of the file's person, as the identity core compares it."""
    listed = list(names)
    return Traits(
        names=full_names((name.kind, name.script, name.text) for name in listed),
        fathers=tuple(name.text for name in listed if name.kind in {NameKind.FATHER, NameKind.PATRONYMIC}),
        birth=as_birth(file.birth, file.birth_from, file.birth_to, file.birth_precision),
        sex=file.sex,
        citizenships=frozenset(file.citizenships),
        documents=tuple((document.issuer, document.number) for document in documents if document.number),
    )


def full_names(parts: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """Whole names out of (kind, script, text): each one as stated, and for each script its parts in one line."""
    whole: list[str] = []
    by_script: dict[str, dict[str, str]] = {}
    for kind, script, text in parts:
        if kind == NameKind.AS_STATED:
            whole.append(text)
        else:
            by_script.setdefault(script, {})[kind] = text
    whole += [" ".join(found[kind] for kind in _ORDER if kind in found) for found in by_script.values()]
    return tuple(dict.fromkeys(whole))
