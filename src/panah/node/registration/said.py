"""What is said of a person when a file is opened or amended: the typed values that the actions carry."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

from panah.cores.identity.calendars import Calendar
from panah.node.registration.models import DocumentStatus, DocumentType, EntryMode, NameKind

Short = Annotated[str, StringConstraints(max_length=40)]
CountryCode = Annotated[str, StringConstraints(max_length=3, to_upper=True)]


def _no_truth_value(value: Any) -> Any:
    """`true` is no age, although Python would count it as 1."""
    if isinstance(value, bool):
        raise ValueError("An age is a whole number of years")
    return value


Age = Annotated[int, Field(ge=0, le=130), BeforeValidator(_no_truth_value)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class NameSaid(_Said):
    """One part of a name in one script. `script` (ISO 15924) is found from the letters when it is empty."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
    kind: NameKind = NameKind.AS_STATED
    script: Annotated[str, StringConstraints(pattern=r"^([A-Z][a-z]{3})?$")] = ""


class BirthSaid(_Said):
    """When a person was born, as they or a paper say it. All of it may be empty.

    `date` is `1990`, `1990-05`, `1990-05-03` or `03.05.1990` in `calendar`; with `until` the first and the last that
    are possible. Without a date, `age` (to `age_to`) in whole years, in the year or on the date `age_in` of the same
    calendar, or on the day of arrival. `first_of_january_stands_for_year`: the paper prints 1 January because the day
    is not known.
    """

    date: Short = ""
    until: Short = ""
    calendar: Calendar = Calendar.GREGORIAN
    age: Age | None = None
    age_to: Age | None = None
    age_in: Short = ""
    first_of_january_stands_for_year: StrictBool = False


class DocumentShown(_Said):
    """A document. `reading` is what was read from `zone`, kept with its checks; wrong check digits are no reason to refuse."""

    type: DocumentType
    issuer: CountryCode = ""
    number: Short = ""
    status: DocumentStatus | Literal[""] = ""
    zone: Annotated[str, StringConstraints(max_length=400)] = ""
    reading: dict[str, Any] = Field(default_factory=dict)


class Entry(_Said):
    """How the person came. Never a ground to refuse anybody (domain reference 11.3)."""

    mode: EntryMode | Literal[""] = ""
    from_country: CountryCode = ""
    route: tuple[CountryCode, ...] = ()
    stay_expired: Literal["yes", "no", "unknown", "refused"] = "unknown"
