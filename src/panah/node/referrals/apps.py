from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "panah.node.referrals"
    label = "referrals"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.profiling.service import receipt_offices_from
        from panah.node.referrals import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.referrals.board import late_section
        from panah.node.referrals.day import TASKS, found, next_for, story_cut
        from panah.node.referrals.permissions import works_on
        from panah.node.referrals.shown import offices_of
        from panah.node.referrals.tasks import report_silences, report_uncured
        from panah.node.registration.service import found_by, next_from, story_cut_by
        from panah.node.safeguards.service import on_board, worked_on_by
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        recurring(report_silences, every=timedelta(minutes=5))
        recurring(report_uncured, every=timedelta(minutes=5))
        on_board(late_section())
        worked_on_by(works_on, leads=True)
        receipt_offices_from(offices_of)
        found_by(found)
        next_from(next_for)
        story_cut_by(story_cut)
        tasks.register(*TASKS)
        register(Entry("queue", _("Referrals to us"), "queue", 30, "referrals.see_queue", frozenset({"node"}), "q"))
        register(Entry("sent", _("Referrals sent"), "referrals_sent", 31, "referrals.see_sent", frozenset({"node"})))
        register(
            Entry("outside", _("Bodies outside"), "outside_bodies", 80, "referrals.keep_keys", frozenset({"node"}))
        )
