"""What each indicator means: the words that stand beside every number.

The texts are English message ids; they are translated where they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from panah.hub.evidence.figures import PERCENT, PERSONS, UNDECLARED


class Kind(StrEnum):
    """How a figure stands to time."""

    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"


class Role(StrEnum):
    """On which side of a figure a state stands."""

    DESTINATION = "destination"
    ORIGIN = "origin"


def _(message: str) -> str:
    # Marks a text for the catalogue of translations without translating it here.
    return message


@dataclass(frozen=True)
class Indicator:
    """One indicator. `step` is the number of years between figures; `measured` says at or over what time;
    `protection` how small counts are kept from identifying anybody; `dimension` is the breakdown that its totals
    keep. `sporadic` is true where a year without a figure is ordinary; `limit` is the greatest value that the
    definition allows.
    """

    code: str
    title: str
    meaning: str
    definition: str
    measured: str
    method: str
    protection: str
    unit: str
    kind: Kind
    as_destination: str = ""
    as_origin: str = ""
    dimension: str = ""
    step: int = 1
    sporadic: bool = False
    limit: int | None = None

    def role_title(self, role: Role) -> str:
        """What the figures are called when the state stands on this side; empty when the indicator has no figures for
        it.
        """
        return self.as_destination if role is Role.DESTINATION else self.as_origin

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if self.role_title(role))


_UNHCR_STOCK = _("At 31 December of the year.")
_UNHCR_FLOW = _("During the calendar year.")
_UNHCR_SUM = _(
    "Sum over all countries of the other side, as the producer lists them. Persons only; cases are not added "
    "to persons."
)
_UNHCR_SMALL = _(
    "The producer publishes no count from 1 to 4: a small count appears as 5 or is left out. A total over such "
    "cells is therefore not exact."
)

INDICATORS = (
    Indicator(
        "refugees",
        _("Refugees"),
        _("How many refugees live in a state, and how many refugees come from it."),
        _(
            "Persons recognised under the 1951 Convention, its Protocol, a regional convention or UNHCR's "
            "Statute, persons with complementary "
            "or temporary protection, and persons in a refugee-like situation."
        ),
        _UNHCR_STOCK,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.STOCK,
        _("Refugees in the state"),
        _("Refugees from the state"),
    ),
    Indicator(
        "asylum_seekers",
        _("Asylum-seekers"),
        _("How many persons wait for a decision on their application for asylum."),
        _(
            "Persons who asked for international protection and whose application was not decided by the end "
            "of the year."
        ),
        _UNHCR_STOCK,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.STOCK,
        _("Asylum-seekers in the state"),
        _("Asylum-seekers from the state"),
    ),
    Indicator(
        "other_in_need",
        _("Other people in need of international protection"),
        _(
            "How many persons need protection outside their country but are counted neither as refugees nor as "
            "asylum-seekers."
        ),
        _(
            "Persons outside their country of origin who likely need international protection and are reported "
            "under no other heading."
        ),
        _UNHCR_STOCK,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.STOCK,
        _("Others in need in the state"),
        _("Others in need from the state"),
        sporadic=True,
    ),
    Indicator(
        "returned_refugees",
        _("Returned refugees"),
        _("How many refugees went back to their country of origin during the year."),
        _("Refugees who returned to their country of origin in the year, by the country that they left and by origin."),
        _UNHCR_FLOW,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.FLOW,
        _("Refugees who left the state to return home"),
        _("Refugees who returned to the state"),
        sporadic=True,
    ),
    Indicator(
        "stateless",
        _("Stateless persons"),
        _("How many persons in a state are considered as nationals by no state, as far as they are known."),
        _(
            "Persons who are not considered as nationals by any state under the operation of its law, known to "
            "the producer by country of residence."
        ),
        _UNHCR_STOCK,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.STOCK,
        _("Stateless persons in the state"),
    ),
    Indicator(
        "asylum_applications",
        _("Asylum applications"),
        _("For how many persons asylum was asked for in the year, at any level."),
        _(
            "Persons in all applications of the year: new, repeated and on appeal. One person may be counted "
            "at more than one level."
        ),
        _UNHCR_FLOW,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.FLOW,
        _("Applications in the state"),
        _("Applications by persons from the state"),
    ),
    Indicator(
        "asylum_applications_new",
        _("New asylum applications"),
        _("For how many persons asylum was asked for in the year for the first time."),
        _(
            "Persons in applications that the producer marks as new. Where a state reports new and repeated "
            "applications together, they are not "
            "in this figure."
        ),
        _UNHCR_FLOW,
        _UNHCR_SUM,
        _UNHCR_SMALL,
        PERSONS,
        Kind.FLOW,
        _("New applications in the state"),
        _("New applications by persons from the state"),
    ),
    Indicator(
        "asylum_decisions",
        _("Asylum decisions"),
        _("How applications for asylum ended in the year."),
        _(
            "Persons in decisions of all levels: recognised as refugees, given complementary protection, "
            "rejected, or closed without a decision "
            "on substance."
        ),
        _UNHCR_FLOW,
        _UNHCR_SUM,
        _("The producer rounds every outcome below 10 to 0, 5 or 10. A total over such cells is therefore not exact."),
        PERSONS,
        Kind.FLOW,
        _("Decisions in the state"),
        _("Decisions on persons from the state"),
        dimension="outcome",
    ),
    Indicator(
        "recognition_rate",
        _("Recognition rate"),
        _("Of those whose application was decided on its substance, how many in a hundred got protection."),
        _(
            "Recognised and complementary protection, divided by these and rejected. Applications closed "
            "otherwise are in neither."
        ),
        _UNHCR_FLOW,
        _(
            "Computed here from the producer's decisions of all levels together, so that a person whose appeal "
            "was decided in the same year counts "
            "twice."
        ),
        _("Numerator and denominator are sums of outcomes that the producer rounds below 10."),
        PERCENT,
        Kind.RATE,
        _("Recognition rate in the state"),
        _("Recognition rate of persons from the state"),
        sporadic=True,
    ),
    Indicator(
        "migrant_stock",
        _("Migrant stock"),
        _("How many persons live in a state and were born in another."),
        _(
            "Persons by country of residence and of birth; where a state does not record the place of birth, "
            "by citizenship."
        ),
        _("At 1 July of the year, every five years."),
        _(
            "Estimates of the producer from censuses, registers and surveys. Summed over named countries of "
            "birth: persons of unknown or other "
            "origin are not in the copy that was read, so the sum may lie below the producer's own total."
        ),
        _("The producer publishes estimates, and small counts as they are estimated."),
        PERSONS,
        Kind.STOCK,
        _("Born abroad and living in the state"),
        _("Born in the state and living abroad"),
        dimension="sex",
        step=5,
    ),
    Indicator(
        "sdg_10_7_2",
        _("Migration policies (SDG 10.7.2)"),
        _("How far a state has migration policies that make movement orderly and safe, by its own report."),
        _(
            "Share of the policy subcategories that are met, in percent from 0 to 100; a single domain is "
            "scored from 1 to 4."
        ),
        _("In the year."),
        _("As the state reports it. The file declares no unit."),
        _("About policies and not about persons."),
        UNDECLARED,
        Kind.RATE,
        as_destination=_("Migration policies (SDG 10.7.2), by the state's own report"),
        limit=100,
    ),
    Indicator(
        "sdg_10_7_4",
        _("Refugees by origin per population (SDG 10.7.4)"),
        _("How many refugees a state's population has lost, in proportion to its size, by its own report."),
        _("Refugees from the state, divided by its population and these refugees; elsewhere published per 100,000."),
        _("In the year."),
        _("As the state reports it. The file declares no unit."),
        _("A proportion of the whole population."),
        UNDECLARED,
        Kind.RATE,
        as_origin=_("Refugees from the state per population (SDG 10.7.4), by its own report"),
    ),
)

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
