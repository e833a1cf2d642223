"""What is wrong with a message is found in order, with the place, what was found and what is allowed."""

import pytest
from exchange_tables import FLOWS, LETTERHEAD, protected_table
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.exchange.conversion import dataset_of, table_of
from panah.cores.exchange.datasets import Dataset, Observation
from panah.cores.exchange.messages import MEDIA, write
from panah.cores.exchange.periods import frequency, span
from panah.cores.exchange.structure import Code, codelist, contracts_root, the_structure
from panah.cores.exchange.validation import validate

FLOW = "ARRIVALS_CROSSING_ENTRY_MODE"


def dataset(flow=FLOW, **of):
    protected = protected_table(flow, **of)
    return dataset_of(protected.published[0], protected.proof, state="KAZ")


def with_first(sent, *, value="same", attributes=None, **codes):
    """The dataset with its first observation changed."""
    first = sent.observations[0]
    key = tuple(codes.get(id_, code) for id_, code in zip(sent.dimensions, first.key, strict=True))
    changed = Observation(key, first.value if value == "same" else value, dict(first.attributes) | (attributes or {}))
    return Dataset(sent.structure, sent.dimensions, (changed, *sent.observations[1:]), sent.attributes)


def with_attributes(sent, **attributes):
    merged = {name: value for name, value in (dict(sent.attributes) | attributes).items() if value is not None}
    return Dataset(sent.structure, sent.dimensions, sent.observations, merged)


