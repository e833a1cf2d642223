"""Reports of progress, and reminders."""

from __future__ import annotations

from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.hub.commitments import acts, rules
from panah.hub.commitments.actions.steps import acting, change, coordinators, keep, locked
from panah.hub.commitments.models import Reminder, Report


@handles(acts.DraftReport)
def draft_report(action: acts.DraftReport, moment: Moment) -> Outcome:
    row = locked(action.commitment, "made", "draft")
    if not (action.text_en or action.text_ru):
        raise Refused(
            "A report says in words how far it is, in English or in Russian. Fill in one of the two.",
            code="says_nothing",
            field="text_en",
        )
    said = {
        "status": action.status,
        "text_en": action.text_en,
        "text_ru": action.text_ru,
        "evidence": [one.model_dump() for one in action.evidence],
    }
    Report.objects.filter(commitment=row, signed_at=None, superseded_at=None).update(superseded_at=moment.recorded_at)
    Report.objects.create(
        id=action.report,
        commitment=row,
        digest=rules.digest(said),
        drafted_by=acting(moment),
        drafted_at=moment.recorded_at,
        **said,
    )
    words = coordinators(row, "commitments.report_drafted", moment, but=[acting(moment)])
    return Outcome(result={"code": row.code}, facts={"code": row.code, "digest": rules.digest(said)}, notices=words)


@handles(acts.SignReport)
def sign_report(action: acts.SignReport, moment: Moment) -> Outcome:
    report = Report.objects.select_for_update(of=("self",)).filter(pk=action.report).first()
    if report is None:
        raise NotFound("There is no such report.")
    row = locked(report.commitment_id, "made")
    if report.signed_at or report.superseded_at:
        raise Refused(
            "This report does not wait any more: it was signed, or a later one took its place. Read the page again.",
            code="not_waiting",
        )
    if report.digest != action.shown:
        raise Refused("The report is not the one that was shown to you. Read the page again.", code="other_report")
    if report.drafted_by == acting(moment):
        raise Refused(
            "You drafted this report yourself. Another national coordinator of your state signs it.", code="own_draft"
        )
    Report.objects.filter(pk=report.pk).update(signed_by=acting(moment), signed_at=moment.recorded_at)
    before = row.status
    if before != report.status:
        change(row, "reported", moment, status=report.status)
    else:
        keep(row, "reported", moment, {"status": before}, {"status": report.status})
    return Outcome(facts={"code": row.code, "status": report.status, "digest": report.digest})


@handles(acts.Remind)
def remind(action: acts.Remind, moment: Moment) -> Outcome:
    row = locked(action.commitment)
    kind = rules.lateness(row.due, row.status, row.standing, moment.recorded_at.date())
    if not kind or row.due != action.due or Reminder.objects.filter(commitment=row, kind=kind, due=row.due).exists():
        return Outcome(result={"told": False})
    Reminder.objects.create(commitment=row, kind=kind, due=row.due, told_at=moment.recorded_at)
    return Outcome(
        result={"told": True},
        facts={"code": row.code, "of": kind},
        notices=coordinators(row, f"commitments.{kind}", moment),
    )
