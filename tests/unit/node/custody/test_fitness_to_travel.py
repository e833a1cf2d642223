"""Who may be taken on a journey: what was said of fitness, by whom, what of it stands, and what is never read out of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, Refused
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import sentence
from panah.node.custody import acts, board, fitness, rules, service
from panah.node.custody.fitness import Fitness, Said, against, standing
from panah.node.custody.models import Asking, Custody, Transfer
from panah.node.profiling.service import RecordInterview
from tests.unit.node.custody.conftest import BORDER, HEALTHY, HOUR, POLICE, WHEN
from tests.unit.node.custody.test_custody import CALM

NO, UNKNOWN, ILL = ("no",) * 4, ("unknown",) * 4, ("yes", "no", "no", "no")
EXPECTING, ASKED = ("no", "no", "yes", "no"), ("no", "no", "no", "unknown")
HEALTH = "health-service"


def word(result: str, hours: float, answers: tuple[str, ...] = NO, by: str = "nurse") -> Said:
    at = WHEN + hours * HOUR
    return Said(at, answers, by, at, result, ("seat",) if result == "conditions" else ())


def said(hours: float, answers: tuple[str, ...]) -> Said:
    return Said(WHEN + hours * HOUR, answers, "nobody")


@pytest.mark.parametrize(
    ("words", "hours", "stands"),
    [
        ([], 1, ("unknown", False, "unknown")),
        ([said(0, NO)], 1, ("unknown", True, "no")),
        ([said(0, ASKED)], 1, ("unknown", True, "unknown")),
        ([said(0, UNKNOWN)], 1, ("unknown", True, "unknown")),
        ([said(0, NO)], 25, ("unknown", False, "unknown")),
        ([said(0, ILL), said(1, NO)], 2, ("unknown", True, "yes")),
        ([word("fit", 0)], 24, ("fit", True, "no")),
        ([word("fit", 0)], 25, ("unknown", False, "unknown")),
        ([word("fit", 0, ILL)], 1, ("fit", True, "no")),
        ([word("fit", 0), said(1, ILL)], 2, ("unknown", True, "yes")),
        ([said(0, EXPECTING), word("conditions", 1)], 2, ("conditions", True, "no")),
        ([said(0, ILL), word("unknown", 1)], 2, ("unknown", True, "yes")),
        ([word("unfit", 0), said(1, NO)], 80, ("unfit", False, "unknown")),
        ([word("unfit", 0), word("fit", 2)], 3, ("fit", True, "no")),
        ([word("unfit", 1), word("fit", 1)], 3, ("unfit", True, "unknown")),
    ],
    ids=[
        "nobody-asked", "complains-of-nothing", "one-answer-unknown", "not-understood", "asked-long-ago", "denied-later-after-a-complaint", "fit",
        "fit-too-long-ago", "ill-and-fit", "fell-ill-after", "pregnant-and-seen", "seen-and-not-told", "not-fit-holds", "fit-after-not-fit",
        "two-words-of-one-moment",
    ],
)  # fmt: skip
def test_what_stands_of_all_that_was_said(words, hours, stands):
    known = standing(words, WHEN, WHEN + hours * HOUR)
    assert (known.result, known.asked, known.complaint) == stands


def test_an_injury_from_the_apprehension_is_a_complaint_until_somebody_medical_spoke():
    assert standing([said(0, NO)], WHEN, WHEN, hurt=True).complaint == "yes"
    assert standing([word("fit", 0)], WHEN, WHEN, hurt=True).result == "fit"


def test_a_word_for_one_journey_is_none_for_the_next():
    known = standing([word("fit", 0)], WHEN + HOUR, WHEN + 2 * HOUR)
    assert (known.result, known.asked) == ("unknown", False)
    assert standing([word("unfit", 0)], WHEN + HOUR, WHEN + 2 * HOUR).result == "unfit"


@pytest.mark.parametrize(
    ("known", "to_safety", "hours", "code"),
    [
        (Fitness("fit"), False, 99, ""),
        (Fitness("conditions"), False, 99, ""),
        (Fitness("unfit", asked=True), True, 1, fitness.NOT_FIT),
        (Fitness(), True, 1, fitness.NOT_ASKED),
        (Fitness(asked=True, complaint="yes"), True, 1, fitness.TO_BE_SEEN),
        (Fitness(asked=True, complaint="no"), False, 23, ""),
        (Fitness(asked=True, complaint="no"), True, 24, fitness.TO_BE_SEEN),
        (Fitness(asked=True, complaint="no", seen=True), False, 99, ""),
        (Fitness(asked=True, complaint="unknown"), False, 1, fitness.NOT_UNDERSTOOD),
        (Fitness(asked=True, complaint="unknown"), True, 1, ""),
    ],
    ids=[
        "fit", "conditions", "not-fit", "nobody-asked", "a-complaint", "no-complaint", "held-a-day-unseen", "held-and-seen-once", "not-understood",
        "not-understood-to-safety",
    ],
)  # fmt: skip
def test_what_stands_against_a_journey_and_never_against_one_to_a_health_service(known, to_safety, hours, code):
    held = timedelta(hours=hours)
    assert against(known, to_health=False, to_safety=to_safety, held=held) == code
    assert against(known, to_health=True, to_safety=to_safety, held=held) == ""


def refusal(field_, row: Custody, **more) -> str:
    with pytest.raises(Refused) as refused:
        field_.hand_on(row, **more)
    assert not Transfer.objects.filter(custody=row).exists()
    return refused.value.code


def test_who_is_not_fit_goes_to_a_health_service_of_the_pack_and_nowhere_else(field_):
    row = field_.take(field_.person(), fear="no")
    field_.nurse(row, "unfit")
    assert {refusal(field_, row, purpose=purpose) for purpose in rules.PURPOSES} == {"not_fit"}, (
        "a purpose is no hospital"
    )
    field_.hand_on(row, to_body=HEALTH, purpose="medical")
    assert Transfer.objects.get().fitness == "unfit"
    other = field_.take(field_.person(), fear="no")
    field_.nurse(other, "unfit")
    field_.act(acts.End, custody=other.pk, how="hospital", where="District hospital")


def test_a_complaint_and_a_pregnancy_wait_for_somebody_medical_with_the_same_sentence(field_):
    sentences = set()
    for answer in fitness.COMPLAINTS:
        row = field_.take(field_.person(), fear="no")
        field_.asked(row, **{answer: "yes"})
        with pytest.raises(Refused) as refused:
            field_.hand_on(row)
        sentences.add((refused.value.code, str(refused.value)))
        field_.asked(row)
        assert refusal(field_, row) == "see_medic", "a later no takes no complaint away"
        field_.nurse(row, "conditions", conditions=("seat",))
        field_.hand_on(row)
    assert len(sentences) == 1, "the sentence tells nobody which complaint it is"
    assert "Call a physician" in sentences.pop()[1]


def test_not_known_without_a_complaint_goes_and_stays_not_known_for_everybody(field_):
    row = field_.take(field_.person(), fear="no")
    field_.asked(row)
    field_.hand_on(row)
    one = Transfer.objects.get()
    assert (one.fitness, one.seen_by) == ("unknown", "nobody")
    assert service.needs_of_journey(row, WHEN)["result"] == "unknown"
    supervisor = field_.officer("supervisor", body=BORDER)
    assert board.fitness(supervisor).count() == 1
    (counted,) = service.countable(WHEN - HOUR, WHEN + HOUR)
    assert counted.fitness_unknown == 1


def test_whoever_is_held_a_day_is_seen_by_somebody_medical_first(field_):
    row = field_.take(field_.person(), fear="no")
    with standing_at(WHEN + 25 * HOUR):
        field_.asked(row, happened_at=WHEN + 25 * HOUR)
        assert refusal(field_, row) == "see_medic"


def test_answers_that_are_not_known_are_not_no(field_):
    row = field_.take(field_.person(), fear="no")
    field_.asked(row, pregnant="unknown")
    assert refusal(field_, row) == "ask_again"
    field_.hand_on(row, purpose="registration")


def test_only_somebody_medical_says_that_a_person_can_travel(field_):
    row = field_.take()
    for wrong, field in (
        ({"result": "fit"}, "result"),
        ({"result": "unfit", "seen_by": "unknown"}, "result"),
        ({"seen_by": "nurse"}, "seen_at"),
        ({"seen_at": WHEN}, "seen_at"),
        ({"seen_by": "nurse", "seen_at": WHEN + HOUR}, "seen_at"),
        ({"seen_by": "nurse", "seen_at": WHEN - HOUR}, "seen_at"),
        ({"seen_by": "nurse", "seen_at": WHEN, "result": "conditions"}, "conditions"),
        ({"seen_by": "nurse", "seen_at": WHEN, "result": "fit", "conditions": ("seat",)}, "conditions"),
        ({"seen_by": "nurse", "seen_at": WHEN, "result": "conditions", "conditions": ("other",)}, "conditions_more"),
    ):
        with pytest.raises(Refused) as refused:
            field_.asked(row, **wrong)
        assert refused.value.field == field, wrong
    assert not Asking.objects.exists()
    answers = dict.fromkeys(fitness.COMPLAINTS, "no")
    with pytest.raises(IntegrityError), transaction.atomic():
        Asking.objects.create(id=uuid7(), custody=row, asked_at=WHEN, seen_by="nobody", result="fit", **answers)
    with pytest.raises(NotAllowed):
        field_.asked(row, by=field_.police)


@pytest.mark.parametrize("how", sorted(rules.HARMS))
def test_nobody_is_detained_turned_away_or_handed_to_another_state_unasked_or_not_fit(how, field_):
    row = field_.take(field_.person(), fear="no")
    field_.act(RecordInterview, file=row.file, record=CALM)
    end = {"custody": row.pk, "how": how, "where": "KGZ"}
    with pytest.raises(Refused, match="Nobody asked whether the person is fit"):
        field_.act(acts.End, **end)
    field_.nurse(row, "unfit")
    with pytest.raises(Refused, match="not fit to travel"):
        field_.act(acts.End, **end)
    with standing_at(WHEN + HOUR):
        field_.nurse(row, "fit", seen_at=WHEN + HOUR)
        field_.act(acts.End, **end)


def test_freedom_waits_for_no_medical_word(field_):
    for how in sorted(set(rules.ENDS) - set(rules.HARMS)):
        row = field_.take(field_.person(), fear="no")
        field_.asked(row, ill="yes")
        field_.act(acts.End, custody=row.pk, how=how, where="Somewhere")


def test_what_was_handed_over_before_this_was_asked_reads_as_not_known(field_):
    row = field_.take(field_.person(), fear="no")
    said = {"to_body": POLICE, "to_where": "Office", "purpose": "court", "handed_at": WHEN}
    old = Transfer.objects.create(id=uuid7(), custody=row, from_body=BORDER, **said)
    assert (old.fitness, old.seen_by, old.seen_at) == ("unknown", "unknown", None)
    assert board.fitness(field_.officer("supervisor", body=BORDER)).count() == 1


def test_health_stands_in_no_list_notice_or_open_line_and_receivers_read_what_the_journey_needs(field_, signed_in):
    row = field_.take(field_.person(), fear="no")
    field_.nurse(
        row, "conditions", pregnant="yes", conditions=("medicine", "other"), conditions_more="Zharkumis at noon."
    )
    field_.hand_on(row)
    words = ("pregnant", "medicine", "Zharkumis", "nurse", "conditions")
    for entry in Entry.objects.filter(code__startswith="custody."):
        assert not [word for word in words if word in str(entry.facts)], entry.code
    for notice in Notice.objects.all():
        assert not [word for word in words if word in f"{sentence(notice)} {notice.link} {notice.facts}"]
    police = signed_in(field_.police)
    for path in ("/custody/", "/custody/?format=csv", "/"):
        assert not [word for word in words if word in police.get(path).content.decode()], path
    page = police.get(f"/custody/{row.pk}/").content.decode()
    assert "Zharkumis at noon." in page
    assert "Says: pregnant" not in page
    assert "Says: pregnant" not in signed_in(field_.guard).get(f"/custody/{row.pk}/").content.decode()
    for role in ("ombudsman", "detention_monitor"):
        assert "Says: pregnant" in signed_in(field_.officer(role)).get(f"/custody/{row.pk}/").content.decode()


def test_what_an_earlier_journey_needed_is_not_told_to_the_next_receiver(field_, signed_in):
    row = field_.take(field_.person(), fear="no")
    field_.nurse(row, "conditions", conditions=("medicine",))
    field_.hand_on(row)
    field_.act(acts.Confirm, by=field_.police, custody=row.pk, state="Well.")
    third = field_.officer("migration_officer", body="third-body")
    with standing_at(WHEN + HOUR):
        again = HEALTHY | {"seen_by": "nurse", "seen_at": WHEN + HOUR, "result": "fit", "asking": uuid7()}
        field_.act(acts.SayFitness, by=field_.police, custody=row.pk, **again)
        field_.hand_on(row, by=field_.police, to_body="third-body")
        assert "medicine" not in signed_in(third).get(f"/custody/{row.pk}/").content.decode()
