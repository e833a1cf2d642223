"""Which hold stops which act, which holds no role can lift, and who may lift the others. Pure: facts in, findings out.

The table is the domain reference's blocking rules G1 to G10. Sources are named by their ids in packs/_floor/sources;
what was written from memory is not verified, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from panah.cores.lawbook import Citation
from panah.foundation.door.action import Harm

NO_REMOVAL = "no_removal"
NO_DETENTION = "no_detention"
NO_PENALTY = "no_penalty_for_entry"
NO_CONSULATE = "no_consular_contact"
NO_ORIGIN = "no_sharing_with_origin"
INTERVIEW_ALONE = "interview_alone"
TREAT_AS_CHILD = "treat_as_child"
REFLECTION = "reflection_period"
FAMILY = "keep_family_together"
COUNSEL = "counsel_before_return"
CONFIDENTIAL = "confidential_handling"

# contracts/screening.md, Codes, safeguards.
HOLD_CODES = (
    NO_REMOVAL,
    NO_DETENTION,
    NO_PENALTY,
    NO_CONSULATE,
    NO_ORIGIN,
    INTERVIEW_ALONE,
    TREAT_AS_CHILD,
    REFLECTION,
    FAMILY,
    COUNSEL,
    CONFIDENTIAL,
)


@dataclass(frozen=True)
class Line:
    """A hold of code `hold` stops the act, because of `sources`. `verified` is false where a source is from memory or
    is our own design."""

    hold: str
    sources: tuple[Citation, ...]
    verified: bool = False


def _line(hold: str, *sources: tuple[str, str], verified: bool = False) -> Line:
    return Line(hold, tuple(Citation(source, article) for source, article in sources), verified)


# G1 and G2: the Convention where it binds, CAT and ICCPR everywhere.
_NON_REFOULEMENT = _line(NO_REMOVAL, ("convention-1951", "33"), ("cat", "3"), ("iccpr", "6, 7"), ("crc", "37"))
# During the reflection period G1, G5 and G7 are on (domain reference 4.3; its length is the pack's parameter).
_REFLECTION = _line(REFLECTION, ("coe-trafficking-convention", "13"), ("panah-design", ""))
# G5 and G6.
_NO_CONSULATE = _line(NO_CONSULATE, ("panah-design", ""))
_NO_ORIGIN = _line(NO_ORIGIN, ("panah-design", ""))
# G9.
_FAMILY = _line(FAMILY, ("crc", "9, 10"))

STOPS: Mapping[Harm, tuple[Line, ...]] = {
    Harm.REMOVAL: (_NON_REFOULEMENT, _REFLECTION),
    Harm.HAND_OVER: (_NON_REFOULEMENT, _REFLECTION),
    Harm.EXTRADITION: (_NON_REFOULEMENT, _REFLECTION),
    Harm.REFUSAL_OF_ENTRY: (_NON_REFOULEMENT, _REFLECTION),
    # G10: a free return is the person's right, so only the missing counsel stops it.
    Harm.VOLUNTARY_RETURN: (_line(COUNSEL, ("panah-design", "")),),
    # G3; whose age is disputed is a child until it is settled (domain reference 3.1, age assessment).
    Harm.DETENTION: (
        _line(NO_DETENTION, ("crc", "3, 37"), ("unhcr-detention-guidelines-2012", "9")),
        _line(TREAT_AS_CHILD, ("crc", "3, 37")),
    ),
    # To another place or keeper inside the state. Bringing a child or a claimant to safety is a transfer too, so only
    # the family's unity stops it; over a border it is a hand-over.
    Harm.TRANSFER: (_FAMILY,),
    # G5; the consulate is the state of origin.
    Harm.CONSULAR_NOTICE: (_NO_CONSULATE, _NO_ORIGIN, _REFLECTION),
    # G6, and the sharing matrix 11.2, where claims, health and trafficking never go to the state of origin.
    Harm.DATA_TO_ORIGIN: (_NO_ORIGIN, _NO_CONSULATE, _line(CONFIDENTIAL, ("panah-design", ""))),
    # Determining statelessness asks states, and never one that the person fears (domain reference 3.1, 11.6 scenario 5). That a
    # stateless person's consulate hears nothing else (no_consular_contact) does not stand against it.
    Harm.STATE_INQUIRY: (_NO_ORIGIN, _REFLECTION),
    # G7: stopped rather than warned of, see docs/decisions/0045.
    Harm.CHARGE_FOR_ENTRY: (
        _line(NO_PENALTY, ("convention-1951", "31"), ("smuggling-protocol", "5")),
        _REFLECTION,
    ),
    Harm.FAMILY_SPLIT: (_FAMILY,),
    # Whatever still stands is unfinished business.
    Harm.CLOSING_FILE: tuple(_line(code, ("panah-design", "")) for code in HOLD_CODES),
}

# Nobody asked this person yet whether they are afraid, how old they are, or who they came with: unknown is never read
# as no. A move to safety, and closing the file of someone who left before the interview, do not wait for it.
PASS_BEFORE_SCREENING = frozenset({Harm.TRANSFER, Harm.CLOSING_FILE})

# Marks of a reason that make a hold absolute: no role can lift it. The empty mark means always.
CHILD, TORTURE, DEATH_PENALTY = "child", "torture", "death_penalty"
MARKS = (CHILD, TORTURE, DEATH_PENALTY)
_ABSOLUTE: Mapping[str, frozenset[str]] = {
    NO_ORIGIN: frozenset({""}),
    NO_DETENTION: frozenset({CHILD}),
    NO_REMOVAL: frozenset({TORTURE, DEATH_PENALTY}),
}

_PROTECTION = ("asylum_officer", "statelessness_officer", "child_officer", "nrm_officer")
# Roles of the bodies that are competent to decide on each safeguard. The second word may be a supervisor's.
COMPETENT: Mapping[str, tuple[str, ...]] = {
    NO_REMOVAL: _PROTECTION,
    NO_DETENTION: ("child_officer", "nrm_officer", "asylum_officer"),
    NO_PENALTY: ("asylum_officer", "nrm_officer"),
    NO_CONSULATE: _PROTECTION,
    NO_ORIGIN: (),
    INTERVIEW_ALONE: _PROTECTION,
    TREAT_AS_CHILD: ("child_officer",),
    REFLECTION: ("nrm_officer",),
    FAMILY: ("child_officer",),
    COUNSEL: _PROTECTION,
    CONFIDENTIAL: (*_PROTECTION, "health_officer"),
}
_AT_THE_BORDER, _OF_MIGRATION, _SUPERVISING = "border_officer", "migration_officer", "supervisor"
_BORDER_OR_MIGRATION = (_AT_THE_BORDER, _OF_MIGRATION, _SUPERVISING)
# Roles of the bodies that do each act, and so may ask for it (docs/decisions/0112). Bodies that protect, place in work or house
# people ask for none. The rooms ask the safeguards themselves before acts of their own procedures, whoever does them.
FORCE: Mapping[Harm, tuple[str, ...]] = {
    Harm.REMOVAL: _BORDER_OR_MIGRATION,
    Harm.HAND_OVER: _BORDER_OR_MIGRATION,
    Harm.EXTRADITION: (_AT_THE_BORDER, "security_liaison", _SUPERVISING),
    Harm.REFUSAL_OF_ENTRY: (_AT_THE_BORDER, _SUPERVISING),
    Harm.VOLUNTARY_RETURN: _BORDER_OR_MIGRATION,
    Harm.DETENTION: _BORDER_OR_MIGRATION,
    Harm.TRANSFER: (*_BORDER_OR_MIGRATION, "security_liaison"),
    Harm.CONSULAR_NOTICE: _BORDER_OR_MIGRATION,
    Harm.DATA_TO_ORIGIN: (*_BORDER_OR_MIGRATION, "security_liaison"),
    Harm.STATE_INQUIRY: ("statelessness_officer", _SUPERVISING),
    Harm.CHARGE_FOR_ENTRY: (_AT_THE_BORDER, _SUPERVISING),
    Harm.FAMILY_SPLIT: _BORDER_OR_MIGRATION,
    Harm.CLOSING_FILE: (),
}
REMEDY = "remedy"
ENDING_REASONS: Mapping[str, frozenset[str]] = {NO_REMOVAL: frozenset({REMEDY})}
"""Reasons that end by themselves when what they name is over, by the hold that they may stand behind. All others wait for two authorities."""
SECOND_READER = "supervisor"
LIFTS_NEEDED = 2
SHORTEST_REASON = 20


@dataclass(frozen=True)
class GivenLift:
    """A lift that counts: who gave it, of which body, and whether their role is competent for the hold."""

    by: str
    body: str
    competent: bool


def stopping(harm: Harm, standing: Iterable[str]) -> tuple[Line, ...]:
    """The lines by which holds of the codes `standing` stop the act."""
    held = frozenset(standing)
    return tuple(line for line in STOPS[harm] if line.hold in held)


def stopped_by(code: str) -> tuple[Harm, ...]:
    """The acts that a hold of this code stops."""
    return tuple(harm for harm, lines in STOPS.items() if any(line.hold == code for line in lines))


def source_lines(code: str) -> tuple[Citation, ...]:
    """The sources behind a hold of this code, those of its own acts first and each once."""
    own = [line for harm, lines in STOPS.items() if harm != Harm.CLOSING_FILE for line in lines if line.hold == code]
    found = [citation for line in own for citation in line.sources]
    return tuple(dict.fromkeys(found)) or (Citation("panah-design"),)


def is_verified(code: str) -> bool:
    """Whether all that stands behind a hold of this code was checked against the text of its sources."""
    own = [line for harm, lines in STOPS.items() if harm != Harm.CLOSING_FILE for line in lines if line.hold == code]
    return bool(own) and all(line.verified for line in own)


def is_absolute(code: str, marks: Iterable[str]) -> bool:
    """Whether a hold with these marks can be lifted by no role (domain reference 3.8, G1, G3, G6)."""
    return not _ABSOLUTE.get(code, frozenset()).isdisjoint({"", *marks})


def has_ended(reason: Mapping[str, object]) -> bool:
    """Whether a reason of a hold has ended by itself. It stays written down, and holds nothing any more."""
    return bool(reason.get("ended"))


def falls_with_its_reasons(*, absolute: bool, because: Sequence[Mapping[str, object]]) -> bool:
    """Whether a hold falls because every reason behind it has ended; an absolute one never does."""
    return not absolute and bool(because) and all(has_ended(reason) for reason in because)


def may_lift(code: str, roles: Iterable[str]) -> bool:
    """Whether an officer with these roles has a say in lifting a hold of this code."""
    return bool(COMPETENT[code]) and not {*COMPETENT[code], SECOND_READER}.isdisjoint(roles)


def is_competent(code: str, roles: Iterable[str]) -> bool:
    return not set(COMPETENT[code]).isdisjoint(roles)


def why_not_lift(
    code: str, *, absolute: bool, given: Iterable[GivenLift], now: GivenLift, tried_the_act: bool
) -> str | None:
    """The code of the reason why this officer's lift cannot be taken, or None: `absolute`, `no_body`, `same_officer`,
    `same_body`, `tried_the_act`, `not_competent`."""
    lifts = tuple(given)
    if absolute:
        return "absolute"
    if not now.body:
        return "no_body"
    if any(lift.by == now.by for lift in lifts):
        return "same_officer"
    if any(lift.body == now.body for lift in lifts):
        return "same_body"
    if tried_the_act:
        return "tried_the_act"
    if len(lifts) + 1 >= LIFTS_NEEDED and not any(lift.competent for lift in (*lifts, now)):
        return "not_competent"
    return None


def falls(lifts: int) -> bool:
    """Whether a hold falls with so many lifts."""
    return lifts >= LIFTS_NEEDED
