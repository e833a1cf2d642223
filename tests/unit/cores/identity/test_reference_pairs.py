"""The likeness of names against pairs of real spellings in three scripts (docs/algorithms/search-before-create.md has the figures)."""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path

import pytest

from panah.cores.identity.keys import name_keys
from panah.cores.identity.names import words
from panah.cores.identity.similarity import pairing

REFERENCE = Path(os.environ.get("PANAH_SHARED", Path(__file__).parents[5] / "shared")) / "data" / "identity"
THRESHOLD = 0.66
"""Chosen on the half of the pairs that these tests leave out."""

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    file = REFERENCE / "multiscript_pairs.csv"
    if not file.is_file():
        pytest.skip("The reference material is not beside the checkout; set PANAH_SHARED to its folder.")
    with file.open(encoding="utf-8") as rows:
        return [row for row in csv.DictReader(rows) if int(hashlib.sha1(row["name_a"].encode()).hexdigest(), 16) % 2]  # noqa: S324


def test_two_spellings_of_a_person_share_a_key_in_97_of_100_pairs(pairs):
    same = [row for row in pairs if row["label"] == "1"]
    met = sum(1 for row in same if name_keys([row["name_a"]]) & name_keys([row["name_b"]]))
    assert met / len(same) >= 0.97


def test_names_alone_are_told_apart_with_f1_above_ninety(pairs):
    said = [pairing(words(row["name_a"]), words(row["name_b"])).score >= THRESHOLD for row in pairs]
    true = [row["label"] == "1" for row in pairs]
    right = sum(1 for yes, is_so in zip(said, true, strict=True) if yes and is_so)
    assert 2 * right / (sum(said) + sum(true)) >= 0.91
