"""Zones for the tests: the specimens of ICAO Doc 9303, and invented people as a Hypothesis strategy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from panah.cores.documents import Fields

ON: Final = date(2026, 11, 21)

TD3: Final = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD2: Final = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
TD1: Final = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
MRV_A: Final = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226B<<<<<<<"
MRV_B: Final = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226"
FRENCH_CARD: Final = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6"
GERMAN_PASSPORT: Final = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"

SPECIMENS: Final = {"TD3": TD3, "TD2": TD2, "TD1": TD1, "MRV-A": MRV_A, "MRV-B": MRV_B}


def replaced(zone: str, line: int, position: int, character: str) -> str:
    """`zone` with the character at `line` and `position`, both from 1, replaced."""
    lines = zone.split("\n")
    row = lines[line - 1]
    lines[line - 1] = row[: position - 1] + character + row[position:]
    return "\n".join(lines)


_letters = st.text("ABDFGHIJMNOPQRTUVWXYZ", min_size=2, max_size=7)
_names = st.lists(_letters, min_size=1, max_size=2).map(" ".join)
_alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def _days(first: date, last: date) -> st.SearchStrategy[str]:
    return st.integers(0, (last - first).days).map(lambda days: (first + timedelta(days)).isoformat())


@st.composite
def fields(draw: st.DrawFn, formats: tuple[str, ...] = tuple(SPECIMENS), longest_number: int = 9) -> Fields:
    """The document of an invented person whose name fits into any format."""
    format_ = draw(st.sampled_from(formats))
    visa = format_.startswith("MRV")
    born = draw(_days(date(1930, 1, 1), ON))
    return Fields(
        format=format_,  # type: ignore[arg-type]
        type="V" if visa else ("P" if format_ == "TD3" else "I"),
        issuer=draw(st.sampled_from(["KAZ", "UTO", "D", "UZB", "TUR"])),
        number=draw(st.text(_alphanumeric, min_size=1, max_size=longest_number)),
        nationality=draw(st.sampled_from(["AFG", "KGZ", "UTO", "XXA", "XXB", "XXC", "XXX", "D"])),
        primary=draw(_names),
        secondary=draw(st.one_of(st.just(""), _letters)),
        birth_date=draw(st.sampled_from([born, born[:7], born[:4], ""])),
        sex=draw(st.sampled_from(["female", "male", "unspecified"])),  # type: ignore[arg-type]
        expiry=draw(_days(date(2000, 1, 1), date(2060, 12, 31))),
        optional="" if longest_number > 9 else draw(st.text(_alphanumeric, max_size=7)),
    )
