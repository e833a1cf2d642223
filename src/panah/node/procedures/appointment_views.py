"""What an interpreter sees: the own appointments, each with day, place, setting, language and number. Nothing of the file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panah.foundation.access.service import officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.procedures import service, shown, words
from panah.node.procedures.aid_forms import AnswerForm
from panah.node.procedures.hearing_acts import AnswerAppointment


@required("procedures.interpret")
def listed(request: HttpRequest) -> HttpResponse:
    """The appointments to come, soonest first."""
    table = shown.appointments(service.appointments(officer_of(request), now()))
    return render(request, "procedures/appointments.html", {"table": table})


@required("procedures.interpret")
def one(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """One appointment, and the answer to it. What is not one's own is not found."""
    officer = officer_of(request)
    row = service.appointment(officer, hearing_id)
    form = AnswerForm(request.POST or None, initial={"answer": row.interpreter_says})
    if request.method == "POST" and form.is_valid():
        try:
            perform(AnswerAppointment(**form.made(officer), **form.said_of(row.pk)))
            messages.success(request, _("Done, and on record."))
            return redirect("appointments")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {
        "row": row,
        "number": row.proceeding.number,
        "setting": words.SETTINGS[row.setting],
        "says": words.ANSWERS_OF_INTERPRETERS[row.interpreter_says],
        "form": form,
    }
    return render(request, "procedures/appointment.html", context, status=422 if form.errors else 200)
