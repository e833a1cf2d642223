"""Pure rules of procedures: who works on which, how a stage may end, when its terms end, when to warn.

What the stages are is law, and lies in packs (`procedures/`). Here is only how any of them is gone through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from panah.cores.lawbook import Pack, Parameter, Unknown
from panah.cores.lawbook.calendars import Calendar
from panah.cores.lawbook.dealings import Procedure, Stage
from panah.cores.lawbook.model import DURATIONS, STATUTORY, TARGET
from panah.cores.lawbook.terms import Suspension, due

# Which roles work on which procedure, and from which referrals it may arise: need to know, by lane.
WORKED_ON_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "asylum": ("asylum_officer",),
    "complementary_protection": ("asylum_officer",),
    "temporary_protection": ("asylum_officer",),
    "family_reunification": ("asylum_officer", "child_officer"),
    "statelessness": ("statelessness_officer",),
    "trafficking": ("nrm_officer",),
    "child_protection": ("child_officer",),
    "age_assessment": ("child_officer",),
    "detention": ("migration_officer",),
    "removal": ("migration_officer",),
    "readmission": ("migration_officer",),
    "entry_ban": ("migration_officer", "labour_officer"),
    "voluntary_return": ("migration_officer", "io_partner"),
    "regularisation": ("migration_officer",),
    "returning_nationals": ("labour_officer", "social_officer"),
    "ethnic_return": ("labour_officer", "migration_officer"),
    "labour_permit": ("labour_officer",),
    "local_integration": ("social_officer",),
    "family_tracing": ("child_officer", "asylum_officer", "social_officer"),
    "best_interests": ("child_officer",),
    "cessation": ("asylum_officer",),
    "subsequent_application": ("asylum_officer",),
    "resettlement": ("asylum_officer", "io_partner"),
    "naturalisation": ("statelessness_officer", "asylum_officer", "migration_officer"),
    "apprehension_transfer": ("migration_officer",),
    "complaint": ("ombudsman", "labour_officer", "social_officer"),
}

# The coercive procedures: what each does to a person, for the safeguards to be asked before it is opened and before every step.
COERCIVE: Final[Mapping[str, str]] = {
    "removal": "removal",
    "readmission": "hand_over",
    "detention": "detention",
    "voluntary_return": "voluntary_return",
    "apprehension_transfer": "transfer",
}

WITHDRAWN: Final = "withdrawn"
"""Any procedure that the person asked for can end so, freely and at any stage; never one of force."""

FREELY_LEFT: Final = frozenset({"voluntary_return"})
"""Guarded like acts of force, and yet the person's own wish, which they may take back until the last moment."""

# What must have been considered before anybody is held (domain reference 3.8; UNHCR detention guidelines, 4.3).
ALTERNATIVES: Final = (
    "reporting",
    "residence_direction",
    "deposit",
    "bond",
    "community_supervision",
    "case_management",
    "open_reception",
)

# What a person is asked again before every step of force, and the holds that a yes places.
ASKED_AGAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "fear": ("no_removal", "no_consular_contact", "no_sharing_with_origin"),
    "health": ("no_removal", "confidential_handling"),
    "pressure": ("reflection_period",),
    "children": ("no_removal", "treat_as_child"),
    "family": ("no_removal", "keep_family_together"),
}
ASKED_BEFORE: Final = frozenset({"removal", "readmission"})
"""The procedures whose every step of force begins with these questions."""

SUSPENSIVE: Final = frozenset(
    {"asylum", "complementary_protection", "temporary_protection", "statelessness", "trafficking", "removal", "readmission",
     "cessation", "subsequent_application"}
)  # fmt: skip
"""The procedures in which a remedy stops removal while it is open and while its time runs."""

ENDS_HERE: Final = "ends-here"
"""Said in the place of a next stage: the procedure ends with this one, although another could follow."""

THIRD_STATE: Final = "resettlement"
RESETTLED: Final = "resettled"
BEST_INTERESTS: Final = ("best_interests", "child_protection")
"""The procedures in which it is decided what is best for a child."""
DETERMINATION, ASSESSMENT = "determination", "assessment"
ALONE: Final = frozenset({"unaccompanied_child", "separated_child"})

