"""A person's page in reception: where they stay, what is proposed, presence, things, appointments, fears, family elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.reception import acts, forms, rooms, rules, service, shown, words
from panah.node.reception.models import Announcement, Appointment, Centre, Fear, HandOut, Stay
from panah.node.reception.permissions import centres_of
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web.deeds import Deed, act, ids

ON_STAY = {
    "presence": Deed(forms.PresenceForm, acts.SetPresence),
    "care": Deed(forms.CareForm, acts.SetCare),
    "give": Deed(forms.HandOutForm, acts.HandOutItem, ("hand_out",)),
    "appointment": Deed(forms.AppointmentForm, acts.SetAppointment, ("appointment",)),
    "out": Deed(forms.MoveOutForm, acts.MoveOut),
}
KEPT = {"kept": Deed(forms.KeptForm, acts.KeepAppointment, names=("appointment",))}
OF_PERSON = {
    "fear": Deed(forms.FearForm, acts.KeepApart, ("fear",)),
    "end_fear": Deed(forms.EndFearForm, acts.EndKeepApart, names=("fear",)),
    "announce": Deed(forms.AnnounceForm, acts.Announce, ("announcement",)),
}


@required("reception.oversee")
def person(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Everything of reception about one person, with the acts that are possible now."""
    officer = officer_of(request)
    file = service.read_person(officer, file_id)
    stay = rooms.stay_of(file.pk)
    centre = _centre(request, officer, stay)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        form = _act(request, officer, file, stay, centre)
        if form is None:
            # Who moved out may be no more of the officer's centres.
            seen = may(officer, "reception.read_person", file.pk)
            return redirect("reception_person", file_id=file.pk) if seen else redirect("reception")
        wrong[request.POST["act"]] = form
    receives, leads = (
        may(officer, "reception.receive", file.pk),
        bool(stay and may(officer, "reception.lead", stay.unit.centre)),
    )
    family = rooms.family_of(file)
    gives = bool(stay and may(officer, "reception.hand_out", stay.unit.centre))
    context = {
        "file": file,
        "name": registration.display_name(file),
        "holds": safeguards.shown(officer, file.pk),
        "stay": stay,
        "where": shown.where(officer, stay) if stay else "",
        "presence": words.of(words.PRESENCES, stay.presence) if stay else "",
        "because": [words.of(words.REASONS, code) for code in stay.because] if stay else [],
        "announced": Announcement.objects.select_related("centre").filter(file=file.pk, ended_at=None).first(),
        "family": _family(officer, file, family),
        "fears": _fears(file),
        "given": shown.handed_out(HandOut.objects.filter(stay__file=file.pk)[:50], receipts=gives),
        "appointments": [
            {"row": row, "kind": words.of(words.APPOINTMENTS, row.kind), "outcome": words.of(words.KEPT, row.outcome)}
            for row in Appointment.objects.filter(stay__file=file.pk).order_by("-at")[:50]
        ],
        "centre": centre if receives else None,
        "centre_title": words.centre_title(centre) if centre else "",
        "centres": [{"pk": one.pk, "title": words.centre_title(one)} for one in centres_of(officer)]
        if receives
        else [],
        "leads": leads,
        "receives": receives,
        "placing": _placing(file, stay, family, centre, wrong) if receives and centre else None,
        "forms": {name: wrong.get(name) or _blank(name, stay) for name in (*ON_STAY, *KEPT, *OF_PERSON)},
        "wrong": set(wrong),
        **ids(),
    }
    return render(request, "reception/person.html", context, status=422 if wrong else 200)


def _blank(name: str, stay: Stay | None) -> Form:
    if name == "announce":
        return _announce_form(None)
    if name == "care" and stay:
        return forms.CareForm(initial={"apart": stay.apart, "step_free": stay.step_free})
    return {**ON_STAY, **KEPT, **OF_PERSON}[name].form()


def _announce_form(posted: QueryDict | None) -> forms.AnnounceForm:
    """Shelters are not offered: where they are is for those who work there to say."""
    form = forms.AnnounceForm(posted)
    forms.offer(
        form, "centre", [(str(one.pk), words.centre_title(one)) for one in Centre.objects.exclude(kind="shelter")]
    )
    return form


def _centre(request: HttpRequest, officer: Officer, stay: Stay | None) -> Centre | None:
    """The centre for which units are proposed: the one chosen, else where the person stays, else the officer's first."""
    if "social_officer" not in officer.roles:
        return None
    mine = list(centres_of(officer))
    chosen = request.POST.get("centre_shown") or request.GET.get("centre") or (str(stay.unit.centre_id) if stay else "")
    return next((one for one in mine if str(one.pk) == chosen), mine[0] if mine else None)


