"""Counts blurred by cell keys: what is promised of them, and what attackers who ask again learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.disclosure.cell_key import Cube, cube, record_key
from panah.cores.disclosure.noise import KEYS, Noise

NOISE = Noise()
AXES = {"PLACE": 6, "GROUP": 5, "SEX": 2}


def records(count=4000, seed=1):
    chance = np.random.default_rng(seed)
    codes = [np.minimum(chance.geometric(0.4, count) - 1, size - 1) for size in AXES.values()]
    return codes, chance.integers(0, KEYS, count)


def whole(count=4000, seed=1) -> Cube:
    return cube(AXES, *records(count, seed))


@given(st.integers(0, 200), st.integers(0, KEYS - 1))
def test_no_number_below_the_threshold_is_published_and_nought_stays_nought(count, key):
    shown = int(NOISE.publish(np.array([count]), np.array([key]))[0])
    assert shown == 0 or shown >= NOISE.threshold
    assert count or shown == 0
    assert shown in NOISE.support(min(count, 20)) or abs(shown - count) <= NOISE.most


@pytest.mark.parametrize(
    "noise", [NOISE, Noise(threshold=5, deviation=1.5, most=4), Noise(threshold=3, deviation=1, most=2)]
)
def test_on_average_nothing_is_added_or_taken_away(noise):
    assert noise.added.mean(axis=1) == pytest.approx(np.zeros(noise.rows + 1), abs=0.01)
    for count in range(noise.rows + 1):
        assert noise.chances(count).sum() == pytest.approx(1)


@pytest.mark.parametrize("wrong", [{"threshold": 2}, {"most": 10}, {"most": 0}, {"deviation": 9.0}, {"deviation": 0.1}])
def test_a_noise_that_hides_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="threshold"):
        Noise(**wrong)


def test_a_reader_of_any_number_below_twice_the_threshold_is_left_with_a_range_that_holds_the_truth():
    for count in range(40):
        for shown in NOISE.support(count) if count <= NOISE.rows else range(count - 5, count + 6):
            low, high = NOISE.could_be(shown)
            assert low <= count <= high
            assert high - low >= NOISE.threshold or shown > NOISE.rows - NOISE.most
    with pytest.raises(ValueError, match="never published"):
        NOISE.could_be(7)


def test_all_margins_hold_the_counts_and_keys_of_their_records():
    made = whole()
    margins = {margin.axes: margin for margin in made.margins()}
    assert len(margins) == 8
    assert margins[()].counts == 4000
    assert (margins["SEX",].counts == made.counts.sum(axis=(0, 1))).all()
    assert (margins["PLACE", "SEX"].keys == made.keys.sum(axis=1)).all()


def test_the_same_cell_is_blurred_the_same_in_every_table_where_it_stands():
    """The averaging attack: the total of a table, of its margin and of another table over other axes are one cell."""
    codes, keys = records()
    one = cube(AXES, codes, keys)
    other = cube({"SEX": 2, "PLACE": 6}, [codes[2], codes[0]], keys)
    shown = {margin.axes: margin.published(NOISE) for margin in one.margins()}
    again = {margin.axes: margin.published(NOISE) for margin in other.margins()}
    assert (shown["SEX",] == again["SEX",]).all()
    assert (shown["PLACE", "SEX"] == again["SEX", "PLACE"].T).all()
    assert shown[()] == again[()]
    assert (whole().published(NOISE) == one.published(NOISE)).all(), "asked a second time"


def test_the_order_of_the_records_means_nothing():
    codes, keys = records()
    turned = np.random.default_rng(3).permutation(len(keys))
    assert (
        cube(AXES, [column[turned] for column in codes], keys[turned]).published(NOISE) == whole().published(NOISE)
    ).all()


def test_two_releases_that_differ_by_one_record_do_not_tell_by_how_much_they_differ():
    """The differencing attack: the difference of what is published is far from the one person that was added."""
    codes, keys = records()
    chance = np.random.default_rng(5)
    differences = []
    for place in range(400):
        late = [np.append(column, column[place]) for column in codes]
        cell = tuple(column[place] for column in codes)
        before = whole().published(NOISE)[cell]
        after = cube(AXES, late, np.append(keys, chance.integers(0, KEYS))).published(NOISE)[cell]
        differences.append(int(after) - int(before))
    found, times = np.unique(differences, return_counts=True)
    assert times[found == 1].sum() < len(differences) / 3, "one person more shows as one more seldom"
    assert (found < 0).any(), "a person more may show as fewer"


@given(st.text(min_size=1), st.text(min_size=1))
@settings(max_examples=50)
def test_a_record_has_one_key_for_one_secret(one, other):
    secret = b"s" * 32
    assert record_key(secret, one) == record_key(secret, one)
    assert 0 <= record_key(secret, other) < KEYS
    with pytest.raises(ValueError, match="16 or more"):
        record_key(b"short", one)


def test_record_keys_are_spread_evenly_and_another_secret_gives_others():
    keys = np.array([record_key(b"s" * 32, f"record {number}") for number in range(40_000)])
    assert keys.mean() == pytest.approx(KEYS / 2, rel=0.02)
    assert np.bincount(keys, minlength=KEYS).max() < 40
    others = np.array([record_key(b"t" * 32, f"record {number}") for number in range(1000)])
    assert (others == keys[:1000]).mean() < 0.01


@pytest.mark.parametrize(
    ("codes", "keys", "sentence"),
    [
        ([np.array([0]), np.array([0])], np.array([1]), "one column"),
        ([np.array([9])] * 3, np.array([1]), "outside 0 to"),
    ],
)
def test_records_that_do_not_fit_are_refused(codes, keys, sentence):
    with pytest.raises(ValueError, match=sentence):
        cube(AXES, codes, keys)
