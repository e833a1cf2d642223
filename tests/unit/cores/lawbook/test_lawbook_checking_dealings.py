"""What the check finds in procedures, papers, numbers, channels and standards, each made by spoiling a clean file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from panah.cores.documents import check_identity_number
from panah.cores.lawbook.checking import check_folder
from panah.cores.lawbook.checking.dealings import IDENTITY_NUMBERS
from tests.unit.cores.lawbook.dealings import write_dealings

Spoil = Callable[[str, str, str], Path]
ASYLUM = "xx/procedures/asylum.yaml"
PAPERS = "xx/documents/documents.yaml"
CHANNELS = "xx/channels/channels.yaml"


@pytest.fixture(autouse=True)
def dealings(packs: Path) -> None:
    write_dealings(packs / "xx")


def problems(packs: Path) -> list[str]:
    return [str(problem) for problem in check_folder(packs, ["xx"], with_floor=False) if not problem.warning]


def only(packs: Path) -> str:
    found = problems(packs)
    assert len(found) == 1, found
    return found[0]


def test_the_clean_files_are_clean(packs: Path) -> None:
    assert problems(packs) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (ASYLUM, "terms: [asylum/first_decision]", "terms: [asylum/last_decision]", "terms: no such parameter"),
        (ASYLUM, "terms: [asylum/appeal]", "terms: [asylum/plea]", "remedy: no such parameter"),
        (ASYLUM, "papers: [refugee-certificate]", "papers: [refugee-card]", "papers: no such document"),
        (ASYLUM, "by: [asylum_authority]", "by: [asylum_office]", "by: nobody of that name"),
        (ASYLUM, "begins_with: registration", "begins_with: sunrise", "the fact is not in the list"),
        (PAPERS, "number: KZ-IIN", "number: KZ-BIN", "number: no such identity number"),
        (PAPERS, "issued_by: asylum_authority", "issued_by: mayor", "issued_by: nobody of that name"),
        (PAPERS, "record_type: other", "record_type: other\n    validity: none/such", "validity: no such parameter"),
        (PAPERS, "KZ-IIN", "XX-NUMBER", "identity number: the code is unknown to the program"),
        (CHANNELS, "quota: labour/quota", "quota: labour/quote", "no such parameter"),
        (CHANNELS, "body: labour_authority", "body: labour_office", "body: nobody of that name"),
    ],
)
def test_a_name_that_leads_nowhere_is_found(
    packs: Path, spoil: Spoil, name: str, old: str, new: str, what: str
) -> None:
    spoil(name, old, new)
    line = only(packs)
    assert line.startswith(f"{name}: ")
    assert f"{what}; found '" in line
    assert "; allowed: " in line


def test_an_outcome_that_the_list_does_not_know_is_refused(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "outcomes: [granted, refused]", "outcomes: [granted, refused, dealt-with]")
    assert "stage 'decision' outcomes: not in _floor/outcomes; found 'dealt-with'" in only(packs)


def test_an_outcome_is_used_in_its_time_alone(packs: Path, spoil: Spoil) -> None:
    spoil(
        "_floor/outcomes/outcomes.yaml",
        "{code: granted, means: grants",
        '{code: granted, from: "2022-01-01", means: grants',
    )
    assert "used outside its time; found 'granted' from 2021-07-01" in only(packs)


def test_in_a_procedure_of_force_every_outcome_frees_or_forces(packs: Path) -> None:
    (packs / "xx/procedures/removal.yaml").write_text(
        "procedure: removal\ntitle: {en: Removal, ru: Высылка}\nverified: no\nstages:\n"
        "  - {id: order, title: {en: Order, ru: Приказ}, by: [court], outcomes: [ordered, answered], verified: no}\n"
    )
    wanted = "in a procedure of force the meaning is not plain; found 'answered': goes_on; allowed: frees, forces, gone"
    assert wanted in only(packs)


def test_a_state_has_no_list_of_outcomes_of_its_own(packs: Path) -> None:
    folder = packs / "xx" / "outcomes"
    folder.mkdir()
    (folder / "outcomes.yaml").write_text("outcomes:\n  - {code: deported, means: frees}\n")
    assert "xx/outcomes/outcomes.yaml: a state has no list of outcomes of its own" in only(packs)


def test_a_next_stage_that_does_not_exist_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "next: [decision]", "next: [decision, oracle]")
    assert "stage 'filing' next: no such stage; found 'oracle'; allowed: decision, filing" in only(packs)


def test_a_stage_that_nobody_reaches_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "    next: [decision]\n", "")
    assert "stage 'decision' cannot be reached from the first stage 'filing'" in only(packs)


def test_a_stage_that_begins_with_the_first_ones_fact_is_a_second_beginning(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "    ends_with: registration\n    next: [decision]\n", "    begins_with: registration\n")
    assert problems(packs) == []


def test_a_procedure_without_an_end_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "    outcomes: [granted, refused]\n", "    next: [filing]\n")
    found = problems(packs)
    assert [line.partition(": ")[2].split(";")[0] for line in found] == [
        "stage 'decision' has no way to an end",
        "stage 'filing' has no way to an end",
    ]


def test_a_stage_that_stands_twice_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "  - id: decision", "  - id: filing")
    assert any("the stage stands 2 times; found 'filing'" in line for line in problems(packs))


def test_two_shapes_of_a_procedure_on_one_day_are_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/procedures/asylum-2014.yaml", '"2021-06-30"', '"2021-08-30"')
    assert "procedure 'asylum': an overlap in time, 2 hold on 2021-07-01" in only(packs)


def test_a_time_between_two_shapes_of_a_procedure_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("xx/procedures/asylum-2014.yaml", '"2021-06-30"', '"2021-05-31"')
    assert "procedure 'asylum': a gap in time, none holds on 2021-06-01" in only(packs)


def test_a_procedure_that_ends_before_it_begins_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, 'from: "2021-07-01"', 'from: "2021-07-01"\nuntil: "2021-06-30"')
    assert any("'asylum' ends before it begins" in line for line in problems(packs))


def test_a_document_described_twice_for_one_day_is_found(packs: Path) -> None:
    text = (packs / PAPERS).read_text(encoding="utf-8").partition("identity_numbers:")[0]
    (packs / "xx/documents/more.yaml").write_text(text, encoding="utf-8")
    assert "document 'refugee-certificate': an overlap in time, 2 hold on 2016-01-01" in only(packs)


def test_a_file_under_another_procedures_name_is_found(packs: Path) -> None:
    (packs / ASYLUM).rename(packs / "xx/procedures/refuge.yaml")
    assert "the name of the file is not the procedure's code; found 'refuge'" in only(packs)


def test_a_verified_stage_without_citation_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, '    citations: [{source: xx-reform-act-2021, article: "2"}]\n', "")
    assert "the key 'citations' is missing" in only(packs)


def test_a_verified_number_without_citation_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(PAPERS, "tells: [sex, birth_date]\n    verified: no", "tells: [sex, birth_date]\n    verified: yes")
    assert "identity_numbers 1: verified yes without a citation" in only(packs)


def test_a_source_that_nobody_described_is_found_in_a_stage(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "source: xx-reform-act-2021", "source: xx-lost-act")
    assert "stages 2 citations 1: the source is not described; found 'xx-lost-act'" in only(packs)


def test_a_title_without_russian_is_found(packs: Path, spoil: Spoil) -> None:
    spoil(ASYLUM, "title: {en: Decision, ru: Решение}", "title: {kk: Шешім}")
    assert {line.split(": ", 1)[1] for line in problems(packs)} == {
        "stages 2 title: the text in 'en' is missing; Add it.",
        "stages 2 title: the text in 'ru' is missing; Add it.",
    }


def test_a_standard_that_would_replace_the_floors_is_found(packs: Path, spoil: Spoil) -> None:
    write_dealings(packs / "_floor", standards_only=True)
    assert problems(packs) == []
    spoil("xx/standards/reception.yaml", "    guards: [G7]\n", "")
    assert "standard 'families-together' would replace the floor's" in only(packs)


def test_a_question_without_its_words_is_found(packs: Path, spoil: Spoil) -> None:
    spoil("_floor/translations/questions.csv", "q.person.languages,", "q.person.tongues,")
    lines = [str(problem) for problem in check_folder(packs, []) if not problem.warning]
    assert len(lines) == 1
    assert "no text 'q.person.languages' in translations/" in lines[0]


def test_a_text_missing_in_a_language_of_the_people_is_a_warning(packs: Path, spoil: Spoil) -> None:
    spoil("_floor/translations/receipt.csv", "Анықтама", "")
    found = [problem for problem in check_folder(packs, []) if "receipt.title" in problem.what]
    assert [(problem.what, problem.warning) for problem in found] == [
        ("line 2: 'receipt.title' has no text in kk", True)
    ]


def test_what_only_an_officer_fills_in_needs_no_language_of_the_people(packs: Path) -> None:
    assert not any("q.person.sex" in problem.what for problem in check_folder(packs, []))


def test_the_list_of_identity_numbers_is_that_of_the_documents_core() -> None:
    samples = {"KAZ": ("900101300017", "990140000017"), "AFG": ("1399-0100-12345",)}
    for country, codes in IDENTITY_NUMBERS.items():
        for number in samples.get(country, ("1",)):
            assert check_identity_number(country, number).kind in codes
