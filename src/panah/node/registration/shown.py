"""What the pages of this room show, made from files: rows, facts, badges, next steps, reasons as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from panah.cores.identity.calendars import Calendar
from panah.cores.identity.likeness import Reason
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.registration.actions import node_pack
from panah.node.registration.models import EntryMode, Group, NameKind, PersonFile, Sex, Status
from panah.node.registration.rules import as_birth
from panah.node.registration.service import Known, body_title, display_name, place_title
from panah.node.safeguards import service as safeguards
from panah.web.context import Facts
from panah.web.parts import Badge, Link, Text
from panah.web.reading import country_name, language_name, time_of_day
from panah.web.tags.marks import BADGES
from panah.web.tags.words import day

MAJORITY = 18
"""Years; Convention on the Rights of the Child, art. 1."""


@dataclass(frozen=True)
class Row:
    """One person in the list of arrivals."""

    file: PersonFile
    name: str
    citizenship: str
    time: str
    badges: Sequence[Badge]


@dataclass(frozen=True)
class Together:
    """People who came together, or one who came alone (`group` is None)."""

    group: Group | None
    rows: Sequence[Row]
    title: str


def reader() -> str:
    return get_language() or "en"


def facts_of_page(request: HttpRequest) -> Facts:
    """What the frame of every page says of this installation to its reader."""
    pack, officer = node_pack(), request.user
    post, body = getattr(officer, "post", ""), getattr(officer, "body", "")
    return Facts(
        post=place_title(post) if post else "",
        body=body_title(body) if body else "",
        rules=f"{pack.code} {pack.version}",
        reviewed=all(document.reviewed for found in pack.all_documents.values() for document in found),
    )


@dataclass(frozen=True)
class Tile:
    """One of the three big numbers."""

    number: int
    label: Text
    url: str
    tone: str
    key: str


@dataclass(frozen=True)
class ListLink:
    text: Text
    url: str
    current: bool


def _titles() -> dict[str, Text]:
    return {
        "all": _("all who are here"),
        "waiting": _("waiting"),
        "interview": _("in interview"),
        "referred": _("referred"),
        "closed": _("closed"),
    }


def address(on: date, which: str) -> str:
    """Of one list of one day, from the page of arrivals."""
    return f"?day={on.isoformat()}&show={which}"


def lists(on: date, which: str) -> list[ListLink]:
    """The lists that the arrivals of a day are parted into."""
    return [ListLink(text, address(on, code), code == which) for code, text in _titles().items()]


def tiles(counts: Mapping[str, int], on: date) -> list[Tile]:
    titles = _titles()
    return [
        Tile(counts[name], titles[name], address(on, name), tone, key)
        for name, tone, key in (("waiting", "accent", "1"), ("interview", "plain", "2"), ("referred", "plain", "3"))
    ]


def arrivals(files: Sequence[PersonFile], today: date) -> list[Together]:
    """The files in their order, those of one group beside each other under its number."""
    held = {
        hold.subject for hold in safeguards.Hold.objects.filter(subject__in=[file.pk for file in files], lifted_at=None)
    }
    rows = [
        Row(file, display_name(file), _citizenships(file), _time(file), badges(file, today, held=file.pk in held))
        for file in files
    ]
    together = []
    for _key, found in groupby(rows, key=lambda row: row.file.group_id or row.file.pk):
        listed = list(found)
        group = listed[0].file.group
        together.append(Together(group, listed, _title(group, len(listed)) if group else ""))
    return together


def _time(file: PersonFile) -> str:
    return time_of_day(timezone.localtime(file.arrived_at), reader())


def _title(group: Group, people: int) -> str:
    kind = group.get_kind_display()
    count = ngettext("%(n)d person here", "%(n)d persons here", people) % {"n": people}
    return f"{kind} {group.number} · {count}"


def badges_of_urgent(file: PersonFile) -> list[Badge]:
    """What cannot wait."""
    found = [BADGES[code] for code in ("medical_first", "child_alone") if code.removesuffix("_first") in file.urgent]
    if "danger" in file.urgent:
        found.append(Badge(_("In danger"), "danger", "exclamation-triangle-fill"))
    return found


def badges(file: PersonFile, today: date, *, held: bool) -> list[Badge]:
    found = badges_of_urgent(file)
    birth = as_birth(file.birth, file.birth_from, file.birth_to, file.birth_precision)
    if birth and birth.may_be_child_on(today, MAJORITY) and "child_alone" not in file.urgent:
        found.append(BADGES["child"])
    if held:
        found.append(BADGES["hold"])
    return found


def person_facts(file: PersonFile) -> list[tuple[Text, Any]]:
    """The person in five lines: name, birth, sex and citizenship, papers, way of entry."""
    names = list(file.names.all())
    spelled = [name.text for name in names if name.kind == NameKind.AS_STATED]
    whole = display_name(file) if names else ""
    fathers = ", ".join(name.text for name in names if name.kind == NameKind.FATHER)
    also = ", ".join(text for text in spelled if text != whole)
    papers = [
        format_html(
            '{} <bdi class="code" dir="ltr">{}</bdi> {}', one.get_type_display(), one.number, one.get_status_display()
        )
        for one in file.documents.all()
    ]
    entry = [str(EntryMode(file.entry["mode"]).label)] if file.entry.get("mode") else []
    if file.entry.get("from"):
        entry.append(_("from: %(country)s") % {"country": country_name(file.entry["from"], reader())})
    rows: list[tuple[Text, Any]] = [
        (
            _("Name"),
            format_html('<bdi class="name">{}</bdi>{}', whole, format_html(" · <bdi>{}</bdi>", also) if also else "")
            if whole
            else "",
        ),
        (_("Born"), birth_words(file)),
        (
            _("Sex and citizenship"),
            " · ".join(part for part in (str(Sex(file.sex).label), _citizenships(file)) if part),
        ),
        (_("Documents"), format_html("{}", _joined(papers)) if papers else ""),
        (_("Came"), " · ".join(entry)),
    ]
    if fathers:
        rows.insert(1, (_("Father's name"), format_html("<bdi>{}</bdi>", fathers)))
    if file.language:
        rows.append((_("Language"), language_name(file.language)))
    return rows


def _joined(parts: Iterable[Any]) -> Any:
    whole: Any = ""
    for part in parts:
        whole = format_html("{}{}{}", whole, " · " if whole else "", part)
    return whole


def birth_words(file: PersonFile) -> Any:
    """What was said of the birth, and the range of days that it means."""
    birth = as_birth(file.birth, file.birth_from, file.birth_to, file.birth_precision)
    if birth is None:
        return ""
    if birth.earliest == birth.latest:
        shown = day(birth.earliest)
    elif file.birth:
        shown = format_html("<bdi>{}</bdi>", file.birth)
    else:
        shown = format_html(_("between {} and {}"), day(birth.earliest), day(birth.latest))
    if file.birth_stated in {file.birth, ""}:
        return shown
    calendar = CALENDAR_MARKS.get(file.birth_calendar, "")
    return format_html(
        "{} ({})", shown, _("stated: %(text)s %(calendar)s") % {"text": file.birth_stated, "calendar": calendar}
    )


CALENDAR_MARKS: dict[str, Text] = {
    Calendar.GREGORIAN.value: "",
    Calendar.SOLAR_HIJRI.value: gettext_lazy("Solar Hijri"),
    Calendar.LUNAR_HIJRI.value: gettext_lazy("Lunar Hijri"),
}


def _citizenships(file: PersonFile) -> str:
    return ", ".join(country_name(code, reader()) for code in file.citizenships)


def next_step(file: PersonFile, officer: Officer) -> Link | None:
    """The one thing to do next with a file, and where; None where it is not this officer's to do."""
    steps = {
        Status.ARRIVED: (_("Register"), "person_of_number", "registration.register"),
        Status.REGISTERED: (_("Begin the interview"), "interview", "profiling.interview"),
        Status.INTERVIEWED: (_("Go on with the interview"), "interview", "profiling.interview"),
        Status.PROPOSED: (_("See the proposed profile"), "proposal", "profiling.see_proposal"),
        Status.CONFIRMED: (_("Send the referrals"), "referrals_of_file", "referrals.send"),
        Status.REFERRED: (_("See the referrals"), "referrals_of_file", "referrals.send"),
    }
    if file.status not in steps:
        return None
    text, name, permission = steps[Status(file.status)]
    return Link(text, reverse(name, args=[file.pk])) if may(officer, permission, file) else None