def codes_of(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize("format_", MEDIA)
@pytest.mark.parametrize("flow", FLOWS)
def test_what_a_node_writes_has_nothing_wrong(flow, format_):
    assert validate(write(dataset(flow), format_, LETTERHEAD)) == ()


def test_bytes_that_are_no_message_are_named_first():
    assert codes_of(validate(b"hello")) == ["FORM"]


def test_a_message_against_the_official_schema_is_named():
    text = write(dataset(), "xml-3.0", LETTERHEAD).decode().replace("<mes:ID>", "<mes:Wrong/><mes:ID>")
    assert set(codes_of(validate(text.encode()))) == {"FORM_SCHEMA"}


def test_an_unknown_dataflow_and_another_version_are_named_with_those_that_there_are():
    for structure in ("Dataflow=ALMATY:OTHER(1.0.0)", f"Dataflow=ALMATY:{FLOW}(9.0.0)"):
        sent = dataset()
        (problem,) = validate(Dataset(structure, sent.dimensions, sent.observations, sent.attributes))
        assert problem.code == "STRUCTURE_UNKNOWN"
        assert problem.found == structure
        assert f"ALMATY:{FLOW}(1.0.0)" in problem.allowed


def test_a_missing_dimension_is_named():
    sent = dataset()
    kept = tuple(Observation(o.key[1:], o.value, o.attributes) for o in sent.observations)
    assert codes_of(validate(Dataset(sent.structure, sent.dimensions[1:], kept, sent.attributes))) == [
        "STRUCTURE_DIMENSIONS"
    ]


CHANGES = {
    "STRUCTURE_VALUE": {"value": "12.5"},
    "STRUCTURE_COMPONENT": {"attributes": {"PERSON_NAME": "x"}},
    "STRUCTURE_KEY": {"CROSSING": ""},
    "CODE_UNKNOWN": {"ENTRY_MODE": "by_balloon"},
    "CODE_PERIOD": {"TIME_PERIOD": "2026-13"},
    "CODE_ATTRIBUTE": {"attributes": {"OBS_STATUS": "?"}},
    "CONSTRAINT_ONE": {"REF_AREA": "KGZ"},
    "CONSTRAINT_CODE": {"SEX": "F"},
    "CONSTRAINT_FREQUENCY": {"FREQ": "M"},
    "SUM": {"value": "11"},
}


@pytest.mark.parametrize("code", CHANGES)
def test_each_kind_of_mistake_is_named_by_its_code(code):
    assert code in codes_of(validate(with_first(dataset(), **CHANGES[code])))


def test_a_mistake_of_an_earlier_step_hides_those_of_later_ones():
    wrong = with_first(dataset(), value="x", ENTRY_MODE="by_balloon", SEX="F")
    assert codes_of(validate(wrong)) == ["STRUCTURE_VALUE"]


def test_a_duplicate_key_is_named():
    sent = dataset()
    twice = Dataset(sent.structure, sent.dimensions, (*sent.observations, sent.observations[0]), sent.attributes)
    assert codes_of(validate(twice)) == ["STRUCTURE_DUPLICATE"]


@pytest.mark.parametrize("name", [a.id for a in the_structure().attributes_at("D")])
def test_each_required_attribute_of_the_dataset_is_missed(name):
    (problem,) = validate(with_attributes(dataset(), **{name: None}))
    assert (problem.code, problem.found) == ("STRUCTURE_ATTRIBUTE", f"no {name}")


def test_a_table_of_persons_has_no_decimals():
    assert codes_of(validate(with_attributes(dataset(), DECIMALS="2"))) == ["CONSTRAINT_DECIMALS"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DECIMALS", "many"), ("SDC_PROOF", "none"), ("SDC_PARAMETERS", "threshold=ten"), ("SOURCE_TYPE", "RUMOUR")],
)
def test_an_attribute_outside_its_list_or_form_is_named(name, value):
    assert codes_of(validate(with_attributes(dataset(), **{name: value}))) == ["CODE_ATTRIBUTE"]


def test_another_unit_than_the_dataflow_counts_in_is_named():
    assert codes_of(validate(with_attributes(dataset(), UNIT_MEASURE="RF"))) == ["CONSTRAINT_UNIT"]


@pytest.mark.parametrize(
    ("value", "attributes"),
    [
        (None, {}),
        ("12", {"OBS_STATUS": "Q", "CONF_STATUS": "A", "CONF_REASON": "primary"}),
        (None, {"OBS_STATUS": "Q"}),
        (None, {"OBS_STATUS": "Q", "CONF_STATUS": "A"}),
        ("3000", {"CONF_REASON": "primary"}),
        ("3000", {"CONF_STATUS": "A"}),
    ],
)
def test_a_value_and_its_status_that_contradict_each_other_are_named(value, attributes):
    assert codes_of(validate(with_first(dataset(), value=value, attributes=attributes))) == ["CODE_STATUS"]


def test_a_state_may_use_the_codes_of_its_own_crossing_points_but_not_any_text():
    assert codes_of(validate(with_first(dataset(), CROSSING="bad code!"))) == ["CODE_UNKNOWN"]
    problem = validate(with_first(dataset(), CROSSING="bad code!"))[0]
    assert "KAZ-UZB" in problem.allowed
    assert "a state's own code of the form" in problem.allowed


def test_a_total_below_its_published_parts_is_named_with_what_it_would_have_to_be():
    sent = dataset()
    problem = next(p for p in validate(with_first(sent, value="11")) if p.code == "SUM")
    assert problem.found == "11"
    assert problem.allowed.endswith("and more") or problem.allowed.isdigit()
    assert "over CROSSING" in problem.place or "over ENTRY_MODE" in problem.place


def test_profiles_need_not_add_up_but_none_may_exceed_the_total():
    sent = dataset("ARRIVALS_PROFILE_SEX_AGE")
    total = int(sent.observations[0].value)
    parts = [
        int(o.value)
        for o in sent.observations
        if o.value
        and dict(zip(sent.dimensions, o.key, strict=True))["PROFILE"] != "_T"
        and dict(zip(sent.dimensions, o.key, strict=True))["SEX"] == "_T"
        and dict(zip(sent.dimensions, o.key, strict=True))["AGE"] == "_T"
    ]
    assert sum(parts) > total, "the invented persons do have several profiles"
    assert validate(sent) == ()
    below = with_first(sent, value=str(max(parts) - 1))
    assert any(p.code == "SUM" and "over PROFILE" in p.place for p in validate(below))


def test_referrals_of_different_bodies_are_not_added_up():
    sent = dataset("REFERRALS_BODY_OUTCOME")
    position = sent.dimensions.index("BODY")
    assert "_T" not in {o.key[position] for o in sent.observations}
    assert validate(with_first(sent, BODY="_T"))[0].code == "CODE_UNKNOWN"
    assert validate(with_first(sent, BODY="_Z"))[0].code == "CONSTRAINT_CODE"


def test_a_jump_against_the_period_before_is_named_unless_it_is_marked_as_a_break():
    before, now = dataset(persons=300, period="2026-11-20"), dataset(persons=5000)
    found = validate(now, previous=before)
    assert set(codes_of(found)) == {"SERIES_JUMP"}
    assert found[0].found == "5000"
    assert found[0].allowed.startswith("nearer to 300")
    marked = tuple(
        Observation(o.key, o.value, dict(o.attributes) | {"OBS_STATUS": "B"}) if o.value else o
        for o in now.observations
    )
    assert validate(Dataset(now.structure, now.dimensions, marked, now.attributes), previous=before) == ()


def test_new_definitions_without_a_break_are_named():
    now = with_attributes(dataset(), DEFINITIONS="2.0.0")
    assert codes_of(validate(now, previous=dataset())) == ["SERIES_DEFINITIONS"]


def test_another_dataflow_as_the_period_before_is_named():
    assert codes_of(validate(dataset(), previous=dataset("REFERRALS_BODY_OUTCOME"))) == ["SERIES_OTHER"]


def test_only_the_first_thousand_problems_are_named():
    sent = dataset("ARRIVALS_PROFILE_SEX_AGE")
    broken = tuple(Observation(o.key, "x", {**o.attributes, "A": "1", "B": "2"}) for o in sent.observations)
    assert len(validate(Dataset(sent.structure, sent.dimensions, broken, sent.attributes))) == 1000


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_change_of_one_cell_is_found_or_leaves_a_table_that_can_be_read(data):
    sent = dataset("REFERRALS_BODY_OUTCOME")
    id_ = data.draw(st.sampled_from(sent.dimensions))
    changed = with_first(
        sent, **{id_: data.draw(st.sampled_from(["_T", "_Z", "F", "2026-11", "unhcr", "done", "KAZ"]))}
    )
    if validate(changed) == ():
        table_of(changed)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"STRUCTURE,STRUCTURE_ID,ACTION\n", b"<?xml version='1.0'?>"])
