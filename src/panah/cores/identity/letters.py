"""Which consonant a letter, or a group of letters, may stand for in the Latin, Cyrillic and Arabic scripts.

Sounds are folded into ten classes, so that the spellings of one name in three scripts and a dozen alphabets meet:

    P  p b      V  f v w      T  t d      S  s z ts      J  zh j dj ch sh
    K  k q g gh     X  h kh     L     R     M     N

More than one class means that the letter alone does not tell: Latin `c` is K, S or J, Arabic `و` is V or a vowel. The
empty class is a vowel or a sign that is not spoken. Vowels never enter a skeleton, since the Arabic script leaves most
of them out. Sources of the correspondences: ICAO Doc 9303-3 section 6 (romanisation of Cyrillic and Arabic), the
alphabets of the languages, and what registry clerks write (domain reference, 7.4). No list of people was used.
"""

from __future__ import annotations

from typing import Final

Classes = tuple[str, ...]


def _table(*rows: str) -> dict[str, Classes]:
    """Rows `classes: groups of letters`; alternatives are divided by `/`, and `-` is the empty class."""
    table: dict[str, Classes] = {}
    for row in rows:
        classes, groups = row.split(":")
        alternatives = tuple("" if each == "-" else each for each in classes.strip().split("/"))
        table.update(dict.fromkeys(groups.split(), alternatives))
    return table


LATIN: Final = _table(
    "P: b p",
    "V: f v w ph",
    "T: t d th ð đ þ ț ţ",
    "T/S: dh",
    "S: s z ts tz ß",
    "S/J: sz ś ź ć",
    "J: sh zh sch tch tsch dsch dzh shch szcz cz š ş ș č ç ž ż ĉ ŝ",
    "J/S: sj",
    "J/K/X: ch",
    "J/S/K: c",
    "J/-: j",
    "J/K/-: dj gj",
    "K: k q g gh ck qu ġ ģ ķ ǧ",
    "K/-: ğ",
    "X: h kh ħ",
    "X/KS: x",
    "L: l ł",
    "R: r",
    "M: m",
    "N: n ng ñ ń ň ŋ",
)

CYRILLIC: Final = _table(
    "P: б п",
    "V: в ф",
    "T: т д",
    "S: с з ц ѕ дз",
    "J: ж ч ш щ џ ҷ ҹ җ ӂ ӌ дж ђ ћ",
    "K: к қ ҝ ҡ ҟ ғ ґ ѓ ќ",
    "K/X: г",
    "X: х ҳ һ",
    "L: л љ",
    "R: р",
    "M: м",
    "N: н њ ң ҥ нг",
    "-/V: ў",
)

ARABIC: Final = _table(
    "P: ب پ ٻ ڀ",
    "V: ف ڤ ۋ ڥ",
    "V/-: و",
    "T: ت ط د ٹ ڈ ټ ډ ٿ ڌ",
    "S: ث س ص ز ذ ض ظ څ ځ",
    "J: ج چ ژ ش تش",
    "J/X: ښ",
    "J/K: ږ",
    "K: ک ك گ ګ ڪ ق غ ڠ",
    "X: خ ح ه ہ ھ ہ ۀ ۂ",
    "L: ل ڵ",
    "R: ر ړ ڑ ڕ",
    "M: م",
    "N: ن ں ڼ ڻ ڭ نگ",
    "-/T: ة ۃ",
)

TABLES: Final = {"Latn": LATIN, "Cyrl": CYRILLIC, "Arab": ARABIC}
LONGEST: Final = 4
"""Letters in the longest group of the tables."""