def _party(
    file: registration.PersonFile, family: list[registration.PersonFile], whole: bool
) -> list[registration.PersonFile]:
    return family if whole else [file]


def _placing(
    file: registration.PersonFile,
    stay: Stay | None,
    family: list[registration.PersonFile],
    centre: Centre,
    wrong: dict[str, Form],
) -> dict[str, Any]:
    """What is proposed, with reasons: for the whole family where nobody of it has a place yet, else for the person."""
    whole = len(family) > 1 and not Stay.objects.filter(file__in=[one.pk for one in family], ended_at=None).exists()
    guests = [rooms.guest_of(one, stay if one.pk == file.pk else None) for one in _party(file, family, whole)]
    judged = [one for one in rooms.options(guests, centre) if stay is None or one.room.unit != stay.unit_id]
    return {
        "options": shown.options(judged),
        "whole": whole,
        "count": len(guests),
        "none_fits": bool(judged) and not judged[0].possible,
        "chosen": wrong["place"].data.get("unit", "") if "place" in wrong else "",
        "form": wrong.get("place") or _place_form(judged, None, whole),
    }


def _place_form(judged: list[rules.Option], posted: QueryDict | None, whole: bool) -> forms.PlaceForm:
    form = forms.PlaceForm(posted, initial={"whole_family": whole, "will": "not_asked"})
    forms.offer(form, "unit", [(str(one.room.unit), one.room.name) for one in judged])
    return form


def _act(
    request: HttpRequest, officer: Officer, file: registration.PersonFile, stay: Stay | None, centre: Centre | None
) -> Form | None:
    posted = request.POST
    known: dict[str, Any] = {"file": file.pk}
    which = posted.get("act", "")
    if which == "place":
        if centre is None:
            raise NotFound("There is no such act.")
        return _place(request, officer, file, centre)
    if which in ON_STAY or which == "kept":
        if stay is None:
            raise NotFound("There is no such act.")
        return act(request, {**ON_STAY, **KEPT}, known | {"stay": stay.pk}, {})
    return act(request, OF_PERSON, known, {"announce": _announce_form(posted)} if which == "announce" else {})


def _place(request: HttpRequest, officer: Officer, file: registration.PersonFile, centre: Centre) -> Form | None:
    """Give the unit to the person, or to the whole family at once."""
    posted = request.POST
    form = _place_form([], posted, whole=False)
    forms.offer(form, "unit", [(str(room.unit), room.name) for room in rooms.rooms_of(centre)])
    if not form.is_valid():
        return form
    said = form.cleaned_data
    there = set(Stay.objects.filter(unit=said["unit"], ended_at=None).values_list("file", flat=True))
    family = rooms.family_of(file) if said["whole_family"] else []
    others = [one.pk for one in family if one.pk != file.pk and one.pk not in there]
    try:
        made = UUID(posted["made"])
        perform(
            acts.MoveIn(
                id=UUID(posted["action"]),
                by=officer.pk,
                place=officer.post,
                happened_at=now(),
                stay=made,
                unit=UUID(said["unit"]),
                file=file.pk,
                companions=tuple(acts.Companion(stay=uuid5(made, str(one)), file=one) for one in others),
                will=said["will"],
                reason=said["reason"],
            )
        )
    except (KeyError, ValueError):
        messages.error(request, _("The form was not whole. Nothing was sent; try again."))
        return None
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return form
    messages.success(request, _("Kept."))
    return None


def _family(
    officer: Officer, file: registration.PersonFile, family: list[registration.PersonFile]
) -> list[dict[str, Any]]:
    """The other members, and where they stay as far as the officer may know it."""
    others = [one for one in family if one.pk != file.pk]
    stays = {
        stay.file: stay
        for stay in Stay.objects.filter(file__in=[one.pk for one in others], ended_at=None).select_related(
            "unit__centre"
        )
    }
    return [
        {
            "file": one,
            "where": shown.where(officer, stays[one.pk]) if one.pk in stays else "",
            "url": may(officer, "reception.read_person", one.pk),
        }
        for one in others
    ]


def _fears(file: registration.PersonFile) -> list[dict[str, Any]]:
    """Whom the person fears. That somebody fears the person is not shown on the page of the one who is feared."""
    rows = list(Fear.objects.filter(file=file.pk, ended_at=None))
    known = shown.numbers(row.other for row in rows)
    return [{"row": row, "number": known[row.other]} for row in rows]
