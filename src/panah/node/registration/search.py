"""Search before create: the files that are perhaps of the same person. Proposals with reasons; nothing is merged.

Two steps (docs/algorithms/search-before-create.md): the database gives the files that share the rarest keys, near in
year of birth; the identity core compares each of them with what is sought. Reading only.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import Case, Count, F, FloatField, Max, Q, QuerySet, Value, When

from panah.cores.identity.birth import Birth
from panah.cores.identity.keys import birth_key, grouped_keys
from panah.cores.identity.likeness import Likeness, Traits, compare
from panah.cores.identity.names import words
from panah.node.registration.models import IdentityDocument, Name, PersonFile, SearchKey
from panah.node.registration.search_keys import key_of_number, traits_of

COMPARED = 120
"""Files that are compared with what is sought, at most."""

MOST_GROUPS = 10
SHOWN_FROM = 0.05
"""Score below which a file is not worth an officer's look."""

PRIOR = -3.0
"""Log odds that a file brought up by the search is the person's, before it is compared: one in twenty."""

YEARS_AROUND = 3
_ALL_PERSONS = 1e7


@dataclass(frozen=True)
class Found:
    """A file that is perhaps of the person sought."""

    file: PersonFile
    names: tuple[str, ...]
    likeness: Likeness


def find(sought: Traits, *, without: UUID | None = None, limit: int = 5) -> tuple[Found, ...]:
    """The likeliest files, best first, at most `limit`; those that a document number points to are always among the compared."""
    near = _candidates(sought)
    by_id = PersonFile.objects.in_bulk([identifier for identifier in near if identifier != without])
    names: dict[UUID, list[Name]] = defaultdict(list)
    for name in Name.objects.filter(file__in=by_id):
        names[name.file_id].append(name)
    documents: dict[UUID, list[IdentityDocument]] = defaultdict(list)
    for document in IdentityDocument.objects.filter(file__in=by_id).defer("zone", "reading"):
        documents[document.file_id].append(document)
    found = []
    for identifier, file in by_id.items():
        traits = traits_of(file, names[identifier], documents[identifier])
        found.append(Found(file, traits.names, compare(sought, traits, prior=PRIOR)))
    likely = sorted(
        (one for one in found if one.likeness.score >= SHOWN_FROM),
        key=lambda one: (-one.likeness.score, one.file.number),
    )
    return tuple(likely[:limit])


def _candidates(sought: Traits) -> list[UUID]:
    numbers = [key_of_number(number) for _, number in sought.documents if number]
    exact = [*numbers, day] if (day := birth_key(sought.birth)) else numbers
    ids = list(SearchKey.objects.filter(key__in=exact).values_list("file", flat=True)[:COMPARED]) if exact else []
    groups = _groups((*sought.names, *sought.fathers))
    if groups:
        ids += _by_name(groups, sought.birth)
    return list(dict.fromkeys(ids))


def _groups(names: Iterable[str]) -> list[frozenset[str]]:
    """One group of keys for each word; words that share a key are one group."""
    groups: list[frozenset[str]] = []
    for group in chain.from_iterable(grouped_keys(words(name)) for name in names):
        meeting = [known for known in groups if known & group]
        groups = [known for known in groups if known not in meeting]
        groups.append(frozenset(group.union(*meeting)))
    return groups[:MOST_GROUPS]


def _by_name(groups: Sequence[frozenset[str]], birth: Birth | None) -> list[UUID]:
    """Files that share keys, ordered by how rare the shared words are; two ways, so that a wrong year loses nobody with a rare name."""
    keys = frozenset().union(*groups)
    counts = dict(SearchKey.objects.filter(key__in=keys).values_list("key").annotate(n=Count("id")))
    known = [frozenset(key for key in group if key in counts) for group in groups]
    weighed = [(group, math.log(_ALL_PERSONS / sum(counts[key] for key in group))) for group in known if group]
    if not weighed:
        return []
    score = sum((_worth(group, weight) for group, weight in weighed[1:]), _worth(*weighed[0]))
    rows = SearchKey.objects.filter(key__in=frozenset().union(*(group for group, _ in weighed)))
    if birth is None:
        return _best(rows, score, COMPARED)
    near = Q(birth_from=None) | Q(
        birth_from__lte=birth.latest.year + YEARS_AROUND, birth_to__gte=birth.earliest.year - YEARS_AROUND
    )
    return _best(rows.filter(near), score, COMPARED * 3 // 4) + _best(rows, score, COMPARED // 4)


def _worth(group: frozenset[str], weight: float) -> Max:
    return Max(Case(When(key__in=group, then=Value(weight)), default=Value(0.0), output_field=FloatField()))


def _best(rows: QuerySet[SearchKey], score: Max, most: int) -> list[UUID]:
    ranked = rows.values("file").annotate(score=score).order_by(F("score").desc(), "file")
    return [row["file"] for row in ranked[:most]]