SETTINGS: Final = ("private", "semi_private", "open", "remote", "vehicle", "detention")
SETTINGS_WITH_REASON: Final = frozenset({"remote", "vehicle", "detention"})
GRADES: Final = ("A", "B", "C", "D", "E", "F")
HOW_NOTIFIED: Final = ("in_person", "registered_mail", "legal_aid", "guardian", "not_found")
WARNINGS: Final = (50, 80, 100)

INTERPRETER: Final = "interpreter"
ASKED, GIVEN, DECLINED = "asked", "given", "declined"
"""What became of legal aid, each time that it was spoken of."""

KINDS_OF_AID: Final = ("state", "ngo", "un", "law_clinic", "private", "other")


def is_decision(stage: Stage) -> bool:
    """Whether the stage ends only by a reasoned and signed decision: it ends with one, or a remedy lies against it."""
    return stage.ends_with in ("decision", "removal_decision") or "written_reasons" in stage.safeguards


def first_stage(procedure: Procedure, wanted: str = "") -> Stage | None:
    """The stage to begin with: the one wanted if the procedure may begin there, else the first."""
    beginnings = procedure.beginnings()
    if not wanted:
        return beginnings[0]
    return next((stage for stage in procedure.stages if stage.id == wanted and stage in beginnings), None)


def meaning(stage: Stage, outcome: str) -> str:
    """What the outcome means for the person, by the packs' list (packs/_floor/outcomes); empty where the list does not know it."""
    if outcome == WITHDRAWN and WITHDRAWN not in stage.outcomes:
        return "frees"
    return stage.means.get(outcome, "")


def frees(stage: Stage, outcome: str) -> bool:
    """Whether the outcome frees the person from force, or undoes what was decided against them. No safeguard stands in its way."""
    return meaning(stage, outcome) == "frees"


def is_carried_out(procedure: str, stage: Stage, outcome: str) -> bool:
    """Whether the outcome says that a person was removed or handed over to another state."""
    return procedure in ASKED_BEFORE and meaning(stage, outcome) == "gone"


def may_end_with(stage: Stage, outcome: str) -> bool:
    """Whether the procedure may end with the outcome though a stage could follow."""
    return meaning(stage, outcome) in ("frees", "ends")


def outcomes(procedure: Procedure, stage: Stage) -> tuple[str, ...]:
    """How the stage can end; free withdrawal too, where the person may withdraw."""
    if procedure.code in COERCIVE and procedure.code not in FREELY_LEFT:
        return stage.outcomes
    return (*stage.outcomes, WITHDRAWN) if WITHDRAWN not in stage.outcomes else stage.outcomes


def problem_of_ending(procedure: Procedure, stage: Stage, outcome: str, following: str) -> str:
    """Why a stage cannot end so; empty when it can. `following` is ENDS_HERE, or empty
    after an outcome that frees the person, where the procedure ends with it."""
    allowed = outcomes(procedure, stage)
    if outcome not in allowed:
        return f"The stage cannot end with '{outcome}'. Allowed are: {', '.join(allowed)}."
    if outcome == WITHDRAWN and (procedure.code not in COERCIVE or procedure.code in FREELY_LEFT):
        return "" if not following else "A withdrawn procedure has no next stage."
    if not following and stage.next and not may_end_with(stage, outcome):
        return f"Several stages can follow. Say which, or '{ENDS_HERE}': {', '.join(stage.next)}."
    if following and following not in (*stage.next, ENDS_HERE):
        return f"'{following}' does not follow this stage. What can follow: {', '.join(stage.next) or 'nothing'}."
    return ""


def is_term(parameter: Parameter) -> bool:
    """Whether a parameter is a time that runs; the others are ages, counts and yes or no."""
    return parameter.unit in DURATIONS


@dataclass(frozen=True)
class Reckoned:
    """A term of a step: its parameter, when it started, when it ends, or what is missing to know it.

    `basis` is `statutory` or `target` by the source of the value that was applied, which `cited` names; both empty while no end is known.
    `target` is the end by the target of the floor, where the state's law gives a term of its own beside it.
    """

    parameter: Parameter
    verified: bool
    started: datetime | None
    due: datetime | None
    unknown: str
    basis: str = ""
    cited: str = ""
    target: datetime | None = None


