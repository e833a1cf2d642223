"""How a stage ended is said in words to officers, in English and Russian, for every outcome of every pack."""

from __future__ import annotations

import pytest

from panah.cores.lawbook import load_pack, pack_codes
from panah.cores.screening.wording import wording

LANGUAGES = ("en", "ru")


def outcomes(code: str) -> set[str]:
    """Every outcome that a procedure of the pack names."""
    return {one for shape in load_pack(code).procedures for stage in shape.stages for one in stage.outcomes}


@pytest.mark.parametrize("code", pack_codes())
def test_every_outcome_of_a_pack_has_words(code: str) -> None:
    words = wording(load_pack(code))
    missing = [(one, tag) for one in outcomes(code) for tag in LANGUAGES if words.text(f"outcome.{one}", tag) is None]
    assert not missing, f"Add a line to packs/_floor/translations/outcomes.csv for: {sorted(missing)}"


def test_no_words_are_kept_for_an_outcome_that_no_pack_names() -> None:
    named = {one for code in pack_codes() for one in outcomes(code)} | {"withdrawn"}
    kept = {id_.removeprefix("outcome.") for id_ in wording(load_pack("xx")).texts if id_.startswith("outcome.")}
    assert kept == named
