"""What those who oversee see of reception. Only what is known is counted; no line names a shelter or where it is."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.clock import now
from panah.node.reception import houses, rules, words
from panah.node.reception.models import Centre
from panah.node.registration.service import body_title
from panah.node.safeguards.service import Row, Section

_LONGEST_LIST = 200


def sections() -> tuple[Section, ...]:
    return (
        Section(
            "reception-incidents",
            gettext_lazy("Incidents in centres that nobody followed up"),
            70,
            lambda: houses.not_followed(now()).count(),
            _incidents,
            gettext_lazy("Of every incident it is written down within a day what was done."),
            note=gettext_lazy("nothing written down within a day"),
        ),
        Section(
            "reception-families",
            gettext_lazy("Families in different centres"),
            71,
            lambda: len(houses.families_apart()),
            _families,
            gettext_lazy("Every family that has places stays together."),
            note=gettext_lazy("of those who came together"),
        ),
        Section(
            "reception-over-full",
            gettext_lazy("Units with more people than places"),
            72,
            lambda: len(houses.over_full()),
            _over_full,
            gettext_lazy("Nobody sleeps in a unit that is over-full."),
        ),
        Section(
            "reception-school",
            gettext_lazy("Children without an appointment with a school"),
            73,
            lambda: houses.without_school(now()).count(),
            _school,
            gettext_lazy("Every child of school age who is known here for a week has an appointment."),
            note=gettext_lazy("known to be of school age, here for a week"),
        ),
    )


def _who(centre: Centre) -> str:
    return "" if centre.kind == "shelter" else f"{words.centre_title(centre)}, {body_title(centre.body)}"


def _incidents() -> list[Row]:
    return [
        Row(
            words.of(words.INCIDENTS, one.kind),
            one.at,
            None if one.centre.kind == "shelter" or one.kind in rules.RESTRICTED else one.file,
            who=_who(one.centre),
            lane=rules.RESTRICTED.get(one.kind, ""),
        )
        for one in houses.not_followed(now()).select_related("centre")[:_LONGEST_LIST]
    ]


def _families() -> list[Row]:
    found = []
    for stays in houses.families_apart()[:_LONGEST_LIST]:
        houses_of = {stay.unit.centre_id for stay in stays}
        what = _("A family in %(n)s centres") % {"n": len(houses_of)}
        found.append(Row(what, max(stay.since for stay in stays), stays[0].file))
    return found


def _over_full() -> list[Row]:
    return [
        Row(_("%(n)s too many") % {"n": too_many}, None, who=_who(unit.centre), detail=_unit(unit))
        for unit, too_many in houses.over_full()[:_LONGEST_LIST]
    ]


def _unit(unit: houses.Unit) -> str:
    return "" if unit.centre.kind == "shelter" else words.unit_title(unit)


def _school() -> list[Row]:
    return [
        Row(_("A child without a school"), stay.since, stay.file, who=_who(stay.unit.centre))
        for stay in houses.without_school(now())[:_LONGEST_LIST]
    ]