def reckon(
    pack: Pack, calendar: Calendar, name: str, facts: Mapping[str, date | None], pauses: Sequence[Suspension]
) -> Reckoned | None:
    """When the term of that name ends for these facts; None where the parameter is no term but a figure."""
    parameter = pack.parameters.get(name)
    if parameter is None or not is_term(parameter):
        return None
    end = due(parameter, facts, calendar, pauses)
    if isinstance(end, Unknown):
        return Reckoned(parameter, False, _started(parameter, facts, calendar), None, end.why)
    return Reckoned(
        parameter,
        end.value.verified,
        _started(parameter, facts, calendar) or end.at,
        end.at,
        "",
        pack.basis_of(end.value),
        str(end.value.citation),
        _target(pack, calendar, parameter, facts, pauses) if pack.basis_of(end.value) == STATUTORY else None,
    )


def _target(
    pack: Pack, calendar: Calendar, parameter: Parameter, facts: Mapping[str, date | None], pauses: Sequence[Suspension]
) -> datetime | None:
    """The end by the floor's target of the same name, where it has one and the state's law stands over it."""
    below = pack.floor.get(parameter.name)
    if below is None or below.origin == parameter.origin or not is_term(below):
        return None
    end = due(below, facts, calendar, pauses)
    return None if isinstance(end, Unknown) or pack.basis_of(end.value) != TARGET else end.at


def _started(parameter: Parameter, facts: Mapping[str, date | None], calendar: Calendar) -> datetime | None:
    happened = [at for at in (facts.get(code) for code in parameter.runs_from) if at is not None]
    if not happened:
        return None
    return max(each if isinstance(each, datetime) else calendar.start_of(each) for each in happened)


def warning_due(started: datetime, due_at: datetime, warned: int, now: datetime) -> int:
    """The highest warning (50, 80 or 100 percent of the term) that has been reached and not yet given; 0 when none."""
    over = now >= due_at
    gone = 100 * over if due_at <= started else 100 * (now - started) / (due_at - started)
    reached = [level for level in WARNINGS if gone >= level]
    return reached[-1] if reached and reached[-1] > warned else 0


def is_appeal(procedure: Procedure, stage: Stage) -> bool:
    """Whether the stage is the way of a remedy: a term of a remedy against another stage is a term of its own, or it begins with an
    appeal where a remedy holds off removal."""
    if stage.remedy is None and stage.begins_with == "appeal_filed" and procedure.code in SUSPENSIVE:
        return True
    remedies = {
        name for other in procedure.stages if other.remedy and other is not stage for name in other.remedy.terms
    }
    return not remedies.isdisjoint(stage.terms) and stage.remedy is None


AGAINST: Final = frozenset({"refuses", "forces"})
"""Meanings of a decision against which a remedy is used, and of a last word on it that lets the decision stand."""


AGAINST_IN_PART: Final = AGAINST | {"grants_part"}
"""The same, with decisions that give less than was asked for: a remedy lies against what was not given."""


def is_last_word(procedure: Procedure, decided: Stage, appeal: Stage, outcome: str) -> bool:
    """Whether an appeal that ended so was the last remedy against the decision of `decided`, as far as it was read in the law.

    It let the decision stand; no other appeal follows it; and where a court can be asked, it was a court alone that spoke.
    """
    if meaning(appeal, outcome) not in AGAINST or appeal.remedy is not None or decided.remedy is None:
        return False
    if not (decided.verified and appeal.verified) or "unknown" in decided.remedy.to:
        return False
    if any(is_appeal(procedure, after) for after in procedure.after(appeal.id)):
        return False
    spoke = {"court", "higher_body", "commission"} & set(appeal.by)
    return spoke == {"court"} or "court" not in decided.remedy.to


