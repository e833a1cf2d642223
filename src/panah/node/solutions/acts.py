"""The acts of this room as frozen values: what is said, by whom, about which plan. What they do is in actions/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.registration import service as registration
from panah.node.solutions.models import Danger, FollowUp, Job, Plan, Step

Text = Annotated[str, StringConstraints(min_length=1, max_length=8_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
AnyState = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20)]
Toward = Literal[
    "voluntary_return", "reintegration", "local_integration", "regularisation", "ethnic_return", "resettlement"
]
Area = Literal[
    "documents", "housing", "work", "skills", "school", "health", "social_protection", "family", "debt", "safety", "community",
]  # fmt: skip
Said = Literal["yes", "no", "unknown", "refused"]
Consent = Literal["person", "guardian"]
Grade = Literal["A", "B", "C", "D", "E", "F"]


class OpenPlan(Action):
    """Make a plan with a person who was referred to the officer's body, which accepted. `aims` are the person's own words.

    `began_on` is the day of return, for somebody who is back already, or the day on which the solution began.
    """

    code: ClassVar[str] = "solutions.open"
    needs: ClassVar[str] = "solutions.open"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "toward", "consent", "health_consent"})

    plan: UUID
    file: UUID
    toward: Toward
    aims: Text
    language: Tag
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""
    consent: Consent
    health_consent: Said = "unknown"
    began_on: date | None = None

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        registration.file_by_id(self.file)
        return self


class OnPlan(Action):
    """An act within an open plan, by the body that leads it."""

    needs: ClassVar[str] = "solutions.work"

    plan: UUID

    @cached_property
    def row(self) -> Plan:
        found = Plan.objects.select_for_update().filter(pk=self.plan).first()
        if found is None:
            raise NotFound("There is no such plan.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Plan:
        return self.row


class AddMember(OnPlan):
    """Somebody of the family joins the plan; an adult agrees in person."""

    code: ClassVar[str] = "solutions.add_member"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "member", "consent"})

    member: UUID
    number: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    consent: Consent


class RecordStanding(OnPlan):
    """Keep where somebody stands in an area, asked on a day. 0 is unknown."""

    code: ClassVar[str] = "solutions.record_standing"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "standing"})

    standing: UUID
    member: UUID | None = None
    area: Area
    level: int = Field(ge=0, le=4)
    said: Remark = ""
    wanted: Remark = ""
    asked_on: date


class AddStep(OnPlan):
    """What is to be done, by the person, this office or a kind of body. Without `due_on` the pack's term for that body counts."""

    code: ClassVar[str] = "solutions.add_step"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "step", "who", "due_on"})

    step: UUID
    area: Area
    what: Text
    who: Annotated[str, StringConstraints(min_length=2, max_length=40, pattern=r"^[a-z_]+$")]
    due_on: date | None = None


class _OnStep(OnPlan):
    step: UUID

    @cached_property
    def of_plan(self) -> Step:
        found = Step.objects.select_for_update().filter(pk=self.step, plan=self.row).first()
        if found is None:
            raise NotFound("There is no such step.")
        return found


class EndStep(_OnStep):
    """A step is done, with its evidence; or it cannot be done; or the person does not want it."""

    code: ClassVar[str] = "solutions.end_step"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "step", "result", "grade"})

    result: Literal["done", "not_possible", "not_wanted"]
    evidence: Remark = ""
    grade: Grade | Literal[""] = ""


class AskReferral(_OnStep):
    """Refer the person to the body of a step: it is sent where the profile has that line, else the post that keeps the file is asked.

    `consent_given` is what the person said when asked; None where they were not asked.
    """

    code: ClassVar[str] = "solutions.ask_referral"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "step", "referral", "consent_given"})

    referral: UUID
    consent_given: bool | None = None


class GiveService(OnPlan):
    """Write down help that was given. Money and goods are given against a receipt, and are a gift: nobody may ask anything for them."""

    code: ClassVar[str] = "solutions.give_service"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "service", "receipt"})

    service: UUID
    area: Area
    kind: Literal[
        "counselling", "legal_aid", "training", "language_course", "health_care", "mediation", "escort", "money", "goods", "other",
    ]  # fmt: skip
    what: Remark = ""
    amount: Annotated[Decimal, Field(gt=0, le=999_999_999, decimal_places=2)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    receipt: Literal["", "signed", "fingerprint", "by_guardian", "would_not_sign"] = ""
    on: date


class ProposeJob(OnPlan):
    """Propose a vacancy to the person, who is free to decline it."""

    code: ClassVar[str] = "solutions.propose_job"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "job", "contract_checked"})

    job: UUID
    vacancy: Text
    employer: Short
    contract_checked: Literal["yes", "no", "unknown"] = "unknown"


