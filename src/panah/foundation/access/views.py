"""Break-glass: asking for it, ending it, reviewing it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.actions import CloseBreakGlass, OpenBreakGlass, ReviewBreakGlass
from panah.foundation.access.models import BreakGlass
from panah.foundation.access.service import breaking_glass, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform


class OpenForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why you must read files that are not yours"),
        widget=forms.Textarea,
        min_length=20,
        max_length=1000,
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("For how long"), coerce=int, choices=[(1, "1 h"), (2, "2 h"), (3, "3 h")]
    )


class ReviewForm(forms.Form):
    session = forms.UUIDField(widget=forms.HiddenInput)
    justified = forms.TypedChoiceField(
        label=gettext_lazy("Was it justified?"),
        coerce=lambda v: v == "yes",
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=1000)


@required("access.break_glass")
def break_glass(request: HttpRequest) -> HttpResponse:
    officer = officer_of(request)
    open_session = breaking_glass(officer)
    form = OpenForm(request.POST or None)
    if request.method == "POST":
        try:
            if "close" in request.POST:
                perform(CloseBreakGlass(by=officer.pk, place=officer.post, happened_at=now()))
                return redirect("break_glass")
            if form.is_valid():
                perform(OpenBreakGlass(by=officer.pk, place=officer.post, happened_at=now(), **form.cleaned_data))
                messages.success(request, _("The session is open. What you read is written down and will be reviewed."))
                return redirect("break_glass")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "access/break_glass.html", {"form": form, "open_session": open_session})


@required("access.review_break_glass")
def break_glass_review(request: HttpRequest) -> HttpResponse:
    officer, form = officer_of(request), ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            perform(ReviewBreakGlass(by=officer.pk, place=officer.post, happened_at=now(), **form.cleaned_data))
            return redirect("break_glass_review")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    sessions = BreakGlass.objects.select_related("officer").order_by("reviewed_at", "-opened_at")[:100]
    return render(request, "access/break_glass_review.html", {"form": form, "sessions": sessions, "moment": now()})