def times_of_remedy(pack: Pack, stage: Stage, on: date) -> tuple[str, ...] | None:
    """The names of the times in which a remedy against the stage can be used; None where the pack does not say them all.

    A condition among them, such as whether the time covers this kind of decision, must be a verified yes `on` that day. A time that is
    only known to be so long at the least has no end.
    """
    if stage.remedy is None or not stage.verified or "unknown" in stage.remedy.to:
        return None
    found = [pack.parameters.get(name) for name in stage.remedy.terms]
    if not all(one is not None and (is_term(one) or _holds(one, on)) for one in found):
        return None
    if any(one is not None and one.floor == "at_least" for one in found):
        return None
    return tuple(one.name for one in found if one is not None and is_term(one)) or None


def _holds(condition: Parameter, on: date) -> bool:
    value = condition.value_on(on)
    return not isinstance(value, Unknown) and value.verified and value.amount == "yes"


def problem_of_waiver(
    *, absolute: bool, child: bool, held: bool, lawyer: bool, in_person: bool, understood: bool
) -> str:
    """Why a person cannot give up a remedy so; empty when they can."""
    if absolute:
        return "The person must not be removed whatever they say: the danger is of torture or death. No remedy is given up here."
    if child:
        return (
            "A child, or somebody whose age is in doubt, gives up no remedy here. Turn to the guardian and to counsel."
        )
    if held and not lawyer:
        return "Whoever is held gives up a remedy only with a lawyer in the room. Ask for one, and come back."
    if not in_person:
        return (
            "A remedy is given up by the person alone, who is in the room; not by letter, telephone or somebody else."
        )
    if not understood:
        return "The person must have understood it in their own language. Find an interpreter, and come back."
    return ""


def problem_of_declining(*, child: bool, informed: bool, freely: bool) -> str:
    """Why a person cannot decline legal aid so; empty when they can."""
    if child:
        return "A child, or somebody whose age is in doubt, declines no legal aid alone. Turn to the guardian."
    if not informed:
        return "Tell the person first what legal aid is, that it can be free, and that it may be asked for at any time."
    if not freely:
        return "Nobody else declines for the person. Ask them alone, with an interpreter where one is needed."
    return ""


def lacks_before_asking(*, alone: bool, assessed: bool, determined: bool) -> str:
    """What is missing before a third state is asked to take a child in: DETERMINATION, ASSESSMENT or nothing. A child of whom it is not
    known is alone."""
    if alone and not determined:
        return DETERMINATION
    return "" if assessed or determined else ASSESSMENT


def harm_of_ending(procedure: Procedure, stage: Stage, outcome: str, following: str = "") -> str:
    """What ending the stage so does to the person; empty where it frees them, or where only a remedy is decided on.

    Whoever is freed goes through no further step, but for an alternative, which is lived through.
    """
    freed = frees(stage, outcome)
    ends = freed and (following in ("", ENDS_HERE) or outcome == "alternative")
    if ends or (is_appeal(procedure, stage) and not freed):
        return ""
    return COERCIVE.get(procedure.code, "")


def holds_of_answers(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The holds that the answers place: those of every yes, each once."""
    return tuple(
        dict.fromkeys(hold for key, holds in ASKED_AGAIN.items() if answers.get(key) == "yes" for hold in holds)
    )


def unanswered(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions that are not answered with yes or no. What is not known is never read as no."""
    return tuple(key for key in ASKED_AGAIN if answers.get(key) not in ("yes", "no"))


def review_term(started: datetime, reviewed: datetime | None, month_after_start: datetime) -> str:
    """The parameter of the next review: the first, those of the first month, the later ones."""
    if reviewed is None:
        return "detention/first_review"
    return "detention/review_first_month" if reviewed < month_after_start else "detention/review_later"


def problem_of_return(counselled: datetime | None, cooled_off: datetime | None, moment: datetime) -> str:
    """Why a voluntary return cannot be carried out yet; empty when it can."""
    if counselled is None:
        return "The person was not counselled on return. Record when the counselling was; the time to think runs from there."
    if cooled_off is None:
        return (
            "The pack does not say how long the time to think is. Ask a lawyer of the state; until then nobody returns."
        )
    if moment < cooled_off:
        return f"The person has time to think until {cooled_off:%Y-%m-%d %H:%M %Z}. They may withdraw at any time."
    return ""
