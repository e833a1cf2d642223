"""The codes of a profile (contract for screening; needs: UNHCR specific needs codes as listed in domain sources S19, S20).

The order of each list is the order in which lines of a profile are given.
"""

from __future__ import annotations

from typing import Final

PROFILES: Final = (
    "asylum_seeker",
    "refugee_elsewhere",
    "stateless_risk",
    "trafficking_presumed",
    "trafficking_indicated",
    "smuggled",
    "unaccompanied_child",
    "separated_child",
    "child_at_risk",
    "disaster_displaced",
    "labour_migrant",
    "labour_rights_violation",
    "own_national_returning",
    "entry_banned_abroad",
    "ethnic_returnee",
    "stranded",
    "wants_voluntary_return",
    "family_separated",
    "exclusion_check",
    "security_check",
    "regular_traveller",
    "incomplete",
)

SUB_CODES: Final[dict[str, tuple[str, ...]]] = {
    "CR": ("CP", "CS", "CC", "TP", "LW", "LO", "NE", "SE", "AF", "CL"),
    "SC": ("SC", "UC", "CH", "IC", "FC"),
    "WR": ("WR", "SF", "LC"),
    "ER": ("NF", "MC", "FR"),
    "SP": ("PT", "GP", "CG"),
    "DS": ("BD", "DF", "PM", "PS", "MM", "MS", "SD"),
    "SM": ("MI", "MN", "DP", "CI", "CC", "OT", "AD"),
    "FU": ("TR", "FR"),
    "LP": (
        *("ND", "BN", "NA", "MM", "MD", "RR", "RD", "DA", "DO", "DT"),
        *("IH", "WP", "AN", "RP", "MS", "LS", "AP", "CR", "ST", "AF"),
    ),
    "TR": ("PI", "HO", "WV"),
    "SV": ("VA", "VF", "VO", "GM", "HP", "HK", "FM", "SS"),
}
TRAFFICKING_NEED: Final = "X-VT"
"""Local extension: the UNHCR list has no code for victims of trafficking."""

NEEDS: Final = (
    *(code for main, subs in SUB_CODES.items() for code in (main, *(f"{main}-{sub}" for sub in subs))),
    TRAFFICKING_NEED,
)

URGENCIES: Final = ("immediate", "same_day", "priority", "routine")
"""Within an hour, on the same day, within 72 hours, in due course."""

REFERRALS: Final = (
    "asylum_authority",
    "statelessness_authority",
    "migration_authority",
    "anti_trafficking_unit",
    "victim_assistance",
    "child_protection",
    "health_service",
    "psychosocial_support",
    "social_protection",
    "labour_authority",
    "labour_inspection",
    "own_consulate",
    "civil_registry",
    "security_service",
    "legal_aid",
    "reception_centre",
    "ethnic_return_authority",
    "family_tracing",
    "unhcr",
    "iom",
)

SAFEGUARDS: Final = (
    "no_removal",
    "no_detention",
    "no_penalty_for_entry",
    "no_consular_contact",
    "no_sharing_with_origin",
    "interview_alone",
    "treat_as_child",
    "reflection_period",
    "keep_family_together",
    "counsel_before_return",
    "confidential_handling",
)

LEAFLETS: Final = (
    "your_rights",
    "your_data",
    "how_to_complain",
    "asylum",
    "stateless_persons",
    "trafficking_help",
    "smuggled_persons",
    "children",
    "health",
    "safe_places",
    "work_rights",
    "entry_bans",
    "return_options",
    "family_tracing",
    "ethnic_return",
    "consulate",
)

FINDINGS: Final[dict[str, tuple[str, ...]]] = {
    "profile": PROFILES,
    "need": NEEDS,
    "urgency": URGENCIES[:-1],
    "referral": REFERRALS,
    "safeguard": SAFEGUARDS,
    "information": LEAFLETS,
}
"""What rules give, by kind. `routine` is given by no rule: it is what remains."""

RESTRICTED_NEEDS: Final = frozenset({"SM-MI", "SM-AD", "LP-AP", "LP-CR", "LP-ST"})
RESTRICTED_MAIN: Final = frozenset({"SV", "TR"})


def is_restricted(need: str) -> bool:
    """Whether a need code is shown only to those who serve it (domain reference 3.2, access class, design)."""
    return need in RESTRICTED_NEEDS or need.partition("-")[0] in RESTRICTED_MAIN
