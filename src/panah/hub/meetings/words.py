"""What the codes of this room are called, and how its notices read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.foundation.notices.service import sentences


class Kind(TextChoices):
    """What kind of body met; the last three are rows of the register that are no meeting of the Process."""

    MINISTERIAL = "ministerial", _("Ministerial Conference")
    SENIOR_OFFICIALS = "senior_officials", _("Senior Officials' Meeting")
    COORDINATORS = "coordinators", _("Meeting of National Coordinators")
    EXPERTS = "experts", _("Technical experts")
    THEMATIC = "thematic", _("Thematic discussion")
    CONFERENCE = "conference", _("Regional conference")
    BRIEFING = "briefing", _("Briefing")
    OUTSIDE = "outside", _("Sister event")
    MILESTONE = "milestone", _("Milestone")
    GAP = "gap", _("Nothing found")


CONVENED = (Kind.MINISTERIAL, Kind.SENIOR_OFFICIALS, Kind.COORDINATORS, Kind.EXPERTS, Kind.THEMATIC, Kind.CONFERENCE)
"""The kinds that can be convened here."""


class State(TextChoices):
    PLANNED = "planned", _("To be held")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")
    UNKNOWN = "unknown", _("Not known")


class Precision(TextChoices):
    DAY = "day", _("To the day")
    INFERRED = "inferred", _("The year is inferred")
    MONTH = "month", _("To the month")
    YEAR = "year", _("To the year")
    BETWEEN = "between", _("Between two days")
    UNKNOWN = "unknown", _("Not known")


class Capacity(TextChoices):
    MEMBER = "member", _("Participating state")
    UNKNOWN = "unknown", _("State; in which role is not told")
    OBSERVER = "observer", _("Observer")
    GUEST = "guest", _("Guest")
    ORGANISATION = "organisation", _("Organisation")
    EMBASSY = "embassy", _("Embassy")


GROUPS = {
    "member": _("Participating states"),
    "unknown": _("States"),
    "observer": _("Observers"),
    "guest": _("Guests"),
    "organisation": _("Organisations"),
    "embassy": _("Embassies"),
}
"""What those of one capacity are called together."""

INVITED = (Capacity.MEMBER, Capacity.OBSERVER, Capacity.GUEST, Capacity.ORGANISATION)
"""The capacities in which somebody can be invited."""


class Matter(TextChoices):
    DATE = "date", _("When")
    PLACE = "place", _("Where")
    CHAIR = "chair", _("Chair")
    NUMBERING = "numbering", _("Which one in the row")
    GOVERNMENTS = "governments", _("How many governments")
    MEMBERSHIP = "membership", _("Who was called what")
    CONTENT = "content", _("What it was about")


class Basis(TextChoices):
    READ = "read", _("Read in the source")
    INFERENCE = "inference", _("Inferred from the source")
    MEMORY = "memory", _("From memory")


class Answer(TextChoices):
    NONE = "none", _("No answer yet")
    COMES = "comes", _("Comes")
    AWAY = "away", _("Does not come")


class Standing(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    DROPPED = "dropped", _("Left out")


class How(TextChoices):
    MEETING = "meeting", _("at the meeting")
    CONSULTATION = "consultation", _("in consultation")
    SILENCE = "silence", _("by silence")


class Wish(TextChoices):
    REWORD = "reword", _("Other wording")
    INSERT = "insert", _("New paragraph after this one")
    DELETE = "delete", _("Leave the paragraph out")


PROPOSALS = {
    "open": _("Not settled yet"),
    "merged": _("Taken into the text"),
    "declined": _("Not taken"),
    "withdrawn": _("Withdrawn by the state"),
}
STANDS = {"support": _("Supports"), "reserve": _("Reserves its position")}
DEADLINES = {
    "answers": _("naming delegations"),
    "proposals": _("proposing wording"),
    "silence": _("the silence procedure"),
    "meeting": _("the beginning of the meeting"),
}


def _saying(text: str | Promise) -> Callable[[Mapping[str, str]], str]:
    """The title of the meeting in the reader's language, where it has one in it."""

    def say(facts: Mapping[str, str]) -> str:
        russian = (get_language() or "en").startswith("ru")
        first, second = ("title_ru", "title_en") if russian else ("title_en", "title_ru")
        deadline = DEADLINES.get(facts.get("deadline", ""), "")
        return str(text) % {**facts, "meeting": facts[first] or facts[second], "deadline": deadline}

    return say


sentences(
    {
        "meetings.invited": _saying(_("You are invited: %(meeting)s. Name your delegation.")),
        "meetings.paper": _saying(_("A paper was added: %(meeting)s.")),
        "meetings.proposal": _saying(_("%(participant)s proposes wording for paragraph %(number)s: %(meeting)s.")),
        "meetings.insertion": _saying(_("%(participant)s proposes a new paragraph: %(meeting)s.")),
        "meetings.silence": _saying(
            _("Paragraphs are agreed unless somebody reserves by %(until)s (UTC): %(meeting)s.")
        ),
        "meetings.reserved": _saying(_("%(participant)s reserves its position on paragraph %(number)s: %(meeting)s.")),
        "meetings.deadline_week": _saying(_("Seven days or fewer are left for %(deadline)s: %(meeting)s.")),
        "meetings.deadline_day": _saying(_("A day or less is left for %(deadline)s: %(meeting)s.")),
        "meetings.called_off": _saying(_("Called off: %(meeting)s.")),
        "meetings.statement": _saying(_("The agreed paragraphs are public now: %(meeting)s.")),
    }
)
