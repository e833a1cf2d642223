"""`panah lawbook`: one book, three forms; what a lawyer must see stands in each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from panah.cli.lawbook import lawbook
from panah.cli.lawbook.page import as_html
from panah.cli.lawbook.plain import WIDTH, as_text
from panah.cores.lawbook import load_pack, packs_root
from panah.cores.lawbook.book import Book, Entry, Line, changes, make_book
from panah.cores.lawbook.book.changes import newest
from panah.cores.lawbook.book.speech import Speech
from tests.unit.cores.lawbook.dealings import write_dealings

ON = date(2026, 11, 21)
CHAPTERS = [
    *("changes", "bodies", "places", "parameters", "procedures", "documents", "channels", "standards", "rules"),
    *("questions", "sources", "reviews"),
]


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "packs"
    for name in ("_schema", "_floor", "xx"):
        shutil.copytree(packs_root() / name, root / name)
    write_dealings(root / "xx")
    monkeypatch.setenv("PANAH_PACKS", str(root))
    return root


@pytest.fixture
def book(packs: Path) -> Book:
    return make_book(load_pack("xx", packs), "en", ON)


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(lawbook)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout + result.stderr


def entry(book: Book, name: str) -> Entry:
    found = [
        block
        for chapter in book.chapters
        for section in chapter.sections
        for block in section.blocks
        if isinstance(block, Entry) and block.name == name
    ]
    assert found, name
    return found[0]


def test_the_book_has_all_its_chapters_and_each_place_an_id_of_its_own(book: Book) -> None:
    assert [chapter.id for chapter in book.chapters] == CHAPTERS
    ids = [chapter.id for chapter in book.chapters]
    ids += [section.id for chapter in book.chapters for section in chapter.sections]
    assert len(ids) == len(set(ids))


def test_a_term_stands_with_its_dated_values_left_and_its_sentence_right(book: Book) -> None:
    found = entry(book, "asylum/first_decision")
    left = [line.text for line in found.provision]
    assert left[0] == "2014-03-01 to 2021-06-30: 60 working days"
    assert left[2] == "from 2021-07-01: 40 working days"
    assert "art. 2" in left[3]
    assert "confidence: high" in left[3]
    right = " ".join(line.text for line in found.reading)
    assert right.startswith("The authority has 40 working days for this, counted from: Application registered.")
    assert "Which value applies is decided by the day of: Application registered." in right
    assert "The clock stands still for: No interpreter; Illness of the person." in right
    assert "If it is missed: " in right


def test_worked_cases_stand_below_their_parameter(book: Book) -> None:
    cases = [line.text for line in entry(book, "asylum/first_decision").cases]
    assert any(
        "Given: Application registered – 2021-06-30. Answer: ends 2021-09-23, value 60." in text for text in cases
    )


def test_an_unverified_value_is_marked_on_both_sides(packs: Path) -> None:
    path = packs / "xx/parameters/asylum/first_decision.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("verified: yes", "verified: no"), encoding="utf-8")
    found = entry(make_book(load_pack("xx", packs), "en", ON), "asylum/first_decision")
    assert {line.mark for line in found.provision} == {"unverified"}
    assert found.reading[0].mark == "unverified"


def test_a_file_says_not_yet_reviewed_until_its_digest_is_agreed_and_again_after_an_edit(packs: Path) -> None:
    name = "parameters/asylum/first_decision.yaml"
    path = packs / "xx" / name

    def mark(copy: str) -> str:
        root = packs.parent / copy
        shutil.copytree(packs, root)
        file = entry(make_book(load_pack("xx", root), "en", ON), "asylum/first_decision").file
        assert file is not None
        return file.mark

    assert mark("before") == "not_reviewed"
    digest = sha256(path.read_bytes()).hexdigest()
    (packs / "xx/reviews.yaml").write_text(
        f'reviews:\n  - {{file: {name}, digest: {digest}, reviewer: A Lawyer, role: bar, "on": "2026-11-21"}}\n',
        encoding="utf-8",
    )
    assert mark("agreed") == "reviewed"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert mark("edited") == "not_reviewed"


def test_a_stage_says_who_acts_what_the_person_gets_and_what_can_be_done_against_it(book: Book) -> None:
    said = [line.text for line in entry(book, "decision").reading]
    assert "The person gets: Refugee certificate." in said
    assert any(text.startswith("Against it: to court; ") and text.endswith("Removal waits meanwhile.") for text in said)
    assert said[-1] == "The procedure ends here."


def test_rules_are_sentences_with_their_treaty(book: Book) -> None:
    found = entry(book, "no_consular_contact.own_national_in_fear")
    assert found.reading[0].text.startswith("«No contact with the consulate» when ")
    assert "art. 3" in found.provision[0].text


def test_the_same_pack_and_day_give_the_same_book(packs: Path, book: Book) -> None:
    assert make_book(load_pack("xx", packs), "en", ON) == book


@pytest.mark.parametrize(
    ("amount", "said"), [("1", "1 месяц"), ("3", "3 месяца"), ("11", "11 месяцев"), ("21", "21 месяц")]
)
def test_russian_counts_as_russian_does(packs: Path, amount: str, said: str) -> None:
    assert Speech(load_pack("xx", packs), "ru", ON).amount(amount, "months") == said


def test_the_russian_book_is_whole_and_marks_what_is_in_english_only(packs: Path) -> None:
    text = as_text(make_book(load_pack("xx", packs), "ru", ON))
    assert "[ru: ?]" not in text
    assert "У органа на это 40 рабочих дней" in text
    assert "[en] " in text


def test_what_changed_names_exact_days_and_whom_it_affects(packs: Path) -> None:
    before = packs.parent / "before"
    shutil.copytree(packs, before)
    path = packs / "xx/parameters/asylum/first_decision.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('value: "40"', 'value: "30"'), encoding="utf-8")
    (packs / "xx/procedures/asylum-2014.yaml").unlink()
    found = {
        change.what: change for change in changes(Speech(load_pack("xx", packs), "en", ON), load_pack("xx", before))
    }
    term = found["Time within which the body decides on a request for refuge"]
    assert (term.days, term.before, term.after) == ("from 2021-07-01", "40 working days", "30 working days")
    assert term.whom == "Those whose «Application registered» falls in these days"
    assert found["Asylum before the reform"].after == "removed"
    code, text = run("xx", "--since", str(before / "xx"), "--format", "text", "--on", "2026-11-21")
    assert code == 0
    assert "Since the edition of 2026-11-21" in text
    assert "30 working days" in text


def changed(packs: Path, path: str, old: str, new: str) -> dict[str, Any]:
    """What differs from an edition that is the same but for these words of one file."""
    before = packs.parent / "before"
    shutil.copytree(packs, before)
    file = packs / path
    text = file.read_text(encoding="utf-8")
    assert old in text, path
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = changes(Speech(load_pack("xx", packs), "en", ON), load_pack("xx", before))
    return {change.what: change for change in found}


def test_a_day_off_that_was_moved_is_a_change_on_its_day(packs: Path) -> None:
    before = packs.parent / "before"
    shutil.copytree(packs, before)
    old, new = load_pack("xx", before), load_pack("xx", packs)
    moved = replace(new.holidays, closed={**new.holidays.closed, date(2026, 3, 9): "Moved holiday"})
    moved = replace(moved, open={**moved.open, date(2026, 3, 7): ""})
    (at_work, off) = [
        one
        for one in changes(Speech(replace(new, holidays=moved), "en", ON), old)
        if one.what == "Day off or day of work"
    ]
    assert (at_work.before, at_work.after) == ("–", "day of work")
    assert (off.before, off.after) == ("–", "Moved holiday")
    assert "2026-03-09" in off.days
    longer = replace(new.holidays, last_year=new.holidays.last_year + 1, library=new.holidays.library or "TR")
    (rest,) = changes(Speech(replace(new, holidays=longer), "en", ON), old)
    assert rest.what.startswith("Time zone, weekend")


def test_a_question_asked_otherwise_is_a_change(packs: Path) -> None:
    path = sorted((packs / "_floor/questions").glob("*.yaml"))[0].relative_to(packs)
    found = changed(packs, str(path), "asked_of: officer, sensitivity: personal", "sensitivity: personal")
    assert [(what[:4], one.after) for what, one in found.items()] == [("C02:", "changed")]


def test_a_source_that_was_verified_since_is_a_change(packs: Path) -> None:
    assert changes_of_first(packs, "sources", "verified: yes", "verified: no") == ["changed"]


def test_a_treaty_that_binds_no_more_is_a_change(packs: Path) -> None:
    assert changes_of_first(packs, "treaties", "action: ratification", "action: none") == ["changed"]


def changes_of_first(packs: Path, kind: str, old: str, new: str) -> list[str]:
    path = next(one for one in sorted((packs / "xx" / kind).glob("*.yaml")) if old in one.read_text(encoding="utf-8"))
    found = changed(packs, str(path.relative_to(packs)), old, new)
    assert len(found) == 1
    return [one.after for one in found.values()]


def test_without_an_earlier_edition_the_packs_own_record_is_shown() -> None:
    assert list(newest("# Changes\n\n## 2026-11-21\n- First **edition**.\n  More.\n- Next.\n\n## 2025\n- Old.\n")) == [
        "2026-11-21",
        "First edition. More.",
        "Next.",
    ]


def test_the_page_is_self_contained_and_fit_for_both_directions(book: Book) -> None:
    page = as_html(book)
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|(?:href|src)=\"(?!#)", page)
    assert '<html lang="en" dir="ltr">' in page
    css = page.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"(margin|padding|border)-(left|right)|text-align: (left|right)|float:", css)
    for chapter in book.chapters:
        assert f'href="#{chapter.id}"' in page
        assert f'id="{chapter.id}"' in page


def test_what_a_pack_says_cannot_become_markup(book: Book) -> None:
    line = Line("<script>alert(1)</script>")
    spoilt = Book(**{**book.__dict__, "front": (line,)})
    assert "<script" not in as_html(spoilt)


def test_no_line_of_the_text_is_wider_than_a_hundred_columns(book: Book) -> None:
    text = as_text(book)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "THE PROVISION" in text
    assert "[NOT YET REVIEWED BY A LAWYER]" in text


def test_the_pdf_has_contents_page_numbers_and_running_heads(packs: Path, tmp_path: Path) -> None:
    target = tmp_path / "xx.pdf"
    assert run("xx", "--format", "pdf", "-o", str(target), "--on", "2026-11-21")[0] == 0
    shown = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True).stdout
    pages = shown.split("\f")
    assert re.search(r"2\. Who is competent\.* *\.+ *\d+", pages[0])
    assert "Examplia (invented). Lawbook" in pages[4]
    assert re.search(r"5 / \d+", pages[4])
    assert all(len(page.split()) > 10 for page in pages[:-1])


@pytest.mark.parametrize(
    "arguments",
    [
        ("zzz",),
        ("xx", "--format", "docx"),
        ("xx", "--language", "kk"),
        ("xx", "--on", "today"),
        ("xx", "--since", "none"),
    ],
)
def test_wrong_usage_leaves_with_two_and_says_what_is_allowed(packs: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_the_book_needs_no_django() -> None:
    code = "import sys; from panah.cli.lawbook import page, plain; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_word_of_the_book_stands_in_both_languages() -> None:
    from panah.cores.lawbook.book.words import WORDS

    fields: Callable[[str], set[str]] = lambda text: set(re.findall(r"{(\w+)}", text))  # noqa: E731
    assert [key for key, (en, ru) in WORDS.items() if fields(en) != fields(ru) or not en or not ru] == []
