"""What the pages show of complaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.languages import of_tag
from panah.node.complaints import permissions, rules, service, terms, words
from panah.node.complaints.models import Complaint
from panah.node.complaints.texts import Texts
from panah.node.registration import service as registration
from panah.web import reading
from panah.web.parts import Clock, Column, Link, Table


def table(rows: Iterable[Complaint]) -> Table:
    """The list. No name and no word of what was said."""
    found = list(rows)
    names = dict(
        Officer.objects.filter(pk__in={one.assigned_to for one in found if one.assigned_to}).values_list(
            "pk", "display_name"
        )
    )
    return Table(
        caption=_("Complaints"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Kind")),
            Column(_("Standing")),
            Column(_("Danger")),
            Column(_("Received")),
            Column(_("Answer due")),
            Column(_("Given to")),
            Column(_("Came by")),
        ],
        rows=[
            [
                Link(one.number, reverse("complaint", args=[one.pk])),
                words.of(words.KINDS, one.kind),
                _state(one),
                _("yes") if one.danger else "",
                one.received_on,
                one.due_at if one.state in rules.OPEN else None,
                names.get(one.assigned_to, "") if one.assigned_to else "",
                words.of(words.VIA, one.via),
            ]
            for one in found
        ],
        empty=_("No complaint is like this. Choose other filters."),
    )


def _state(row: Complaint) -> str:
    state = words.of(words.STATES, row.state)
    if row.finding:
        return f"{state}: {words.of(words.FINDINGS, row.finding)}"
    return f"{state}, {_('withdrawal to look at')}" if row.withdrawal == "asked" else state


def by_kind(rows: QuerySet[Complaint]) -> Table:
    """How many of each kind the reader may see: all, open, late, upheld."""
    open_ = Q(state__in=rules.OPEN)
    found = (
        rows.order_by()
        .values("kind")
        .annotate(
            n=Count("pk", distinct=True),
            open=Count("pk", filter=open_, distinct=True),
            late=Count("pk", filter=open_ & Q(due_at__lt=now()), distinct=True),
            upheld=Count("pk", filter=Q(finding__in=("upheld", "partly_upheld")), distinct=True),
        )
    )
    counts = {one["kind"]: one for one in found}
    return Table(
        caption=_("By kind"),
        columns=[
            Column(_("Kind"), heading=True),
            Column(_("All"), numeric=True),
            Column(_("Open"), numeric=True),
            Column(_("Late"), numeric=True),
            Column(_("Upheld"), numeric=True),
        ],
        rows=[
            [words.of(words.KINDS, kind), *(counts[kind][name] for name in ("n", "open", "late", "upheld"))]
            for kind in rules.KINDS
            if kind in counts
        ],
        empty=_("There is no complaint yet."),
    )


def one(row: Complaint) -> dict[str, Any]:
    """The context of one complaint's page."""
    said = service.said(row)
    language = of_tag(row.language)
    holder = Officer.objects.filter(pk=row.assigned_to).first() if row.assigned_to else None
    link = registration.PersonFile.objects.filter(pk=row.file).first() if row.file else None
    facts = [
        (_("Standing"), _state(row)),
        (_("Received"), row.received_on),
        (_("Came by"), words.of(words.VIA, row.via)),
        (_("Who complains"), words.of(words.WHO, row.who)),
        (_("Language"), language.name if language else row.language),
        (_("Given to"), holder.display_name if holder else _("nobody yet")),
        (_("File"), link.number if link else _("none linked")),
    ]
    return {
        "row": row,
        "kind": words.of(words.KINDS, row.kind),
        "said": said,
        "erased": not said,
        "facts": facts,
        "against": _against(row),
        "clocks": _clocks(row),
        "events": _events(row),
        "restricted": row.kind in rules.RESTRICTED,
        "tag": language.tag if language else "",
    }


def _against(row: Complaint) -> list[str]:
    found = []
    names = dict(Officer.objects.filter(pk__in=row.concerned.values("officer")).values_list("pk", "display_name"))
    for each in row.concerned.all():
        parts = [names.get(each.officer, "")] if each.officer else []
        parts += [_body(each.body)] if each.body else []
        parts += [registration.place_title(each.post)] if each.post else []
        found.append(", ".join(filter(None, parts)))
    return found


def _body(code: str) -> str:
    offices = {
        permissions.OFFICES["ombudsman"]: _("the ombudsman’s office"),
        permissions.OFFICES["coordinator"]: _("the national coordinator’s office"),
        permissions.OFFICES["monitor"]: _("the monitors of places of detention"),
    }
    return offices.get(code) or registration.body_title(code)


def _clocks(row: Complaint) -> list[Clock]:
    if row.due_at is None or row.state not in rules.OPEN:
        return []
    if row.term:
        parameter = registration.node_pack().parameters.get(row.term)
        what = parameter.what.get(get_language() or "en", parameter.what.get("en", row.term)) if parameter else row.term
        return [Clock(what, row.started_at, row.due_at, now(), kind="statutory" if terms.by_law(row) else "target")]
    what = _("Answer within thirty days: a target, no term of law is known")
    return [Clock(what, row.started_at, row.due_at, now(), kind="target")]


def _events(row: Complaint) -> list[dict[str, Any]]:
    """What was written, oldest first, by the day: of one without a name no hour is kept."""
    lines = list(row.lines.all())
    names = dict(Officer.objects.filter(pk__in={one.by for one in lines if one.by}).values_list("pk", "display_name"))
    found = []
    for line in lines:
        what = words.of(words.LINES, line.kind)
        if line.code:
            what = f"{what}: {words.of({**words.STEPS, **words.FINDINGS}, line.code)}"
        who = names.get(line.by, "") if line.by else ""
        found.append({"on": line.on, "what": what, "who": who, "text": service.words_of(line)})
    return found


def deeds(row: Complaint) -> list[tuple[str, str, str]]:
    """The acts that are possible now, in the order in which they are usually done: code, heading, button."""
    found = []
    if row.state == "received":
        found.append(("acknowledge", _("Acknowledge"), _("It was read, and work begins")))
    if row.withdrawal == "asked":
        found.append(("withdrawal", _("Look at the withdrawal"), _("Keep")))
    found.append(("write", _("Write to the complainer"), _("Put it into the mailbox")))
    found.append(("triage", _("What it is and against whom"), _("Keep")))
    if row.state in rules.OPEN:
        found.append(("assign", _("Give it to an officer"), _("Give it")))
    found.append(("step", _("A step, a measure or a remark"), _("Keep")))
    if row.state in rules.OPEN:
        found.append(("conclude", _("Conclude"), _("Conclude and answer")))
    found.append(("link", _("Link a file, with consent"), _("Keep")))
    found.append(("hold", _("Place a hold for a person"), _("Place the hold")))
    return found


def due_said(row: Complaint, texts: Texts) -> str:
    """Until when an answer is due, in the complainer's language."""
    if row.due_at is None or row.state not in rules.OPEN:
        return ""
    when = reading.gregorian_day(terms.day_of(row.due_at), texts.language.tag)
    return texts.marked("complain.done.due" if terms.by_law(row) else "complain.done.target", when=when)
