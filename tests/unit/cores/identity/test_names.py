"""One name in three scripts and many spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panah.cores.identity.keys import LONGEST_KEY, name_keys
from panah.cores.identity.names import MOST_READINGS, joined, script_of, word, words

SAME = [
    ("فاطمه", "Фотима", "Fatima", "Fotima", "Фатима", "فاطمة"),
    ("محمد", "Мухаммад", "Muhammad", "Mohammed", "Mohamad", "Muhammed"),
    ("حسن", "Ҳасан", "Hasan", "Хасан"),
    ("حسین", "Ҳусейн", "Hussain", "Хусейн", "Hüseyn"),
    ("عبدالرحمن", "Абдурахман", "Abdurrahman", "Abdulrahman", "Abdul-Rahman", "عبد الرحمن"),
    ("یوسف", "Юсуф", "Yusuf", "Yousef", "Yusif"),
    ("غلام", "Ғулом", "Гулом", "Gholam", "Ghulam"),
    ("میرویس", "Мирвайс", "Mirwais", "Mir Wais"),
    ("شاه گل", "Шохгул", "Shahgul", "Shah Gul"),
    ("قاسم", "Қосим", "Касым", "Qosim", "Kasym", "Qasim"),
    ("نظام الدین", "نظام‌الدین", "Низомиддин", "Nizomiddin", "Nezamuddin"),
    ("جمشید", "Ҷамшед", "Джамшед", "Jamshed", "Cəmşid", "Dzhamshed"),
    ("داود", "Довуд", "Давуд", "Dawood", "Davud"),
    ("Ұлықбек", "Улугбек", "Ulugʻbek", "Ulug'bek", "Улуғбек"),
    ("Шыңғыс", "Чингиз", "Shyngys", "Çingiz", "Chingiz"),
    ("Нұрсұлтан", "Нурсултан", "Nursultan", "نورسلطان"),
    ("ولی", "Вали", "Wali", "Vali", "Уәли"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[-1])
def test_spellings_of_one_name_share_a_key(spellings):
    keys = [name_keys([spelling]) for spelling in spellings]
    for other, spelling in zip(keys[1:], spellings[1:], strict=True):
        assert keys[0] & other, f"{spellings[0]} and {spelling}: {sorted(keys[0])} and {sorted(other)}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Рахмонов", "Раҳмон"),
        ("Rahimova", "Рахимов"),
        ("Рахимзода", "Rahimov"),
        ("Каримович", "Karim"),
        ("کریم‌زاده", "Karimov"),
    ],
)
def test_an_ending_of_family_or_father_does_not_part_relatives_of_a_name(one, other):
    assert name_keys([one]) & name_keys([other])


@pytest.mark.parametrize(
    ("one", "other"), [("Ali", "Lala"), ("Рустам", "Roxana"), ("فاطمه", "مریم"), ("Karim", "Rahim")]
)
def test_other_names_share_no_key(one, other):
    assert not name_keys([one]) & name_keys([other])


def test_titles_and_particles_are_no_names():
    assert [found.text for found in words("Haji Mullah Abdul Karim s/o Rahim")] == ["abdul", "karim", "s", "o", "rahim"]
    assert [found.text for found in words("Алиев Акпер оглы")] == ["алиев", "акпер"]


def test_a_name_of_particles_only_is_kept():
    assert [found.text for found in words("Bin")] == ["bin"]


def test_vowel_points_joiners_and_apostrophes_change_nothing():
    assert words("مُحَمَّد")[0].skeletons == words("محمد")[0].skeletons
    assert words("نجیب‌الله")[0].text == "نجیبالله"
    assert words("Oʻgʻiloy")[0].text == words("O'g'iloy")[0].text == "ogiloy"


@pytest.mark.parametrize(
    ("text", "script"), [("Фотима", "Cyrl"), ("Fatima", "Latn"), ("فاطمه", "Arab"), ("1990", "Zzzz"), ("金", "Zzzz")]
)
def test_the_script_is_that_of_most_letters(text, script):
    assert script_of(text) == script


def test_a_name_in_another_script_still_has_a_key():
    assert name_keys(["გიორგი"]) == name_keys(["გიორგი"])
    assert name_keys(["გიორგი"])


@given(some.text(max_size=60))
def test_any_text_gives_few_and_short_keys_and_never_fails(text):
    found = words(text)
    assert all(1 <= len(one.skeletons) <= MOST_READINGS for one in found)
    assert all(len(key) <= LONGEST_KEY for key in name_keys([text]))


def test_two_words_written_as_one_are_read_as_one():
    shah, gul = words("Shah Gul")
    assert joined(shah, gul) == word("shahgul")
