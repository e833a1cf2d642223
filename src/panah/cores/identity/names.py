"""A name as it is written, taken apart: script, words, plain letters, and consonant skeletons that the scripts share.

`words("فاطمه")`, `words("Фотима")` and `words("Fatima")` give one word each, and all three have the skeleton `VTM`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from anyascii import anyascii

from panah.cores.identity.letters import LONGEST, TABLES, Classes

MOST_READINGS: Final = 8
"""Skeletons kept of one word, the likeliest first."""

# Vowel points, lengthening, joiners: signs that carry no consonant.
_SILENT: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0621\u200b-\u200f\u00ad]")
_APOSTROPHES: Final = re.compile("['’‘ʻʼ`´ʹʺ\"“”]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")

_PARTICLE_ROWS: Final = (
    "al el ul ibn bin bint ben binti bini haji hajji hajj hoji mullah mulla molla mawlawi mr mrs ms dr so do wo",
    "oglu oğlu ogly oghlu ogli ugli oghli oglı kyzy kizi qizi qızı gyzy kızı gizi uly ulu uulu",
    "оглы оглу огли углы угли ўғли ұлы улы уулу кызы қызы кизи қизи гызы хаджи ҳоҷӣ мулла мулло",
    "بن ابن بنت ولد الحاج حاجی حاجي ملا مولوی آل",
)
_PARTICLES: Final = frozenset(word for row in _PARTICLE_ROWS for word in row.split())
"""Words that say how names hang together, or are titles; never a name by themselves."""

_FAMILY_ENDING: Final = re.compile(
    r"(?<=\w\w)(?:y?ev|y?eva|ov|ova|off|eff|zoda|zade|zada|zadeh|zadə|[еёо]ва?|зода|заде|зада|وف|اف|یف|ییف|زاده)$"
)
_PATRONYMIC_ENDING: Final = re.compile(
    r"(?<=\w\w)(?:y?[oe]vi[ct]h?|y?evn?a|ovna|[еёо]вич|[еёо]вна|ович|овна|uly|ogli|oglu|oğlu|qizi|qızı|уулу|ұлы|улы|кызы|қызы)$"
)
_SERVANT: Final = re.compile(
    r"^(?:(abd|ebd|əbd)[aeiouəü]l(?!l)(?=\w{3})|(абд|әбд)[аеиоуыұү]л(?!л)(?=\w{3})|(عبد)ال(?!له))"
)

_OF_THE_FAITH: Final = re.compile("(?<=\\w{3})ال(?=دین$)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    `text` is what is written, in lower case and without marks that carry no sound; `plain` the same in a to z, in one
    spelling for each sound; `skeletons` the consonants it may be read as; `stems` the skeletons without a family or
    patronymic ending (of `Rahmonov` and `Rahmonovich` that of `Rahmon`).
    """

    text: str
    script: str
    plain: str
    skeletons: tuple[str, ...]
    stems: tuple[str, ...] = ()


def script_of(text: str) -> str:
    """ISO 15924 code of the script that most letters are in: Latn, Cyrl, Arab, or Zzzz for another or none."""
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = _script(character)
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else "Zzzz"


def words(name: str) -> tuple[Word, ...]:
    """The words of a name in their order, without particles and titles, unless nothing else is left."""
    found = _LETTERS.findall(_normalised(name))
    names = [text for text in found if text not in _PARTICLES]
    return tuple(word(text) for text in names or found)


def joined(first: Word, second: Word) -> Word:
    """Two words written as one: `Shah Gul` for `Shahgul`, `نظام الدین` for `Nizomiddin`."""
    article = second.script == "Arab" and second.text.startswith("ال") and len(second.text) > 4
    return word(first.text + (second.text[2:] if article else second.text))