def pages_of(file: PersonFile, officer: Officer) -> list[Link]:
    """The other pages of a file that there is something on by now, and that the officer may open."""
    pages = (
        (_("Interview"), "interview", _FROM_REGISTERED, "profiling.interview"),
        (_("Proposal"), "proposal", _FROM_PROPOSED, "profiling.see_proposal"),
        (_("Referrals"), "referrals_of_file", _FROM_CONFIRMED, "referrals.send"),
        (_("Receipt"), "receipt", _FROM_CONFIRMED, "profiling.print_receipt"),
        (_("Leaflets"), "leaflets", _FROM_PROPOSED, "profiling.print_receipt"),
    )
    return [
        Link(text, reverse(name, args=[file.pk]))
        for text, name, standings, permission in pages
        if file.status in standings and may(officer, permission, file)
    ]


_FROM_CONFIRMED = frozenset({Status.CONFIRMED, Status.REFERRED, Status.CLOSED})
_FROM_PROPOSED = _FROM_CONFIRMED | {Status.PROPOSED}
_FROM_REGISTERED = _FROM_PROPOSED | {Status.REGISTERED, Status.INTERVIEWED}


@dataclass(frozen=True)
class KnownShown:
    """One line of "perhaps already known"."""

    known: Known
    url: str
    place: str
    how_likely: Text
    tone: str
    reasons: Sequence[str]


