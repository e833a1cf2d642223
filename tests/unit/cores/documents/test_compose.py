"""Writing zones, and names in the alphabet of the zone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.cores.documents import CannotBeWrittenError, Fields, compose, transliterate, untransliterated
from panah.cores.documents.alphabet import CHARACTERS, LETTERS
from panah.cores.documents.layouts import BY_FORMAT
from panah.cores.documents.names import write_names
from tests.unit.cores.documents.zones import MRV_A, MRV_B, TD1, TD2, TD3

ANNA = Fields(
    "TD3", "P", "UTO", "L898902C3", "UTO", "Eriksson", "Anna Maria", "1974-08-12", "female", "2012-04-15", "ZE184226B"
)


def test_the_specimens_of_doc_9303_are_written_to_the_letter() -> None:
    card = replace(ANNA, type="I", number="D23145890", optional="")
    visa = replace(ANNA, type="V", number="L898902C", birth_date="1969-08-06", expiry="1994-06-23")
    assert "\n".join(compose(ANNA)) == TD3
    assert "\n".join(compose(replace(card, format="TD2"))) == TD2
    assert "\n".join(compose(replace(card, format="TD1"))) == TD1
    assert "\n".join(compose(replace(visa, format="MRV-A"))) == MRV_A
    assert "\n".join(compose(replace(visa, format="MRV-B", optional="ZE184226"))) == MRV_B


@pytest.mark.parametrize(
    ("primary", "secondary", "line"),
    [
        ("Heng", "Deborah Ming Lo", "PPUTOHENG<<DEBORAH<MING<LO<<<<<<<<<<<<<<<<<<"),
        ("Smith-Jones", "Susie Margaret", "PPUTOSMITH<JONES<<SUSIE<MARGARET<<<<<<<<<<<<"),
        ("O'Connor", "Enya Siobhan", "PPUTOOCONNOR<<ENYA<SIOBHAN<<<<<<<<<<<<<<<<<<"),
        ("Van Der Muellen", "Martin", "PPUTOVAN<DER<MUELLEN<<MARTIN<<<<<<<<<<<<<<<<"),
        ("Al-Basri", "Huda Muhammad Jawad", "PPUTOAL<BASRI<<HUDA<MUHAMMAD<JAWAD<<<<<<<<<<"),
        ("Arkfreith", "", "PPUTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
        ("Satriya Sudarpa", "", "PPUTOSATRIYA<SUDARPA<<<<<<<<<<<<<<<<<<<<<<<<"),
        ("Papandropoulous", "Jonathon Warren Trevor", "PPUTOPAPANDROPOULOUS<<JONATHON<WARREN<TREVOR"),
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", "PPUTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        ("Nilavadhanananda", "Arnpol Petch Charonguang", "PPUTONILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"),
    ],
)
def test_names_are_written_as_in_the_examples_of_doc_9303_part_4(primary: str, secondary: str, line: str) -> None:
    assert compose(replace(ANNA, type="PP", primary=primary, secondary=secondary))[0] == line


_word = st.text("ABCXYZ", min_size=2, max_size=12)


@given(st.lists(_word, min_size=1, max_size=8), st.lists(_word, max_size=8), st.sampled_from([30, 31, 39]))
def test_a_name_that_fits_is_never_cut_and_a_cut_one_ends_with_a_letter(
    first: list[str], second: list[str], width: int
) -> None:
    primary, secondary = "<".join(first), "<".join(second)
    whole = primary + "<<" + secondary if secondary else primary
    field = write_names(primary, secondary, width)
    assert len(field) == width
    if len(whole) <= width:
        assert field.rstrip("<") == whole
    else:
        assert field[-1] in LETTERS
        assert ("<<" in field) == bool(secondary)


@given(st.text(max_size=60), st.sampled_from(["", "uk", "de", "be", "mk", "fa"]))
def test_any_name_becomes_letters_and_fillers(name: str, language: str) -> None:
    written = transliterate(name, language)
    assert (LETTERS | {"<"}).issuperset(written)
    assert not written.startswith("<")
    assert "<<" not in written


@pytest.mark.parametrize(
    ("name", "language", "written"),
    [
        ("Иванов Щербак Объедков Хю Яй", "", "IVANOV<SHCHERBAK<OBIEEDKOV<KHIU<IAI"),
        ("Юлія Єва Ганна", "uk", "YULIIA<YEVA<HANNA"),
        ("Müller Weiß", "de", "MUELLER<WEISS"),
        ("Gülşen Çağrı Işık", "tr", "GULSEN<CAGRI<ISIK"),
        ("Əliyev", "az", "ALIYEV"),
        ("Қасым Әсел Үміт Өмір", "kk", "KASYM<ASEL<UMIT<OMIR"),
        ("Goʻzal Oʻktamjon", "uz", "GOZAL<OKTAMJON"),
        ("ابو بكر محمد بن زكريا الرازي", "ar", "ABW<BKR<MXHMD<BN<ZKRYA<ALRAZY"),
        ("هاري الشماع", "ar", "HARY<ALXSHMAE"),
        ("نعيمة جميلة", "ar", "NEYMXAH<JMYLXAH"),
        ("محمّد", "ar", "MXHMMD"),
        ("عباّس", "ar", "EBAAS"),
        ("گل‌پری ځدراڼ", "ps", "XGGL<PRXYA<XKEDRAXXN"),
    ],
)
def test_names_are_transliterated_by_the_tables_of_doc_9303_part_3(name: str, language: str, written: str) -> None:
    assert transliterate(name, language) == written
    assert untransliterated(name, language) == ()


def test_letters_of_a_script_without_a_table_are_named() -> None:
    assert untransliterated("王 Anna") == ("王",)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"number": "L898902C34"}, "document number"),
        ({"number": "L89/02"}, "document number"),
        ({"nationality": "UT0"}, "nationality"),
        ({"issuer": "UTOPIA"}, "issuer"),
        ({"primary": "123"}, "name"),
        ({"birth_date": "1974-02-30"}, "YYYY-MM-DD"),
        ({"optional": "A" * 15}, "optional data"),
        ({"optional_first": "A"}, "TD1"),
        ({"format": "TD9"}, "format"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_allowed(changed: dict[str, str], named: str) -> None:
    with pytest.raises(CannotBeWrittenError, match=named) as refused:
        compose(replace(ANNA, **changed))  # type: ignore[arg-type]
    assert (
        "llowed" in str(refused.value)
        or "needed" in str(refused.value)
        or "takes" in str(refused.value)
        or "Only" in str(refused.value)
    )


@pytest.mark.parametrize("format_", list(BY_FORMAT))
def test_every_line_has_the_width_of_its_format_and_only_its_alphabet(format_: str) -> None:
    layout = BY_FORMAT[format_]
    lines = compose(replace(ANNA, format=format_, optional="", number="A1"))  # type: ignore[arg-type]
    assert [len(line) for line in lines] == [layout.width] * layout.lines
    assert CHARACTERS.issuperset("".join(lines))
