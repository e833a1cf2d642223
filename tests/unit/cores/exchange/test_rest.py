"""What the SDMX REST interface is asked, and what of it is answered."""

import pytest

from panah.cores.exchange.datasets import Dataset, Observation
from panah.cores.exchange.rest import BadQuery, available, query, select

DIMENSIONS = ("FREQ", "AREA", "TIME_PERIOD")
SERIES = Dataset(
    "Dataflow=XX:F(1.0)",
    DIMENSIONS,
    tuple(
        Observation(("A", area, str(year)), str(year)) for area in ("KAZ", "KGZ", "TJK") for year in (2022, 2023, 2024)
    ),
)


def found(key="*", **parameters):
    asked = query(
        key,
        [(name.replace("__", "[", 1) + "]" if "__" in name else name, v) for name, v in parameters.items()],
        DIMENSIONS,
    )
    return [f"{o.key[1]} {o.key[2]}" for o in select(SERIES, asked).observations]


def test_without_a_filter_everything_is_given():
    assert len(found()) == len(found("")) == len(found("*.*")) == 9


def test_a_key_names_series_and_a_star_any_code():
    assert found("A.KAZ") == ["KAZ 2022", "KAZ 2023", "KAZ 2024"]
    assert len(found("*.KAZ,A.TJK")) == 6
    assert found("M.KAZ") == []


@pytest.mark.parametrize(
    ("condition", "count"),
    [("2023", 3), ("ge:2023", 6), ("ge:2023+lt:2024", 3), ("2022,2024", 6), ("ne:2022", 6), ("sw:20", 9), ("co:9", 0)],
)
def test_conditions_compare_join_and_part(condition, count):
    assert len(found(c__TIME_PERIOD=condition)) == count


def test_the_first_or_last_observations_of_each_series_are_given():
    assert found(firstNObservations="1") == ["KAZ 2022", "KGZ 2022", "TJK 2022"]
    assert found("A.KAZ", lastNObservations="2") == ["KAZ 2023", "KAZ 2024"]


@pytest.mark.parametrize(
    ("key", "parameters", "sentence"),
    [
        ("A.KAZ.x", {}, "has 3 parts; it must have 2"),
        ("*", {"c__PLACE": "x"}, "no dimension PLACE"),
        ("*", {"c__AREA": "like:K"}, "begins with 'like'"),
        ("*", {"firstNObservations": "none"}, "from 1 on"),
        ("*", {"updatedAfter": "2024"}, "not understood"),
    ],
)
def test_what_is_not_understood_is_refused_rather_than_left_unread(key, parameters, sentence):
    with pytest.raises(BadQuery, match=sentence):
        found(key, **parameters)


def test_what_is_available_are_the_codes_that_occur():
    assert available(SERIES)["AREA"] == ("KAZ", "KGZ", "TJK")