def known(found: Iterable[Known]) -> list[KnownShown]:
    return [
        KnownShown(
            one,
            reverse("file", args=[one.file]) if one.readable else "",
            place_title(one.place),
            *_likely(one.score),
            [reason_words(reason) for reason in one.reasons],
        )
        for one in found
    ]


def _likely(score: float) -> tuple[Text, str]:
    if score >= 0.95:
        return _("very likely"), "danger"
    return (_("likely"), "amber") if score >= 0.6 else (_("possible"), "plain")


REASONS: dict[str, Text] = {
    "name_same": gettext_lazy("same name: %(one)s"),
    "name_spelled_otherwise": gettext_lazy("same name, spelled %(one)s / %(other)s"),
    "name_alike": gettext_lazy("like name: %(one)s / %(other)s"),
    "name_other": gettext_lazy("other name: %(one)s / %(other)s"),
    "name_not_known": gettext_lazy("the name of one of them is not known"),
    "father_same": gettext_lazy("same father's name: %(one)s / %(other)s"),
    "father_other": gettext_lazy("other father's name: %(one)s / %(other)s"),
    "birth_day_same": gettext_lazy("same date of birth: %(one)s"),
    "birth_year_same": gettext_lazy("same year of birth: %(one)s"),
    "birth_overlaps": gettext_lazy("dates of birth that can be the same"),
    "birth_swapped": gettext_lazy("same date of birth with day and month exchanged"),
    "birth_near": gettext_lazy("born at most %(years)s years apart"),
    "birth_far": gettext_lazy("born more than %(years)s years apart"),
    "sex_other": gettext_lazy("not the same sex"),
    "citizenship_same": gettext_lazy("same citizenship"),
    "citizenship_other": gettext_lazy("other citizenship"),
    "document_same": gettext_lazy("same document number: %(one)s"),
    "document_same_other_issuer": gettext_lazy("same document number of another issuer: %(one)s"),
}


def reason_words(reason: Reason) -> str:
    """A reason as a sentence; without what the other file says where the officer may not read that file."""
    text = str(REASONS[reason.code])
    if reason.facts:
        return text % reason.facts
    return text.split(":")[0].split(",")[0] if "%(" in text else text
