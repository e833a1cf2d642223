"""The languages of the program: their tags, own names, script direction, and which of them the pages themselves speak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`tag` is BCP 47; `name` is the language's name in itself; `interface` says whether the pages of officers are in it."""

    tag: str
    name: str
    direction: str = "ltr"
    interface: bool = False


LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", interface=True),
    Language("ru", "Русский", interface=True),
    Language("kk", "Қазақша"),
    Language("ky", "Кыргызча"),
    Language("tg", "Тоҷикӣ"),
    Language("uz", "Oʻzbekcha"),
    Language("tk", "Türkmençe"),
    Language("fa", "فارسی / دری", "rtl"),
    Language("ps", "پښتو", "rtl"),
    Language("az", "Azərbaycanca"),
    Language("tr", "Türkçe"),
    Language("ur", "اردو", "rtl"),
)

BY_TAG = {language.tag: language for language in LANGUAGES}

# What people and registers call a language, and the tag under which its texts are kept here.
_SAME_TEXTS = {
    "prs": "fa",
    "fa-AF": "fa",
    "pes": "fa",
    "uzn": "uz",
    "pbu": "ps",
    "pst": "ps",
    "azj": "az",
    "kaz": "kk",
    "kir": "ky",
}


def of_tag(tag: str) -> Language | None:
    """The language whose texts serve a speaker of `tag` (`prs` and `fa-AF` are served by `fa`), or None when there are none."""
    return BY_TAG.get(_SAME_TEXTS.get(tag, tag)) or BY_TAG.get(tag.split("-")[0])


def interface_languages() -> tuple[Language, ...]:
    return tuple(language for language in LANGUAGES if language.interface)
