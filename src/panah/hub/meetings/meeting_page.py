"""What the page of one meeting shows, and the forms on it for this reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.languages import BY_TAG
from panah.hub.meetings import forms, service, shown
from panah.hub.meetings.models import AgendaItem, Delegation, Fact, Meeting, Paper, Paragraph, Silence
from panah.hub.meetings.seats import View
from panah.hub.meetings.words import Answer, Basis, Capacity, Matter
from panah.hub.participants import service as participants
from panah.web.parts import Badge, Column, Link, Table


@dataclass(frozen=True)
class Item:
    """An item of the agenda with its papers."""

    row: AgendaItem
    title: str
    papers: tuple[Paper, ...]


def context(view: View, names: shown.Names) -> dict[str, Any]:
    """Everything that the page shows to this reader."""
    row = view.meeting
    facts = list(row.facts.all()) if row.from_record else []
    papers = [one for one in _papers(row) if view.belongs or one.public]
    return {
        "facts": _particulars(view, names),
        "said": _said(facts),
        "disputed": _disputed(facts),
        "attendance": _attendance(row, names) if row.from_record else None,
        "agenda": _agenda(row, papers) if view.belongs or row.public else (),
        "papers": [one for one in papers if one.item_id is None],
        "withdrawn": Paper.objects.defer("content").filter(meeting=row).exclude(withdrawn_at=None)
        if view.belongs
        else (),
        "delegations": _delegations(view, names) if view.belongs and not row.from_record else None,
        "own": _own(view),
        "minutes": row.minutes.last() if view.belongs else None,
        "conclusions": _conclusions(view),
        "silences": _silences(view),
        "drafts": view.sees_draft and not row.from_record,
        "statement": row.statement_at is not None or (view.sees_draft and not row.from_record),
    }


def _particulars(view: View, names: shown.Names) -> list[tuple[str, Any]]:
    row = view.meeting
    found: list[tuple[str, Any]] = [
        (_("When"), shown.when(row) or _("not known")),
        (_("Where"), shown.where(row) or _("not known")),
        (_("Chair"), names.of(row.chair) if row.chair else _("not known")),
    ]
    if row.opens_at:
        found.insert(1, (_("Opens at"), row.opens_at))
    if row.why:
        found.append((_("Why it was called off"), row.why))
    if row.outcome:
        found.append((_("Document that it adopted"), _document(row.outcome)))
    if view.belongs and not row.from_record:
        found += [(_("Delegations are named by"), row.answers_by)] if row.answers_by else []
        found += [(_("Wording is proposed by"), row.proposals_by)] if row.proposals_by else []
        observers = _("read the draft") if row.observers_read else _("do not read the draft")
        found.append((_("Observers, guests and organisations"), observers))
        found.append((_("Known to everybody"), _("yes") if row.public else _("no")))
    return found


def _document(code: str) -> Link:
    return Link(code, reverse("record_paper", args=[code]))


def _said(facts: Sequence[Fact]) -> Table | None:
    """What the sources say, matter by matter, side by side."""
    if not facts:
        return None
    order = list(Matter.values)
    return Table(
        caption=_("What the sources say"),
        columns=[
            Column(_("Matter"), heading=True),
            Column(_("What is said")),
            Column(_("Source")),
            Column(_("How we know")),
        ],
        rows=[
            (
                Matter(one.matter).label,
                shown.fact_text(one),
                Link(shown.source_of(one), one.source_url) if one.source_url else shown.source_of(one),
                _basis(one),
            )
            for one in sorted(facts, key=lambda one: (order.index(one.matter), one.place))
        ],
        empty="",
    )


def _basis(one: Fact) -> Badge:
    if not one.known:
        return Badge(_("Looked for, not found"), "amber", "question-lg")
    if one.verified:
        return Badge(_("Checked against the source"), "accent", "shield-check")
    return Badge(Basis(one.basis).label, "amber" if one.basis != "read" else "plain")


def _disputed(facts: Sequence[Fact]) -> list[str]:
    """The matters on which sources contradict each other, each once."""
    return list(dict.fromkeys(str(Matter(one.matter).label) for one in facts if one.disputed))


def _attendance(row: Meeting, names: shown.Names) -> Table:
    rows = list(row.attendance.all())
    order = list(Capacity.values)
    return Table(
        caption=_("Who took part, as the source lists them"),
        columns=[Column(_("Participant"), heading=True), Column(_("As what")), Column(_("Source"))],
        rows=[
            (names.of(one.participant), Capacity(one.capacity).label, one.source)
            for one in sorted(rows, key=lambda one: (order.index(one.capacity), names.of(one.participant)))
        ],
        empty=_("Who took part was not found."),
    )


def _papers(row: Meeting) -> list[Paper]:
    return list(Paper.objects.defer("content").filter(meeting=row, withdrawn_at=None))


def _agenda(row: Meeting, papers: Sequence[Paper]) -> tuple[Item, ...]:
    return tuple(
        Item(
            one,
            shown.in_reader(one.title_en, one.title_ru),
            tuple(paper for paper in papers if paper.item_id == one.pk),
        )
        for one in AgendaItem.objects.filter(meeting=row, withdrawn_at=None)
    )


def _delegations(view: View, names: shown.Names) -> list[dict[str, Any]]:
    rows = list(view.meeting.delegations.filter(withdrawn_at=None))
    wanted = {account for one in rows for account in one.accounts}
    accounts = {str(one.pk): one.display_name for one in Officer.objects.filter(pk__in=wanted)} if wanted else {}
    order = list(Capacity.values)
    return [
        {
            "row": one,
            "name": names.of(one.participant),
            "capacity": Capacity(one.capacity).label,
            "answer": Answer(one.answer).label,
            "head": shown.in_reader(one.head_en, one.head_ru),
            "accounts": ", ".join(accounts.get(account, "") for account in one.accounts),
        }
        for one in sorted(rows, key=lambda one: (order.index(one.capacity), names.of(one.participant)))
    ]


def _own(view: View) -> Delegation | None:
    """The reader's own delegation, while they may name it."""
    if not view.names_delegation or view.meeting.state != "planned":
        return None
    return view.meeting.delegations.filter(participant=view.reader.participant, withdrawn_at=None).first()


