"""No consent opens what the sharing matrix closes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah.cores.exchange import sharing
from panah.node.referrals.packets import packet

_RECORD = {
    "place": "ALA",
    "person": {"sex": "female", "citizenships": ["AFG"]},
    "protection": {"fears_return": "yes"},
    "health": {"pregnant": "yes"},
    "exploitation": {"threats": "yes"},
    "labour": {"skills": "welder"},
    "needs": {"torture_survivor": "yes"},
    "security": {"alert_match": "yes"},
    "notes": "a private word",
}


@given(
    st.sampled_from(sorted({recipient for _, recipient in sharing.matrix()})),
    st.sets(st.sampled_from(sorted(sharing.PROTECTED_PROFILES | {"labour_migrant"}))),
    st.booleans(),
    st.sampled_from([True, False, None]),
    st.one_of(st.none(), st.sets(st.sampled_from(sharing.DATA_CLASSES))),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_field_marked_never_is_in_a_packet_whatever_the_consents(
    recipient, profiles, child, consent, agreed, only_agreed, returning
):
    record = _RECORD | {"return": {"wants_to_return": "yes" if returning else "no"}}
    made = packet(
        record, "Zahra", recipient,
        profiles=profiles, child=child, consent=consent, agreed=agreed, only_agreed=only_agreed,
    )  # fmt: skip
    for data_class in made.classes:
        row = sharing.matrix()[data_class, recipient]
        assert (
            "N" not in (row.answer, row.then)
            or sharing.may_share(
                data_class, recipient, profiles=profiles, child=child, consent=True, voluntary_return=returning
            ).allowed
        )
        assert row.answer != "N" or row.then != "N"
        if agreed is not None and data_class not in agreed:
            assert not only_agreed
            assert sharing.may_share(
                data_class, recipient, profiles=profiles, child=child, consent=None, voluntary_return=returning
            ).allowed
    assert not {item.label for item in made.items if item.label.startswith(("security", "notes", "consent"))}
