"""What those who oversee see of procedures: terms of authorities that are over, reviews of detention that were missed."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from panah.foundation.clock import now
from panah.node.procedures import service, shown, words
from panah.node.procedures.models import Detention
from panah.node.profiling import service as profiling
from panah.node.registration.service import body_title
from panah.node.safeguards.service import Row, Section

_LONGEST_LIST = 200


def late_terms_section() -> Section:
    """Terms that bind an authority and are over, longest first."""
    return Section(
        "late-terms",
        gettext_lazy("Terms of procedures that are over"),
        15,
        lambda: service.late_terms(now()).count(),
        _late,
        gettext_lazy("Every term of every procedure is kept."),
        note=gettext_lazy("not met in time"),
    )


def detention_section() -> Section:
    """People whose review was missed or who must be released."""
    return Section(
        "detention-reviews",
        gettext_lazy("Detention without review, or beyond its longest time"),
        25,
        lambda: _unreviewed().count(),
        _rows,
        gettext_lazy("Every detention was reviewed in time."),
        note=gettext_lazy("must read 0"),
        must_be_zero=True,
    )


def _late() -> list[Row]:
    return [
        Row(
            words.with_basis(f"{term.step.proceeding.number}: {words.parameter_title(term.parameter)}", term.basis),
            term.due_at,
            term.step.proceeding.file,
            who=body_title(term.step.proceeding.body),
            lane=profiling.lane_of_procedure(term.step.proceeding.procedure),
            body=term.step.proceeding.body,
        )
        for term in service.late_terms(now())[:_LONGEST_LIST]
    ]


def _unreviewed() -> QuerySet[Detention]:
    moment = now()
    missed = Q(review_due__lte=moment) | Q(maximum_due__lte=moment)
    return Detention.objects.filter(missed, released_at=None).select_related("proceeding").order_by("review_due")


def _rows() -> list[Row]:
    return [
        Row(
            f"{one.proceeding.number}: {shown.state_of(one)}",
            one.review_due,
            one.proceeding.file,
            who=body_title(one.proceeding.body),
            url=reverse("detained"),
        )
        for one in _unreviewed()[:_LONGEST_LIST]
    ]
