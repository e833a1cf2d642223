"""Names in the alphabet of the zone: A to Z and the filler (ICAO Doc 9303-3, 4.6 and section 6).

The tables A (Latin), B (Cyrillic) and C (Arabic) are those of the eighth edition, amended 20 March 2024. What stands
in `NOT_IN_DOC_9303` is from memory: letters of Central Asian and Azerbaijani alphabets for which Doc 9303 has no row.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LATIN: Final = {
    "Æ": "AE",
    "Ð": "D",
    "Ø": "OE",
    "Þ": "TH",
    "Đ": "D",
    "Ħ": "H",
    "ı": "I",
    "Ĳ": "IJ",
    "Ŀ": "L",
    "Ł": "L",
    "Ŋ": "N",
    "Œ": "OE",
    "Ŧ": "T",
    "ẞ": "SS",
    "ß": "SS",
}
"""Table A, for letters that are more than a base letter with a mark; those lose the mark."""

TWO_LETTERS: Final = {"Ä": "AE", "Å": "AA", "Ö": "OE", "Ü": "UE"}
"""Table A gives two spellings for these; the longer one is used for the languages that use it themselves."""
TWO_LETTER_LANGUAGES: Final = frozenset({"de", "da", "sv", "nb", "nn", "no", "fi", "et", "is"})

_CYRILLIC: Final = (
    "А=A Б=B В=V Г=G Д=D Е=E Ё=E Ж=ZH З=Z И=I Й=I К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T У=U Ф=F Х=KH Ц=TS Ч=CH Ш=SH "
    "Щ=SHCH Ъ=IE Ы=Y Ь= Э=E Ю=IU Я=IA Є=IE І=I Ї=I Ј=J Љ=LJ Њ=NJ Ќ=K Ў=U Џ=DZ Ђ=D Ћ=D Ѕ=DZ Ґ=G Ғ=G Ѫ=U Ѵ=Y"
)

CYRILLIC: Final = dict(pair.split("=") for pair in _CYRILLIC.split())
"""Table B. The soft sign has no row and is left out."""

CYRILLIC_BY_LANGUAGE: Final = {
    "be": {"Ё": "IO", "Г": "H"},
    "uk": {"Г": "H", "И": "Y"},
    "bg": {"Щ": "SHT"},
    "sr": {"Г": "H", "Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "mk": {"Ќ": "KJ", "Х": "H", "Ц": "C", "Џ": "DJ"},
}
UKRAINIAN_FIRST: Final = {"Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"}

NOT_IN_DOC_9303: Final = {
    "Ә": "A",
    "Қ": "K",
    "Ң": "N",
    "Ө": "O",
    "Ұ": "U",
    "Ү": "U",
    "Һ": "H",
    "Ҳ": "H",
    "Ҷ": "J",
    "Ҹ": "J",
    "Ҝ": "G",
    "Ӣ": "I",
    "Ӯ": "U",
    "Ə": "A",
}
"""From memory, not verified. Table B has a row for Һ (C), which is the Serbian Ћ by its looks and would turn a Kazakh
or Azerbaijani H into a C; it is not followed."""

_ARABIC: Final = (
    "ء=XE آ=XAA أ=XAE ؤ=U إ=I ئ=XI ا=A ب=B ت=T ث=XTH ج=J ح=XH خ=XKH د=D ذ=XDH ر=R ز=Z س=S ش=XSH ص=XSS ض=XDZ ط=XTT "
    "ظ=XZZ ع=E غ=G ف=F ق=Q ك=K ل=L م=M ن=N ه=H و=W ى=XAY ي=Y ٱ=XXA ٹ=XXT ټ=XRT پ=P ځ=XKE څ=XXH چ=XC ڈ=XXD ډ=XDR ڑ=XXR "
    "ړ=XRR ږ=XRX ژ=XJ ښ=XXS ک=XKK ګ=XXK ڭ=XNG گ=XGG ں=XNN ڼ=XXN ھ=XDO ۀ=XYH ہ=XXG ۂ=XGE ۃ=XTG ی=XYA ۍ=XXY ې=Y ے=XYB "
    "ۓ=XBE ڤ=V ڥ=XF"
)

ARABIC: Final = dict(pair.split("=") for pair in _ARABIC.split())
"""Table C with B.5.4 and B.5.6. X is an escape: one letter of the script becomes one sequence, reversibly."""

TEH_MARBUTA: Final = "ة"
SHADDA: Final = "ّ"
SEPARATORS: Final = frozenset(" \t\n-‐‑–—,<\u200c")


def _letter(letter: str, language: str, *, first: bool) -> str | None:
    """The zone's letters for one letter in upper case, or None where no table has it."""
    if letter.isascii():
        return letter if letter.isalpha() else None
    if first and language == "uk" and letter in UKRAINIAN_FIRST:
        return UKRAINIAN_FIRST[letter]
    own = CYRILLIC_BY_LANGUAGE.get(language, {})
    if language in TWO_LETTER_LANGUAGES and letter in TWO_LETTERS:
        return TWO_LETTERS[letter]
    for table in (own, LATIN, CYRILLIC, NOT_IN_DOC_9303, ARABIC):
        if letter in table:
            return table[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    if base == letter:
        return None
    return _letter(base, language, first=first)


def _word(word: str, language: str) -> str:
    written: list[str] = []
    upper = [character if character in "ıß" else character.upper() for character in word]
    letters = "".join(upper)
    for index, letter in enumerate(letters):
        if letter == SHADDA:
            written.append(written[-1] if written else "")
        elif letter == TEH_MARBUTA:
            written.append("XAH" if index == len(letters) - 1 else "XTA")
        else:
            written.append(_letter(letter, language, first=index == 0) or "")
    return "".join(written)


def transliterate(name: str, language: str = "") -> str:
    """`name` in A to Z, its parts divided by one filler each.

    `language` is a BCP 47 primary tag and matters for `de`, `sv` and their like, `be`, `uk`, `bg`, `sr`, `mk`.
    Apostrophes and other punctuation are left out without a gap; hyphens, commas and spaces divide (9303-3, 4.6).
    A letter that no table has is left out; `untransliterated` tells which.
    """
    composed = unicodedata.normalize("NFC", name)
    words = "".join(" " if character in SEPARATORS else character for character in composed).split()
    written = (_word(word, language) for word in words)
    return "<".join(word for word in written if word)


def untransliterated(name: str, language: str = "") -> tuple[str, ...]:
    """The letters of `name` that `transliterate` leaves out because no table has them."""
    composed = unicodedata.normalize("NFC", name)
    return tuple(
        letter
        for letter in composed
        if unicodedata.category(letter) in {"Lu", "Ll", "Lo"}
        and letter != TEH_MARBUTA
        and _letter(letter if letter in "ıß" else letter.upper()[0], language, first=False) is None
    )
