"""What happens by itself, once a day."""

from __future__ import annotations

from django_tasks import task

from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.commitments import acts, figures, models, rules


@task()
def remind() -> int:
    """Tell owners of commitments whose day comes near or went by. Each day is told of once; returns how many were told."""
    moment, told = now(), 0
    kept = set(models.Reminder.objects.values_list("commitment", "kind", "due"))
    for row in models.Commitment.objects.filter(standing="made", due__isnull=False).exclude(status="fulfilled"):
        kind = rules.lateness(row.due, row.status, row.standing, moment.date())
        if kind and row.due is not None and (row.pk, kind, row.due) not in kept:
            receipt = perform(acts.Remind(by=None, happened_at=moment, commitment=row.pk, due=row.due))
            told += bool(receipt.result["told"])
    return told


@task()
def tell_moved() -> int:
    """Tell owners whose signed figure is not what is published now. Once for each signature; returns how many were told."""
    told, seen = 0, set()
    signed = (
        models.SignedFigure.objects.filter(measure__superseded_at=None).select_related("measure").order_by("-signed_at")
    )
    for one in signed:
        if one.measure_id in seen:
            continue
        seen.add(one.measure_id)
        figure = figures.figure_of(one.measure)
        if one.moved_told_at is None and rules.moved(one.said, figure.plain() if figure else None):
            receipt = perform(acts.TellMoved(by=None, happened_at=now(), signed=one.pk))
            told += bool(receipt.result["told"])
    return told