@lru_cache(maxsize=65536)
def word(text: str) -> Word:
    """One normalised word taken apart."""
    script = script_of(text)
    whole = _OF_THE_FAITH.sub("", _SERVANT.sub(lambda found: found.group(1) or found.group(2) or found.group(3), text))
    readings = _skeletons(whole, script)
    if script == "Arab" and whole.startswith("ال") and len(whole) > 4:
        readings = _first_few([*_skeletons(whole[2:], script), *readings])
    stems = [
        reading
        for ending in (_FAMILY_ENDING, _PATRONYMIC_ENDING)
        if (stem := ending.sub("", whole)) != whole
        for reading in _skeletons(stem, script)
    ]
    return Word(text, script, _plain(whole), readings, _first_few(stem for stem in stems if stem not in readings))


def _normalised(name: str) -> str:
    text = _APOSTROPHES.sub("", _SILENT.sub("", unicodedata.normalize("NFKC", name).lower()))
    return "".join(_without_mark(character) for character in text)


@lru_cache(maxsize=4096)
def _without_mark(character: str) -> str:
    """A Latin letter without a mark that changes no consonant; marks of other scripts make other letters and stay."""
    if character.isascii() or _script(character) != "Latn" or character in TABLES["Latn"]:
        return character
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    for start, code in (("LATIN", "Latn"), ("CYRILLIC", "Cyrl"), ("ARABIC", "Arab")):
        if name.startswith(start):
            return code
    return "Zzzz"


def _skeletons(text: str, script: str) -> tuple[str, ...]:
    if script not in TABLES:
        return (anyascii(text).lower()[:12],)
    return _first_few(_settled(reading) for reading in _readings(_sounds(text, script)))


def _sounds(text: str, script: str) -> list[Classes]:
    table, at = TABLES[script], 0
    sounds: list[Classes] = []
    if beginning := _W_BEGINNING.match(text):
        sounds.append(_W_BEGINNINGS[beginning.group()[0]])
        at = 1
    while at < len(text):
        length = next((n for n in range(LONGEST, 0, -1) if text[at : at + n] in table), 0)
        if length:
            sounds.append(table[text[at : at + length]])
        elif at == 0:
            sounds.append(("",))
        at += length or 1
    return sounds


def _readings(sounds: list[Classes]) -> Iterable[tuple[str, ...]]:
    """Every reading, those that take the first alternatives first; letters with a choice near the end are fixed when there are too many."""
    open_choices, limited = 0, []
    for alternatives in sounds:
        if len(alternatives) > 1:
            open_choices += 1
        limited.append(alternatives if open_choices <= 4 else alternatives[:1])
    return product(*limited)


def _settled(reading: tuple[str, ...]) -> str:
    """Sounds that spellings run together or leave out are made one: dj, tch → J; ds → S; nk → N; doubles; h at the end.

    A short skeleton keeps as A that the word begins with a vowel: `Ali` is AL and `Lala` is L.
    """
    text = "".join(reading)
    for pair, single in (("TJ", "J"), ("TS", "S"), ("NK", "N")):
        text = text.replace(pair, single)
    text = re.sub(r"(.)\1+", r"\1", text)
    if len(text) > 1 and text[-1] == "X":
        text = text[:-1]
    return "A" + text if len(text) < 3 and not reading[0] else text


_W_BEGINNING: Final = re.compile("у[аеёиоэяөәі]|و")
_W_BEGINNINGS: Final = {"у": ("", "V"), "و": ("V",)}


def _first_few(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(list(dict.fromkeys(reading for reading in readings if reading))[:MOST_READINGS])


_SAME_SOUND: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("[^a-z]", ""),
        ("dzh|dsch|dj|zh|j", "j"),
        ("tsch|tch|shch|sch|ch|cz", "sh"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dh|ts|tz", "z"),
        ("w", "v"),
        ("q|ck", "k"),
        ("x", "ks"),
        ("ou|oo", "u"),
        ("y?[aeo]i?y|ee", "i"),
        ("y", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def _plain(text: str) -> str:
    plain = anyascii(text).lower()
    for pattern, sound in _SAME_SOUND:
        plain = pattern.sub(sound, plain)
    return plain
