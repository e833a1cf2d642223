"""A worker whom another state sent home with a ban on entry, and the plan that the employment office made with him; and one who worked in two
states, whose insured time the same office adds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from panah.cli.demo.acting import own_id
from panah.cli.demo.cases.desk import Desk, Person, Story

_BACK: dict[str, Any] = {
    "entry": {"mode": "returned_by_other_state", "from": "RUS"},
    "purpose": ["return_home"],
    "protection": {"left_because": ["removed_by_state"], "fears_return": "no"},
    "labour": {"entry_ban_by": "RUS", "occupation": "7112", "qualification_unrecognised": "yes"},
    "exploitation": {"free_to_leave": "yes"},
    "consent": {"understands": "yes", "share_partner": "yes", "share_iom": "yes"},
}
YERLAN = Person(
    "yerlan", ("Ерлан Тасқынбаев",), "male", "1985-03-03", "KAZ", "kk", _BACK, mode="returned_by_other_state", came_from="RUS",
    post="registrar",
)  # fmt: skip


def came_back(desk: Desk) -> Story:
    """Back for a month: a plan in his own words, a job, a ban on record, and the first follow-up is due."""
    from panah.node.solutions.acts import AddStep, OpenPlan, ProposeJob, RecordStanding, SetJob

    yield desk.day(31)
    desk.arrives(YERLAN)
    referral = desk.refers(YERLAN, "labour_authority")
    yield desk.day(30)
    desk.accepts("employment", YERLAN, referral)
    plan = own_id("case-plan", YERLAN.key)
    on = {"plan": plan}
    desk.act(
        OpenPlan, "employment", "yerlan/plan", plan=plan, file=YERLAN.file, toward="reintegration", language="kk", consent="person",
        aims="Мен балаларымның жанында жұмыс істегім келеді.", began_on=desk.day(31).date(),
    )  # fmt: skip
    for area, level, said in (
        ("work", 1, "No work since summer."), ("documents", 3, ""), ("housing", 2, "With his brother."), ("debt", 1, ""),
        ("family", 4, ""),
    ):  # fmt: skip
        standing, day = own_id("case-standing", area), desk.day(30).date()
        told = {"standing": standing, "area": area, "level": level, "said": said, "asked_on": day}
        desk.act(RecordStanding, "employment", f"yerlan/stands/{area}", **on, **told)
    for key, area, what, who, days in (
        ("diploma", "skills", "Recognition of the bricklayer's certificate", "office", 40),
        ("letter", "documents", "A letter about the ban", "legal_aid", 50),
    ):
        due = (desk.day(0) + timedelta(days=days - 30)).date()
        step = {"step": own_id("case-step", key), "area": area, "what": what, "who": who, "due_on": due}
        desk.act(AddStep, "employment", f"yerlan/step/{key}", **on, **step)
    _ban(desk, referral)
    yield desk.day(21)
    job = own_id("case-job")
    offer = {"vacancy": "Bricklayer, permanent", "employer": "House builders of the lake (invented)"}
    desk.act(ProposeJob, "employment", "yerlan/job", **on, job=job, **offer, contract_checked="yes")
    yield desk.day(18)
    begun = {"stage": "started", "on": desk.day(18).date(), "contract_checked": "yes"}
    desk.act(SetJob, "employment", "yerlan/works", **on, job=job, **begun)
    yield desk.day(12)
    again = {"standing": own_id("case-standing", "work-2"), "area": "work", "level": 3, "said": "He is paid on time."}
    desk.act(RecordStanding, "employment", "yerlan/stands/again", **on, **again, asked_on=desk.day(12).date())


def _ban(desk: Desk, referral: Any) -> None:
    from panah.node.procedures.acts import EndStage
    from panah.node.procedures.ban_acts import LodgeBanRemedy, RecordBan

    case = desk.opens("employment", YERLAN, referral, "entry_ban")
    ban, began = own_id("case-ban"), desk.day(40).date()
    desk.act(
        RecordBan, "employment", "yerlan/ban", proceeding=case, ban=ban, state="RUS", authority="Not named in the paper",
        ground="Two overstays within a year, as the paper says.", paper="A stamped sheet, kept by him.", starts=began, length="until",
        ends=began.replace(year=began.year + 3, day=1),
    )  # fmt: skip
    desk.act(EndStage, "employment", "yerlan/ban-known", proceeding=case, outcome="ban-known")
    desk.act(
        LodgeBanRemedy, "employment", "yerlan/ban-remedy", proceeding=case, ban=ban, to="The body that imposed it", on=desk.day(30).date(),
        what="To shorten it: the second overstay was a stay in hospital.", wished=True,
    )  # fmt: skip


_WORKS: dict[str, Any] = {
    "entry": {"mode": "in_country"},
    "purpose": ["work"],
    "protection": {"fears_return": "no"},
    "labour": {"has_contract": "yes"},
    "exploitation": {"free_to_leave": "yes"},
    "consent": {"understands": "yes", "share_partner": "yes", "share_iom": "yes"},
}
BAKYT = Person(
    "bakyt", ("Бакыт Жолдошев",), "male", "1968-02-02", "KGZ", "ky", _WORKS, mode="in_country", came_from="KGZ", post="registrar"
)  # fmt: skip


def worked_in_two_states(desk: Desk) -> Story:
    """Eight years in Russia and nine here: the common half year counts once, a line was corrected, a fund was asked with his yes."""
    from panah.node.labour.acts import AskFund, OpenRecord, RecordPeriod, RecordPermit

    yield desk.day(20)
    desk.arrives(BAKYT)
    referral = desk.refers(BAKYT, "labour_authority")
    yield desk.day(19)
    desk.accepts("employment", BAKYT, referral)
    record = own_id("case-work", BAKYT.key)
    on = {"record": record}
    desk.act(OpenRecord, "employment", "bakyt/record", record=record, file=BAKYT.file, language="ky", consent="person")

    def insured(key: str, state: str, first: date, last: date, **said: Any) -> None:
        made = {"period": own_id("case-period", key), "state": state, "first": first, "last": last, "kind": "employed"}
        desk.act(RecordPeriod, "employment", f"bakyt/insured/{key}", **on, **made, **said)

    books = {"grade": "C", "evidence": "Copy of the work book"}
    insured("russia", "RUS", date(2010, 1, 1), date(2017, 12, 31), employer="Bread works 3 (invented)", **books)
    insured("wrong", "KAZ", date(2017, 10, 1), date(2026, 6, 30), grade="E")
    contract = {"grade": "B", "evidence": "Contract of 1 July 2017", "why": "The contract begins in July."}
    insured("here", "KAZ", date(2017, 7, 1), date(2026, 6, 30), corrects=own_id("case-period", "wrong"), **contract)
    stay = {"state": "KAZ", "kind": "residence", "grade": "B", "evidence": "Seen", "last": desk.day(-12).date()}
    desk.act(RecordPermit, "employment", "bakyt/permit", **on, permit=own_id("case-permit", "bakyt"), **stay)
    yield desk.day(10)
    fund = {
        "state": "RUS",
        "fund": "Pension fund of that state",
        "what": "A statement of the time for which he was insured.",
    }
    asked = {"way": "office", "agreed": "yes", "answer_by": desk.day(-50).date()}
    desk.act(AskFund, "employment", "bakyt/fund", **on, enquiry=own_id("case-enquiry", "bakyt"), **fund, **asked)
