"""An act posted by a page that has several: its form, its action, the ids that it makes, and who may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from uuid6 import uuid7

from panah.foundation.access.service import officer_of
from panah.foundation.clock import now
from panah.foundation.door.service import Action, NotFound, Refused, perform
from panah.web.parts import Text


@dataclass(frozen=True)
class Deed:
    """`makes` are the fields that take new ids, all from the one that the page made; `names` are ids that the page posts beside the form.
    `right` is asked by a page whose acts are not all of one permission; `title` is what the page calls the act."""

    form: Callable[..., Any]
    action: Callable[..., Action]
    makes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    right: str = ""
    title: Text = ""


def ids() -> dict[str, UUID]:
    """The ids that a page makes for the act which it may post, and for what that act may make."""
    return {"action": uuid7(), "made": uuid7()}


def act(
    request: HttpRequest, deeds: Mapping[str, Deed], known: Mapping[str, Any], forms: Mapping[str, Form]
) -> Form | None:
    """Perform what was posted. A form to be shown again with its errors, or None when it is done.

    `known` goes into every action that has such a field; `forms` are forms that need more than what was posted, by the code of the act.
    """
    deed = deeds.get(request.POST.get("act", ""))
    if deed is None:
        raise NotFound("There is no such act.")
    return done(request, deed, forms.get(request.POST["act"]) or deed.form(request.POST), known)


def done(request: HttpRequest, deed: Deed, form: Form, known: Mapping[str, Any], *, says: bool = True) -> Form | None:
    """The same with the deed at hand, and its form filled in; `says` is whether the page says that it is kept."""
    if not form.is_valid():
        return form
    posted, officer = request.POST, officer_of(request)
    try:
        said: dict[str, Any] = {"happened_at": now(), **form.cleaned_data}
        for at, name in enumerate(deed.makes):
            made = UUID(posted["made"])
            said[name] = made if at == 0 else uuid5(made, name)
        said |= {name: UUID(posted[name]) for name in deed.names}
        said |= {"id": UUID(posted["action"]), "by": officer.pk, "place": officer.post, **known}
        # What the page turned into something else, such as a number into a file, is no field of the action.
        fields = getattr(deed.action, "model_fields", {})
        perform(deed.action(**{name: value for name, value in said.items() if name in fields}))
    except (KeyError, ValueError):
        messages.error(request, _("The form was not whole. Nothing was sent; try again."))
        return None
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return form
    if says:
        messages.success(request, _("Kept."))
    return None