def _conclusions(view: View) -> list[dict[str, Any]]:
    """The agreed paragraphs: for those who see the draft at once, for everybody when they are public."""
    row = view.meeting
    if row.from_record or (row.statement_at is None and not view.sees_draft):
        return []
    found = service.conclusions(row.code, agreed=True)
    follow = service.follow_ups([one.id for one in found])
    return [{"one": one, "follow_ups": follow.get(one.id, ()), "texts": _texts(one)} for one in found]


def _texts(one: service.Conclusion) -> list[tuple[str, str, str]]:
    """Language, its name, and the text, empty where it is missing; the reader's language first."""
    found = [("en", BY_TAG["en"].name, one.text_en), ("ru", BY_TAG["ru"].name, one.text_ru)]
    return found[::-1] if shown.in_reader("en", "ru") == "ru" else found


def _silences(view: View) -> list[Silence]:
    if not view.sees_draft:
        return []
    return list(view.meeting.silences.filter(ended_at=None).prefetch_related("lines__paragraph"))


def chosen(view: View, names: shown.Names) -> dict[str, dict[str, list[tuple[Any, Any]]]]:
    """What can be chosen in the forms of the page, by the code of the act."""
    row = view.meeting
    found: dict[str, dict[str, list[tuple[Any, Any]]]] = {}
    if view.leads:
        roles = participants.roles_on(participants.today())
        found["invite"] = {
            "participants": [
                (
                    one.code,
                    f"{one.title()} ({', '.join(_roles(roles.get(one.code, ())))})"
                    if roles.get(one.code)
                    else one.title(),
                )
                for one in participants.participants()
            ]
        }
        found["silence"] = {
            "paragraphs": [
                (str(one.pk), _("Paragraph %(number)s") % {"number": one.number})
                for one in Paragraph.objects.filter(meeting=row, standing="draft")
            ]
        }
    if view.leads or view.takes_part:
        items = AgendaItem.objects.filter(meeting=row, withdrawn_at=None)
        found["paper"] = {
            "item": [("", "—"), *((str(one.pk), shown.in_reader(one.title_en, one.title_ru)) for one in items)]
        }
    if view.names_delegation:
        today = participants.today()
        accounts = {
            account
            for office in ("national_coordinator", "senior_official", "chair_delegate", "observer")
            for account in participants.officers_of(view.reader.participant, office, today)
        }
        rows = Officer.objects.filter(pk__in=accounts).order_by("display_name")
        found["answer"] = {"accounts": [(str(one.pk), one.display_name) for one in rows]}
    return found


def _roles(held: Any) -> list[str]:
    """The roles that sources say of a participant today, each once."""
    labels = {
        "member": _("member"), "observer": _("observer"), "guest": _("guest"), "applicant": _("applicant"), "secretariat": _("secretariat"),
    }  # fmt: skip
    return list(dict.fromkeys(labels.get(one.role, one.role) for one in held))


def blank(view: View, names: shown.Names) -> dict[str, Form]:
    """The forms that this reader may send, by the code of the act."""
    row = view.meeting
    made: dict[str, Form] = {}
    choices = chosen(view, names)
    planned = row.state == "planned" and not row.from_record
    if view.leads:
        if planned:
            made |= {
                "invite": forms.InviteForm(choices=choices["invite"]),
                "item": forms.ItemForm(),
                "end": forms.EndForm(),
            }
        last = row.minutes.last()
        texts = {"text_en": last.text_en, "text_ru": last.text_ru} if last else {}
        made["minutes"] = forms.MinutesForm(initial=texts)
        made["reason"] = forms.ReasonForm()
        if row.statement_at is None and row.state != "cancelled":
            made["silence"] = forms.SilenceForm(choices=choices["silence"])
            made["publish"] = forms.Nothing()
    if (view.leads or view.takes_part) and row.state != "cancelled":
        made["paper"] = forms.PaperForm(choices=choices["paper"])
    own = _own(view)
    if own is not None:
        said = {"head_en": own.head_en, "head_ru": own.head_ru, "size": own.size, "accounts": own.accounts}
        said |= {"comes": own.answer} if own.answer != "none" else {}
        made["answer"] = forms.AnswerForm(choices=choices["answer"], initial=said)
    return made
