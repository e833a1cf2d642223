"""Everything that a machine can find wrong with a pack. A clean pack is complete and consistent, not yet reviewed."""

from collections.abc import Iterable
from pathlib import Path

from panah.cores.lawbook.checking.bodies import check_bodies
from panah.cores.lawbook.checking.cases import check_cases
from panah.cores.lawbook.checking.citations import check_citations
from panah.cores.lawbook.checking.dealings import check_dealings
from panah.cores.lawbook.checking.floor import check_floor_kept
from panah.cores.lawbook.checking.holidays import check_holidays
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.checking.reviews import check_reviews
from panah.cores.lawbook.checking.rules import check_rules
from panah.cores.lawbook.checking.shape import SCHEMAS, check_shape
from panah.cores.lawbook.checking.times import check_times
from panah.cores.lawbook.checking.translations import check_translations
from panah.cores.lawbook.checking.treaties import check_treaties
from panah.cores.lawbook.errors import PackError
from panah.cores.lawbook.loading import FLOOR, Part, combine, pack_codes, read_part
from panah.cores.lawbook.model import Pack

__all__ = ["Problem", "check", "check_folder"]


def check(pack: Pack) -> tuple[Problem, ...]:
    """Every problem in the pack's own files, in the order of the files. The floor's own are found by `check_folder`.

    Looked for: shape and unknown keys, gaps and overlaps in time, citations that lead nowhere, values and counting below
    the floor, referral codes without a body, stages that lead nowhere or cannot be reached, rules that can never fire or
    propose what another forbids, untranslated texts, unknown holidays, void reviews, deadline cases that come out
    otherwise. Texts that are missing in a language of the people are warnings.
    """
    return check_folder(pack.root, [pack.code], with_floor=False)


def check_folder(root: Path, codes: Iterable[str] | None = None, with_floor: bool = True) -> tuple[Problem, ...]:
    """The problems of several packs of one folder (all of them when `codes` is None) and of the floor beneath."""
    if not (root / SCHEMAS).is_dir():
        return (
            Problem(SCHEMAS, "the folder of schemas is missing", remedy="Put the packs' _schema folder beside them."),
        )
    chosen = pack_codes(root) if codes is None else tuple(codes)
    floor = _read(root, FLOOR)
    if isinstance(floor, Problem):
        return (floor,)
    found = [*_check_part(root, floor, floor)] if with_floor else []
    for code in chosen:
        part = _read(root, code)
        found += [part] if isinstance(part, Problem) else _check_part(root, floor, part)
    return tuple(found)


def _check_part(root: Path, floor: Part, part: Part) -> Iterable[Problem]:
    """Meaning is looked at only where the shape is right: a wrong shape would give follow-up errors."""
    found = [*check_shape(root, part), *check_reviews(part), *check_translations(part)]
    if any(not problem.warning for problem in found):
        return found
    found += [*check_citations(part, floor), *check_times(root, part), *check_dealings(root, part, floor)]
    try:
        if part.code == FLOOR:
            return [*found, *check_rules(root, part, floor)]
        pack = combine(root, floor, part)
    except (PackError, AttributeError, TypeError, KeyError) as wrong:
        return [*found, Problem(part.code, f"the pack cannot be put together: {wrong}")]
    return [
        *found,
        *check_floor_kept(pack),
        *check_bodies(pack),
        *check_treaties(part, floor),
        *check_holidays(pack),
        *check_cases(root, pack),
        *check_rules(root, part, floor),
    ]


def _read(root: Path, code: str) -> Part | Problem:
    try:
        return read_part(root, code)
    except PackError as wrong:
        path, _, what = str(wrong).partition(": ")
        return Problem(path, what)
