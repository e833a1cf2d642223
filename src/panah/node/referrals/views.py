"""Preview and sending from a person's file; the receiving body's queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from uuid6 import uuid7

from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.profiling import service as profiling
from panah.node.referrals import drafts, lists, service, shown, texts
from panah.node.referrals.actions import AcceptReferral, CompleteReferral, DeclineReferral, SendReferral
from panah.node.referrals.forms import CompleteForm, DeclineForm
from panah.node.referrals.models import Referral
from panah.node.referrals.permissions import in_lane_of
from panah.node.registration import service as registration

_FITS = {(Referral.Status.SENT, DeclineForm), (Referral.Status.ACCEPTED, CompleteForm)}
"""Which form the page shows while the referral stands so."""


@dataclass(frozen=True)
class Line:
    """One line of the preview: the draft as it stands, and as it goes out once the person agrees; the person's answers that
    it rests on, the referral that it became if it was sent, and the id of the act that would send it."""

    draft: drafts.Draft
    if_agreed: drafts.Draft
    record: Mapping[str, Any]
    sent: Referral | None
    action: UUID
    referral: UUID


@required("registration.see_arrivals")
def of_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What would go to whom, by when, with which fields; sending one line at a time or all that may go."""
    file = registration.file_for(officer_of(request), file_id)
    if not may(request.user, "referrals.send", file):
        raise NotFound("There is no such file.")
    confirmed = profiling.confirmed(file_id)
    if request.method == "POST":
        _send(request, file_id)
        return redirect("referrals_of_file", file_id=file_id)
    sent = {referral.to: referral for referral in service.of_file(file_id)}
    lines = []
    if confirmed is not None:
        declined = [row for row in sent.values() if row.decline_code == "NOT_COMPETENT"]
        lines = [
            Line(draft, _if_agreed(draft, confirmed), confirmed.record, sent.get(draft.to), uuid7(), uuid7())
            for draft in drafts.all_drafts(confirmed, now(), declined)
        ]
    closed = profiling.closed_lanes(officer_of(request), file)
    # What is still to be sent is shown to whoever may send it; what went out in a closed class is the recipient's.
    told = [line for line in lines if _to_send(line) or not profiling.sight.hides(closed, "referral", line.draft.to)]
    context = {
        "file": file,
        "confirmed": confirmed,
        "lines": [shown.line(line, now(), closed) for line in told],
        "kept_back": len(lines) - len(told),
        # What can be sent on by one press: nothing is to be asked or chosen first.
        "direct": {
            line.draft.to
            for line in lines
            if _to_send(line) and line.draft.consent != "needed" and line.draft.way == "account" and line.draft.body
        },
        "chosen_for": list(texts.CHOSEN_FOR.items()),
    }
    return render(request, "referrals/of_file.html", context)


def _to_send(line: Line) -> bool:
    return line.sent is None or line.sent.status == Referral.Status.DECLINED


def _if_agreed(draft: drafts.Draft, confirmed: profiling.Confirmed) -> drafts.Draft:
    """The draft as it goes out: where consent is still to be asked for, as the person would agree to it."""
    asks = draft.consent == "needed" or any(choice.way == "envelope" for choice in draft.choices)
    return drafts.if_agreed(confirmed, draft, now()) if asks else draft


def _send(request: HttpRequest, file_id: UUID) -> None:
    officer = officer_of(request)
    consent = {"yes": True, "no": False}.get(request.POST.get("consent", ""))
    try:
        receipt = perform(
            SendReferral(
                id=UUID(request.POST["action"]),
                by=officer.pk,
                place=officer.post,
                happened_at=now(),
                referral=UUID(request.POST["referral"]),
                file=file_id,
                to=request.POST["to"],
                consent_given=consent,
                **_choice(request),
            )
        )
        if receipt.result.get("way") == "envelope":
            messages.success(
                request, _("Referral %(number)s is made. Take its envelope and bring it to the body.") % receipt.result
            )
        else:
            messages.success(request, _("Referral %(number)s is sent.") % receipt.result)
    except (KeyError, ValueError):
        messages.error(request, _("The form was not whole. Nothing was sent; try again."))
    except Refused as refusal:
        messages.error(request, str(refusal))


def _choice(request: HttpRequest) -> dict[str, Any]:
    """Which body, why this one, what the person agreed to share with it, and whose word it follows."""
    posted = request.POST
    after = posted.get("after", "")
    return {
        "body": posted.get("body", ""),
        "chosen_for": posted.get("chosen_for", ""),
        "agreed": tuple(posted.getlist("agreed")) if "asked_by_class" in posted else None,
        "after": UUID(after) if after else None,
    }


@required("referrals.see_queue")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the officer's body, first what is due first; what is closed the other way round."""
    officer = officer_of(request)
    which = request.GET.get("list", "open")
    which = which if which in shown.LISTS else "open"
    mine = Referral.objects.filter(in_lane_of(officer))
    page = lists.page_of(mine, which, now(), request.GET.get("after", ""))
    waiting = mine.filter(status=Referral.Status.SENT)
    context = {
        "page": page,
        "table": shown.queue_table(page.rows, now()),
        "which": which,
        "lists": [{"code": code, "title": title} for code, title in shown.LISTS.items()],
        "waiting": lists.counted(waiting),
        "late": lists.counted(waiting.filter(due_at__lt=now())),
        "accepted": lists.counted(mine.filter(status=Referral.Status.ACCEPTED)),
        "most": lists.MOST_COUNTED,
    }
    return render(request, "referrals/queue.html", context)


@required("referrals.see_queue")
def received(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral as its recipient sees it, with the answers that are possible now."""
    officer = officer_of(request)
    referral = service.received_by(officer, referral_id)
    posted = request.POST if request.method == "POST" else None
    decline = DeclineForm(posted if posted and "decline" in posted else None)
    complete = CompleteForm(referral.to, posted if posted and "complete" in posted else None)
    if posted is not None:
        form = decline if "decline" in posted else complete if "complete" in posted else None
        if _answer(request, referral, form):
            return redirect("referral", referral_id=referral.pk)
    context = {
        "referral": shown.referral(referral, now()),
        "decline": decline,
        "complete": complete,
        "can_accept": referral.status == Referral.Status.SENT,
        "can_complete": referral.status == Referral.Status.ACCEPTED,
        "action": posted.get("action") if posted else uuid7(),
    }
    return render(request, "referrals/received.html", context, status=422 if posted is not None else 200)


def _answer(request: HttpRequest, referral: Referral, form: DeclineForm | CompleteForm | None) -> bool:
    """Perform what the form says. False when it has to be shown again with its errors."""
    officer, posted, stood = officer_of(request), request.POST, referral.status
    if form is not None and not form.is_valid():
        if (stood, type(form)) in _FITS:
            return False
        messages.warning(request, _("This referral was answered in the meantime. See below how it stands."))
        return True
    try:
        common: dict[str, Any] = {
            "id": UUID(posted["action"]),
            "by": officer.pk,
            "place": officer.post,
            "happened_at": now(),
            "referral": referral.pk,
        }
        if isinstance(form, DeclineForm):
            perform(DeclineReferral(**common, **form.cleaned_data))
        elif isinstance(form, CompleteForm):
            perform(CompleteReferral(**common, **form.cleaned_data))
        else:
            perform(AcceptReferral(**common))
    except (KeyError, ValueError):
        messages.error(request, _("The form was not whole. Nothing was sent; try again."))
    except Refused as refusal:
        if form is None or (stood, type(form)) not in _FITS:
            messages.warning(request, str(refusal))
            return True
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
