from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from panah.web.parts import Check, Clock, Column, Event, Hold, Link, Question, Reason, Table

NOW = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def shown(source: str, language: str = "en", **values: Any) -> str:
    """What a template says, with spaces and lines drawn together."""
    with translation.override(language):
        return " ".join(Template("{% load panah %}" + source).render(Context(values)).split())


def clock(**facts: Any) -> Clock:
    told: dict[str, Any] = {"what": "Forward", "started": NOW - 20 * HOUR, "due": NOW + 28 * HOUR, "now": NOW}
    return Clock(**(told | facts))


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "running"),
        ({"due": NOW + 6 * HOUR}, "soon"),
        ({"due": NOW - HOUR}, "late"),
        ({"due": NOW}, "soon"),
        ({"stopped": "no interpreter"}, "stopped"),
        ({"due": None, "unknown": "the day of service"}, "unknown"),
        ({"done": NOW}, "done"),
        ({"done": NOW, "due": NOW - HOUR}, "done_late"),
    ],
)
def test_a_clock_knows_where_it_stands(facts: dict[str, Any], state: str) -> None:
    assert clock(**facts).state == state


def test_a_clock_without_an_end_must_say_what_is_missing() -> None:
    with pytest.raises(ValueError, match="what is missing"):
        clock(due=None)
    with pytest.raises(ValueError, match="before it starts"):
        clock(due=NOW - 30 * HOUR)


def test_a_due_bar_says_in_words_what_its_bar_shows() -> None:
    late = shown("{% due_bar clock %}", clock=clock(due=NOW - 3 * HOUR))
    assert "<strong>3 hours</strong> overdue" in late
    assert "by law" in late
    assert 'value="100"' in late
    unknown = shown("{% due_bar clock %}", clock=clock(due=None, unknown="the day of service"))
    assert "The end is not known: the day of service" in unknown
    assert "<progress" not in unknown


def test_the_statutory_clock_stands_before_the_target() -> None:
    both = shown("{% due_bars clocks %}", clocks=[clock(what="Ours", kind="target"), clock(what="Theirs")])
    assert both.index("Theirs") < both.index("Ours")


def test_a_tile_that_is_not_known_never_reads_zero() -> None:
    assert "not known" in shown('{% tile None "Beds" %}')
    assert ">0<" in shown('{% tile 0 "Children in detention" "/list/" %}')


def test_what_a_person_wrote_is_never_taken_for_markup() -> None:
    evil = "<script>alert(1)</script>"
    table = Table(evil, [Column(evil)], [[evil]], empty="None")
    parts = {
        "{% data_table x %}": table,
        "{% because x %}": [Reason(evil, [(evil, evil)], evil)],
        "{% timeline x %}": [Event(NOW, evil, evil, evil, evil)],
        "{% hold_banner x %}": [Hold(evil, evil, evil, evil)],
        "{% facts x %}": [(evil, evil)],
        "{% question x %}": Question(evil, evil, "fa"),
        "{% page_header x x x %}{{ x }}{% end_page_header %}": evil,
        "{% scroll_region x %}{{ x }}{% end_scroll_region %}": evil,
        "{% chart x x x %}{{ x }}{% end_chart %}": evil,
        "{{ x|name }} {{ x|code }} {{ x|language_name }} {% mark x %} {% said x 'fa' %}": evil,
    }
    for source, value in parts.items():
        assert "<script>" not in shown(source, x=value), source


def test_an_empty_table_says_what_to_do_next() -> None:
    table = Table("Waiting", [Column("Name")], [], "Nobody waits. Add a person.", Link("New person", "/new/"))
    page = shown("{% data_table t %}", t=table)
    assert "Nobody waits. Add a person." in page
    assert 'href="/new/"' in page
    assert "<table" not in page


def test_a_sorted_column_says_its_order_and_links_to_the_other() -> None:
    table = Table("Waiting", [Column("Age", numeric=True, sort="age")], [[1234]], "None", sorted_by="age")
    request = RequestFactory().get("/?sort=age&page=3&place=ALA")
    page = shown("{% data_table t %}", t=table, request=request)
    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-age&amp;place=ALA"' in page
    assert '<td class="numeric">1,234</td>' in page


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        shown("{% data_table t %}", t=Table("T", [Column("A")], [[1, 2]], "None"))


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/?sort=age&page=2")
    page = shown("{% pages p %}", p=Paginator(range(50), 10).get_page(2), request=request)
    assert 'href="?sort=age&amp;page=3"' in page
    assert 'aria-current="page">2<' in page
    assert shown("{% pages p %}", p=Paginator(range(5), 10).get_page(1), request=request) == ""


def test_the_four_answers_are_equal_and_keep_what_was_chosen() -> None:
    page = shown(
        '{% answers "fear" "Afraid?" value="refused" person_answers=theirs person_language="fa" %}',
        theirs={"yes": "بله"},
    )
    assert [page.count(f'value="{value}"') for value in ("yes", "no", "unknown", "refused")] == [1, 1, 1, 1]
    assert page.count(" checked") == 1
    assert page.index(" checked") > page.index('value="refused"')
    assert '<span class="answer-person" lang="fa" dir="rtl">بله</span>' in page


