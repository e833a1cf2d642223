"""The acts that a plan's page posts: each with its form, its action, the id that it makes and the ids that it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest

from panah.foundation.door.service import NotFound
from panah.node.solutions import acts, forms, shown, words
from panah.node.solutions.models import Plan
from panah.web.deeds import Deed, done

DEEDS: dict[str, Deed] = {
    "standing": Deed(forms.StandingForm, acts.RecordStanding, ("standing",)),
    "step": Deed(forms.StepForm, acts.AddStep, ("step",)),
    "end_step": Deed(forms.EndStepForm, acts.EndStep, names=("step",)),
    "ask_referral": Deed(forms.ReferForm, acts.AskReferral, ("referral",), ("step",)),
    "service": Deed(forms.ServiceForm, acts.GiveService, ("service",)),
    "job": Deed(forms.JobForm, acts.ProposeJob, ("job",)),
    "set_job": Deed(forms.SetJobForm, acts.SetJob, names=("job",)),
    "counsel": Deed(forms.CounselForm, acts.Counsel, ("counselling",)),
    "agree": Deed(forms.AgreeForm, acts.AgreeToReturn, ("agreement",)),
    "change_mind": Deed(forms.NothingForm, acts.ChangeMind),
    "depart": Deed(forms.DepartForm, acts.Depart),
    "begin": Deed(forms.BeginForm, acts.BeginSolution),
    "try": Deed(forms.TryForm, acts.TryFollowUp, ("attempt",), ("follow_up",)),
    "danger": Deed(forms.DangerForm, acts.ReportDanger, ("danger",)),
    "reply": Deed(forms.ReplyForm, acts.ReplyToDanger, ("reply",), ("danger",)),
    "member": Deed(forms.MemberForm, acts.AddMember, ("member",)),
    "close": Deed(forms.CloseForm, acts.ClosePlan),
}


@dataclass(frozen=True)
class Offer:
    """What the forms of a plan's page need: the plan, and what this officer can choose."""

    plan: Plan
    areas: tuple[str, ...]
    who: list[tuple[str, str]]


def form_of(name: str, offer: Offer, posted: Any = None, *, of: object = "") -> Form:
    """The form of an act, with what can be chosen now. `of` is what it is about, where the page has the same form several times."""
    plan, areas, who = offer.plan, offer.areas, offer.who
    auto_id = f"id_{name}_{of}_%s" if of else f"id_{name}_%s"
    if name == "close":
        return forms.CloseForm(plan.toward, posted, auto_id=auto_id)
    form = DEEDS[name].form(posted, initial=_begin_with(name, plan), auto_id=auto_id)
    if "area" in form.fields:
        forms.offer(form, "area", [(area, words.of(words.AREAS, area)) for area in areas])
    if "who" in form.fields:
        forms.offer(form, "who", who)
    if "member" in form.fields:
        members = plan.members.values_list("pk", "file")
        known = {row["number"]: row for row in shown.people(plan, ())}
        numbers = dict(zip([plan.file, *(file for _pk, file in members)], known, strict=True))
        forms.offer(form, "member", [("", numbers[plan.file]), *((str(pk), numbers[file]) for pk, file in members)])
    return form


def _begin_with(name: str, plan: Plan) -> dict[str, Any]:
    return {"language": plan.language} if name in ("counsel", "agree") else {}


def act(request: HttpRequest, plan: Plan, form: Form) -> Form | None:
    """Perform what was posted. A form to be shown again with its errors, or None when it is done."""
    return done(request, DEEDS[request.POST["act"]], form, {"plan": plan.pk})


def deed_posted(request: HttpRequest) -> str:
    """Which act was posted. Raises NotFound for one that there is not."""
    name = request.POST.get("act", "")
    if name not in DEEDS:
        raise NotFound("There is no such act.")
    return name
