from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation

from panah.foundation.languages import LANGUAGES
from panah.web import reading

DAY = date(2026, 11, 21)


def test_persian_and_dari_readers_count_by_the_same_calendar_with_other_names() -> None:
    assert reading.own_calendar_day(DAY, "fa") == "۳۰ آبان ۱۴۰۵"
    assert reading.own_calendar_day(DAY, "prs") == "۳۰ عقرب ۱۴۰۵"
    assert reading.own_calendar_day(DAY, "ps") == "۳۰ لړم ۱۴۰۵"
    assert reading.own_calendar_day(DAY, "ru") is None


def test_a_day_is_written_with_its_month_in_letters_in_every_language() -> None:
    for language in LANGUAGES:
        written = reading.gregorian_day(DAY, language.tag)
        assert any(sign.isalpha() for sign in written), language.tag
    assert reading.gregorian_day(DAY, "en") == "21 November 2026"
    assert reading.gregorian_day(DAY, "ru") == "21 ноября 2026\u202fг."
    assert reading.gregorian_day(DAY, "fa") == "۲۱ نوامبر ۲۰۲۶"


def test_numbers_are_grouped_and_written_as_the_language_does() -> None:
    assert reading.number(1234567, "en") == "1,234,567"
    assert reading.number(1234567, "ru") == "1\xa0234\xa0567"
    assert reading.number(1234567, "tr") == "1.234.567"
    assert reading.number(1234.5, "fa") == "۱٬۲۳۴٫۵"
    assert reading.number(0, "ps") == "۰"
    assert reading.number(12, "ur") == "۱۲"


def test_a_moment_says_how_far_its_clock_is_from_utc() -> None:
    assert reading.time_of_day(datetime(2026, 11, 21, 9, 5, tzinfo=UTC), "en") == "09:05 UTC"
    assert (
        reading.time_of_day(datetime(2026, 11, 21, 14, 5, tzinfo=timezone(timedelta(hours=5))), "en") == "14:05 UTC+5"
    )
    kabul = timezone(timedelta(hours=4, minutes=30))
    assert reading.time_of_day(datetime(2026, 11, 21, 14, 5, tzinfo=kabul), "prs") == "۱۴:۰۵ UTC+۴:۳۰"
    with pytest.raises(ValueError, match="no time zone"):
        reading.time_of_day(datetime(2026, 11, 21, 14, 5), "en")


def test_a_length_of_time_is_said_in_its_two_largest_parts() -> None:
    with translation.override("en"):
        assert reading.how_long(timedelta(days=1, hours=4, minutes=3)) == "1 day 4 hours"
        assert reading.how_long(timedelta(minutes=-61)) == "1 hour 1 minute"
        assert reading.how_long(timedelta(seconds=2)) == "1 minute"
    with translation.override("ru"):
        assert reading.how_long(timedelta(days=22, hours=5)) == "22 дня 5 часов"


def test_states_are_named_in_the_readers_language_and_unknown_codes_stay() -> None:
    assert reading.country_name("KGZ", "en") == "Kyrgyzstan"
    assert reading.country_name("KGZ", "ru") == "Кыргызстан"
    assert reading.country_name("AFG", "uz") == "Afgʻoniston"
    assert reading.country_name("QQQ", "en") == "QQQ"
    with translation.override("en"):
        assert reading.country_name("XXA", "en") == "Stateless person"


def test_a_language_is_called_by_its_own_name_and_runs_its_own_way() -> None:
    assert reading.language_name("kk") == "Қазақша"
    assert reading.language_name("prs") == reading.language_name("fa")
    assert reading.language_name("qqq") == "qqq"
    assert [reading.direction(tag) for tag in ("fa", "prs", "ps", "ur", "ar")] == ["rtl"] * 5
    assert [reading.direction(tag) for tag in ("ru", "az", "tr", "qqq")] == ["ltr"] * 4