def test_validation_never_raises_for_what_a_message_holds(content):
    assert validate(content)


def test_periods_are_read_and_checked_against_the_calendar():
    assert [frequency(p) for p in ("2026-11-21", "2026-11", "2026-Q4", "2026")] == ["D", "M", "Q", "A"]
    assert span("2024-02") == ("2024-02-01", "2024-02-29")
    assert span("2026-Q4") == ("2026-10-01", "2026-12-31")
    assert span("2026") == ("2026-01-01", "2026-12-31")
    for wrong in ("2026-02-30", "2026-13", "26-11", "2026-Q5", ""):
        with pytest.raises(ValueError, match="period"):
            span(wrong)


def test_a_code_holds_only_in_the_periods_that_it_touches():
    code = Code("x", "x", "x", "2026-03-15", "2026-06-30")
    assert code.holds_in(*span("2026-03"))
    assert code.holds_in(*span("2026-Q2"))
    assert not code.holds_in(*span("2026-02"))
    assert not code.holds_in(*span("2026-07-01"))


def test_every_code_list_has_names_in_both_languages_and_dates_in_order():
    for path in sorted((contracts_root() / "codelists").glob("*.csv")):
        for code in codelist(path.stem):
            assert code.name_en
            assert code.name_ru, code
            assert code.valid_from, code
            assert not code.valid_to or code.valid_from <= code.valid_to


def test_the_code_lists_are_those_of_the_screening_contract():
    from panah.cores.screening import codes

    def listed(name):
        return [code.code for code in codelist(name) if not code.code.startswith("_")]

    assert listed("profiles") == list(codes.PROFILES)
    assert listed("bodies") == list(codes.REFERRALS)
    assert listed("urgency") == list(codes.URGENCIES)


def test_the_outcomes_are_those_that_referrals_can_have():
    from panah.node.referrals import rules

    assert {code.code for code in codelist("reject-codes")} == set(rules.DECLINE_CODES)
    ends = {code for to in rules.LANES for code in rules.outcomes(to)}
    assert {code.code for code in codelist("closing-outcomes")} == ends