class SetJob(OnPlan):
    """Say what came of a job. To decline one, or to leave it, costs the person nothing."""

    code: ClassVar[str] = "solutions.set_job"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "job", "stage", "contract_checked"})

    job: UUID
    stage: Literal["declined", "not_taken", "started", "ended"]
    on: date
    contract_checked: Literal["yes", "no", "unknown"] = "unknown"
    why: Remark = ""

    @cached_property
    def of_plan(self) -> Job:
        found = Job.objects.select_for_update().filter(pk=self.job, plan=self.row).first()
        if found is None:
            raise NotFound("There is no such job.")
        return found


class Counsel(OnPlan):
    """Counsel on return was held: in the person's language, with dated information on the place of origin."""

    code: ClassVar[str] = "solutions.counsel"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "counselling", "by_whom", "origin_as_of"})

    counselling: UUID
    by_whom: Literal["own_office", "iom", "unhcr", "legal_aid", "ngo"]
    language: Tag
    origin: Text
    origin_as_of: date


class _Leaves(OnPlan):
    """Whoever of the family leaves with the person is asked about too."""

    def harm(self) -> Harm:
        return Harm.VOLUNTARY_RETURN


class AgreeToReturn(_Leaves):
    """The person says yes to returning, in their own words. In detention only with independent counsel."""

    code: ClassVar[str] = "solutions.agree_to_return"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "agreement", "detained"})

    agreement: UUID
    said: Text
    language: Tag
    detained: bool = False
    counsel: Annotated[str, StringConstraints(max_length=200)] = ""


class ChangeMind(OnPlan):
    """The person takes the yes back, without a reason and without harm; possible until departure."""

    code: ClassVar[str] = "solutions.change_mind"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan"})


class Depart(_Leaves):
    """The person left, freely. Follow-ups run from the day of return. to_state: where to, ISO 3166-1 alpha-3; empty where nobody knows."""

    code: ClassVar[str] = "solutions.depart"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "on"})

    on: date
    asked_again: Literal["still_wants"]
    to_state: AnyState = ""


class BeginSolution(OnPlan):
    """Say on which day the person came back, or the solution began. Follow-ups run from it."""

    code: ClassVar[str] = "solutions.begin"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "on"})

    on: date


class TryFollowUp(OnPlan):
    """One try to reach the person and ask how life is now. Who was not reached is tried again on `next_try`; `last` ends the tries.

    What a person was not asked, or did not say, is unknown.
    """

    code: ClassVar[str] = "solutions.try_follow_up"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "follow_up", "how", "reached", "next_try", "last"})

    follow_up: UUID
    attempt: UUID
    how: Literal["telephone", "message", "visit", "office"]
    reached: bool
    next_try: date | None = None
    last: bool = False
    safe: Said = "unknown"
    works: Said = "unknown"
    same_job: Said = "unknown"
    wants_to_leave: Said = "unknown"
    why_leave: tuple[
        Literal[
            "PERSEC", "CONFLICT", "GENVIOL", "RIGHTS", "DISASTER", "ENVDEG", "CLIMATE", "WORK", "WAGE", "STUDY", "FAMILY", "HEALTH",
            "DEBT", "TRAFFICKED", "EXPELLED", "ETHNIC_TENSION", "LAND_WATER", "OTHER", "DK",
        ],
        ...,
    ] = ()  # fmt: skip
    where: Literal["same_place", "moved_inside", "abroad_regular", "abroad_other", "unknown"] = "unknown"
    said: Remark = ""

    @cached_property
    def of_plan(self) -> FollowUp:
        found = FollowUp.objects.select_for_update().filter(pk=self.follow_up, plan=self.row).first()
        if found is None:
            raise NotFound("There is no such follow-up.")
        return found


class ReportDanger(OnPlan):
    """The person is, or may be, in danger. Those who protect and the ombudsman are told at once."""

    code: ClassVar[str] = "solutions.report_danger"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "danger"})

    danger: UUID
    what: Text


class ReplyToDanger(OnPlan):
    """Say what was done about a danger. It is over when the person said that they are safe."""

    code: ClassVar[str] = "solutions.reply_to_danger"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "danger", "reply"})

    danger: UUID
    reply: UUID
    what: Text
    safe: Said

    @cached_property
    def of_plan(self) -> Danger:
        found = Danger.objects.select_for_update().filter(pk=self.danger, plan=self.row).first()
        if found is None:
            raise NotFound("There is no such danger.")
        return found


class ClosePlan(OnPlan):
    """Close the plan with its outcome. Refused while a follow-up is due or a danger is open."""

    code: ClassVar[str] = "solutions.close"
    open_fields: ClassVar[frozenset[str]] = frozenset({"plan", "outcome"})

    outcome: Annotated[str, StringConstraints(min_length=2, max_length=30, pattern=r"^[a-z_]+$")]
    said: Remark = ""


class RemindOfFollowUp(Action):
    """The installation's own act: tell the officer that a follow-up comes near, and the supervisor too when it is over."""

    code: ClassVar[str] = "solutions.remind"
    needs: ClassVar[str] = "solutions.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"follow_up"})
    by_installation: ClassVar[bool] = True

    follow_up: UUID

    def subject(self) -> UUID | None:
        return FollowUp.objects.filter(pk=self.follow_up).values_list("plan__file", flat=True).first()
