"""The paper that a person takes along: their number, what comes next and their rights, in their language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from panah.cores.lawbook import Body, Pack
from panah.node.profiling import sight, texts
from panah.node.profiling.actions import latest_proposal
from panah.node.profiling.models import Confirmation
from panah.node.profiling.receipt_code import code_of_file
from panah.node.profiling.texts import Said
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import reading
from panah.web.paper import fonts
from panah.web.paper.square import square


@dataclass(frozen=True)
class ReferredTo:
    """An office that was told of a person: its code in the pack, when its answer is due, and the code of the referral."""

    body: str
    answer_by: datetime | None
    to: str = ""


@dataclass(frozen=True)
class Office:
    """An office as the paper names it, with the language of the name and the day of its answer."""

    name: str
    tag: str
    direction: str
    answer_by: str


@dataclass(frozen=True)
class Paper:
    """Everything that stands on a receipt."""

    language: str
    direction: str
    number: str
    place: str
    day: str
    own_day: str
    code: str
    square: str
    texts: dict[str, Said]
    body: str
    offices_heading: str
    offices: tuple[Office, ...]
    safe: tuple[str, ...]
    rights: tuple[Said, ...]
    checked: bool
    drafts: tuple[Said, ...] = ()


_told: list[Callable[[UUID], Sequence[ReferredTo]]] = []


def receipt_offices_from(told: Callable[[UUID], Sequence[ReferredTo]]) -> None:
    """The room that sends referrals names the function that lists to whom a file was sent. Until it has sent any, the paper
    lists the offices of the decision."""
    _told[:] = [told]


def paper_of(file: registration.PersonFile, tag: str, moment: datetime, closed: Sequence[sight.Lane] = ()) -> Paper:
    """What the receipt of a file says in a language (BCP 47) at a moment, without the offices of classes closed to who prints it."""
    pack = registration.node_pack()
    title = texts.read("receipt.title", tag)
    language = title.tag
    on = moment.astimezone(ZoneInfo(pack.timezone)).date()
    proposal = latest_proposal(file.pk)
    heading, offices = _offices(file.pk, pack, language, closed)
    code = code_of_file(file.pk)
    needed = {name: texts.read(f"receipt.{name}", language) for name in _TEXTS}
    rights = tuple(texts.read(identifier, language) for identifier in _RIGHTS)
    return Paper(
        language=language,
        direction=reading.direction(language),
        number=file.number,
        place=_place(pack, file.place, language),
        day=reading.gregorian_day(on, tag),
        own_day=reading.own_calendar_day(on, tag) or "",
        code=code,
        square=square(code),
        texts=needed,
        body="paper" if proposal else "paper_before_interview",
        offices_heading=heading if proposal else "",
        offices=offices if proposal else (),
        safe=_safe(file.pk),
        rights=rights,
        checked=all(said.checked for said in (*needed.values(), *rights)),
        drafts=texts.drafts(language),
    )


def as_html(paper: Paper) -> str:
    """The paper as one HTML page, with no address in it but those of the fonts."""
    return render_to_string("profiling/receipt.html", {"paper": paper, **fonts.context(paper.direction)})


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA with its fonts in it. Nothing is fetched but the fonts that came with the program."""
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    return printed(as_html(paper), fonts.BY_ADDRESS)


_TEXTS = (
    "title",
    "number",
    "date",
    "place",
    "paper",
    "paper_before_interview",
    "next",
    "next_will",
    "next_told",
    "next_none",
    "by",
    "stay",
    "child",
    "rights",
    "code",
    "unchecked",
)


_RIGHTS = (
    *(f"leaflet.your_rights.{name}" for name in ("protection", "language", "no_answer", "help", "doctor", "complain")),
    *(f"leaflet.your_data.{name}" for name in ("origin", "see")),
)
"""What of the two leaflets goes on the receipt, so that it stays one page; the leaflets themselves say more."""


def _safe(file_id: UUID) -> tuple[str, ...]:
    """The texts that a standing hold makes true."""
    codes = {hold.code for hold in safeguards.standing(file_id)}
    stands = {"stay": {"no_removal"}, "child": {"no_detention", "treat_as_child"}}
    return tuple(text for text, needed in stands.items() if needed <= codes)


def _offices(file_id: UUID, pack: Pack, language: str, closed: Sequence[sight.Lane]) -> tuple[str, tuple[Office, ...]]:
    zone = ZoneInfo(pack.timezone)
    told = [office for source in _told for office in source(file_id)]
    if told:
        return "next_told", tuple(
            _office(pack, each.body, language, _by(each.answer_by, zone, language))
            for each in told
            if not sight.hides(closed, "referral", each.to)
        )
    decision = Confirmation.objects.filter(file=file_id).order_by("-at", "-id").select_related("proposal").first()
    lines: list[dict[str, Any]] = []
    if decision:
        lines = [*decision.proposal.profile["referrals"], *decision.added_lines.get("referrals", ())]
        lines = [line for line in lines if not sight.hides(closed, "referral", line["to"])]
    bodies = dict.fromkeys(line["body"] for line in lines if line["body"] and line["consent"] != "needed")
    return "next_will" if bodies else "next_none", tuple(_office(pack, body, language, "") for body in bodies)


def _by(moment: datetime | None, zone: ZoneInfo, language: str) -> str:
    if moment is None:
        return ""
    return texts.read("receipt.by", language).text.format(when=_both_days(moment.astimezone(zone).date(), language))


def _both_days(on: date, language: str) -> str:
    own, gregorian = reading.own_calendar_day(on, language), reading.gregorian_day(on, language)
    return f"{own} ({gregorian})" if own else gregorian


def _office(pack: Pack, code: str, language: str, answer_by: str) -> Office:
    identifier, _, area = code.partition("/")
    body: Body | None = next((body for body in pack.bodies if body.id == identifier), None)
    titles = body.title if body else {}
    tag = next((tag for tag in (language, *pack.languages, "en") if tag in titles), "en")
    name = titles.get(tag, identifier)
    place = next((place for place in pack.places if place.code == area), None)
    if place is not None:
        name = f"{name}, {place.title.get(tag) or place.title.get('en', area)}"
    return Office(name, tag, reading.direction(tag), answer_by)


def _place(pack: Pack, code: str, language: str) -> str:
    place = pack.place(code)
    if place is None:
        return code
    return next((place.title[tag] for tag in (language, *pack.languages, "en") if tag in place.title), code)