def test_a_missing_translation_is_said_to_be_missing() -> None:
    page = shown("{% question q %}", q=Question("Who travels with you?", person_language="ps"))
    assert "No translation into" in page
    assert "پښتو" in page
    unchecked = shown("{% question q %}", q=Question("Why?", "چرا؟", "fa", checked=False))
    assert "not yet checked by a speaker" in unchecked


def test_a_source_that_nobody_checked_says_so() -> None:
    assert "Not yet checked" in shown("{% because r %}", r=[Reason("So.", source="CRC, art. 20")])
    assert "Checked against" in shown("{% because r %}", r=[Reason("So.", source="CRC, art. 20", verified=True)])


def test_holds_that_do_not_stand_leave_no_banner() -> None:
    assert shown("{% hold_banner h %}", h=[]) == ""
    assert "2 holds stand" in shown("{% hold_banner h %}", h=[Hold("A", "b", "c"), Hold("D", "e", "f")])


def test_an_unknown_badge_is_a_mistake_of_ours() -> None:
    assert "Child alone" in shown('{% badge "child_alone" %}')
    with pytest.raises(ValueError, match="no badge 'child_lone'"):
        shown('{% badge "child_lone" %}')


class Arrival(forms.Form):
    name = forms.CharField(help_text="As the person says it.")
    way = forms.ChoiceField(choices=[("road", "Road"), ("rail", "Rail")], widget=forms.RadioSelect)
    token = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(required=False)


def test_a_field_is_tied_to_its_hint_and_its_error() -> None:
    page = shown("{% form_field form.name %}", form=Arrival({}))
    assert 'aria-describedby="id_name_hint id_name_error"' in page
    assert 'id="id_name_hint"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_field_that_may_stay_empty_says_so_unless_all_may() -> None:
    assert "may stay empty" in shown("{% form_field form.note %}", form=Arrival())
    assert "may stay empty" not in shown("{% form_field form.name %}", form=Arrival())
    form = Arrival()
    for field in form.fields.values():
        field.required = False
    assert "may stay empty" not in shown("{% form_field form.note %}", form=form)


def test_choices_are_a_group_with_a_legend() -> None:
    page = shown("{% form_field form.way %}", form=Arrival({}))
    assert page.startswith("<fieldset")
    assert "<legend>Way</legend>" in page
    assert page.count('type="radio"') == 2


def test_the_list_of_errors_links_to_the_fields_and_says_what_hidden_ones_lack() -> None:
    page = shown("{% form_errors form %}", form=Arrival({"way": "road"}))
    assert 'href="#id_name"' in page
    assert "id_token" not in page
    assert page.count("<li>") == 2
    assert shown("{% form_errors form %}", form=Arrival()) == ""


def test_a_scan_box_posts_itself_and_stays_left_to_right() -> None:
    page = shown('{% scan_box form.note "/check/" %}', form=Arrival())
    assert 'hx-post="/check/"' in page
    assert 'dir="ltr"' in page
    checks = [Check("Number", "ok"), Check("Birth date", "doubt"), Check("Optional", "absent")]
    answer = shown('{% include "panah/scan_checks.html" %}', checks=checks)
    assert "agrees" in answer
    assert "does not agree, ask the person" in answer
    assert "not given" in answer


def test_a_chart_carries_its_figures_as_a_table() -> None:
    page = shown('{% chart "/figures.json" "Applications" source="Registers" %}<table></table>{% end_chart %}')
    assert 'data-src="/figures.json"' in page
    assert "<details open data-table>" in page
    assert "<table></table>" in page
    assert "Registers" in page


def test_a_day_stands_in_the_readers_calendar_with_the_gregorian_beside() -> None:
    day = date(2026, 11, 21)
    assert shown("{{ d|day }}", d=day) == '<time datetime="2026-11-21">21 November 2026</time>'
    persian = shown("{{ d|day }}", "fa", d=day)
    assert "۳۰ آبان ۱۴۰۵" in persian
    assert "۲۱ نوامبر ۲۰۲۶" in persian
    assert shown("{{ d|day }}{{ d|moment }}{{ d|number }}", d=None) == ""


def test_a_moment_is_told_in_the_time_zone_of_the_place() -> None:
    with timezone.override("Asia/Kabul"):
        assert "13:35 UTC+4:30" in shown("{{ m|moment }}", m=NOW)
    with timezone.override("Asia/Almaty"):
        assert 'datetime="2026-11-22"' in shown("{{ m|day }}", m=NOW + 12 * HOUR)


def test_names_and_codes_keep_their_own_direction() -> None:
    assert shown("{{ n|name }}", n="گل‌آقا") == '<bdi class="name">گل‌آقا</bdi>'
    assert shown("{{ n|code }}", n="N7712345<") == '<bdi class="code" dir="ltr">N7712345&lt;</bdi>'
    assert shown('{% said "سلام" "prs" %}') == '<span lang="prs" dir="rtl">سلام</span>'
