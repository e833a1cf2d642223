"""The page of a proceeding's remedies: bans on entry and what is done about them, and a remedy that the person gives up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from uuid6 import uuid7

from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.node.procedures import ban_acts, remedy_acts, remedy_forms, service, words
from panah.node.procedures.models import EntryBan, Proceeding, Waiver
from panah.node.procedures.service import remedies_open
from panah.web.deeds import Deed, done
from panah.web.parts import Column, Table
from panah.web.reading import country_name

DEEDS: dict[str, Deed] = {
    "lodge": Deed(remedy_forms.LodgeRemedyForm, remedy_acts.LodgeRemedy),
    "ban": Deed(remedy_forms.RecordBanForm, ban_acts.RecordBan, ("ban",)),
    "ban_remedy": Deed(remedy_forms.BanRemedyForm, ban_acts.LodgeBanRemedy),
    "destination": Deed(remedy_forms.DestinationForm, ban_acts.NoteDestination),
    "lift": Deed(remedy_forms.LiftBanForm, ban_acts.LiftBan),
    "revoke": Deed(remedy_forms.RevokeWaiverForm, remedy_acts.RevokeWaiver),
    "confirm": Deed(remedy_forms.ConfirmWaiverForm, remedy_acts.ConfirmWaiver),
    "declare": Deed(remedy_forms.DeclareWaiverForm, remedy_acts.DeclareWaiver, ("waiver",)),
}


@required("procedures.see_one")
def remedies(request: HttpRequest, proceeding_id: UUID) -> HttpResponse:
    """Bans and waivers of a proceeding, with every act that is possible now."""
    officer = officer_of(request)
    row = service.read(officer, proceeding_id)
    works = may(officer, "procedures.work", row)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        if not works or request.POST.get("act", "") not in DEEDS:
            raise NotFound("There is no such act.")
        deed = DEEDS[request.POST["act"]]
        known = {"proceeding": row.pk, "happened_at": now()}
        form = done(request, deed, deed.form(row, request.POST), known, says=False)
        if form is None:
            return redirect("procedure_remedies", proceeding_id=row.pk)
        wrong[request.POST["act"]] = form
    context = {
        "row": row,
        "title": words.procedure_title(row.procedure),
        "bans": _bans(row),
        "waivers": _waivers(row),
        "deeds": _deeds(row, wrong) if works else [],
        "action": uuid7(),
        "made": uuid7(),
    }
    return render(request, "procedures/remedies.html", context, status=422 if wrong else 200)


def _deeds(row: Proceeding, wrong: dict[str, Form]) -> list[dict[str, Any]]:
    standing = EntryBan.objects.filter(file=row.file, lifted_on=None).exists()
    waivers = Waiver.objects.filter(decision__step__proceeding=row, revoked_at=None)
    titles = (
        {"lodge": (_("The person lodges a remedy, also late"), _("Open the procedure again"))}
        if remedies_open(row)
        else {}
    )
    titles |= {"ban": (_("Record a ban on entry"), _("Keep the ban"))} if row.ended_at is None else {}
    if standing:
        titles |= {
            "ban_remedy": (_("What is done against a ban"), _("Keep the remedy")),
            "destination": (_("Another destination"), _("Keep the destination")),
            "lift": (_("A ban was lifted"), _("Keep that it was lifted")),
        }
    if waivers.exists():
        titles["revoke"] = (_("The person takes the waiver back"), _("The remedy is open again"))
    if waivers.filter(confirmed_at=None).exists():
        titles["confirm"] = (_("Confirmed in writing"), _("Keep the confirmation"))
    elif not waivers.exists() and row.steps.filter(decisions__notified_at__isnull=False).exists():
        titles["declare"] = (_("The person wants to give up a remedy"), _("Keep what the person said"))
    return [
        {
            "act": act,
            "title": said[0],
            "button": said[1],
            "form": wrong.get(act) or DEEDS[act].form(row),
            "open": act in wrong,
        }
        for act, said in titles.items()
    ]


def _bans(row: Proceeding) -> Table:
    tag = get_language() or "en"
    lengths = {"forever": _("for ever"), "unknown": _("not known")}
    return Table(
        caption=_("Bans on entry"),
        columns=[
            Column(_("State"), heading=True), Column(_("Ground")), Column(_("From")), Column(_("Until")),
            Column(_("Remedy")), Column(_("On which day")),
            Column(_("Another destination")), Column(_("Lifted")),
        ],
        rows=[
            [
                country_name(ban.state, tag),
                ban.ground,
                ban.starts,
                ban.ends or lengths[ban.length],
                ban.remedy_to or _("none yet"),
                ban.remedy_on,
                country_name(ban.destination, tag) if ban.destination else "",
                ban.lifted_on,
            ]
            for ban in EntryBan.objects.filter(file=row.file)
        ],
        empty=_("No ban is on record. Ask the person whether a state forbids them to enter, and record it here."),
    )  # fmt: skip


def _waivers(row: Proceeding) -> Table:
    return Table(
        caption=_("Remedies given up"),
        columns=[
            Column(_("Said"), heading=True), Column(_("Counsel")), Column(_("May be confirmed from")), Column(_("Confirmed")),
            Column(_("Taken back")),
        ],
        rows=[
            [one.declared_at, one.counsel, one.may_confirm_at, one.confirmed_at, one.revoked_at]
            for one in Waiver.objects.filter(decision__step__proceeding=row)
        ],
        empty=_("The person has given up no remedy. Nobody needs to."),
    )  # fmt: skip
