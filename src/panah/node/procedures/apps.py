from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "panah.node.procedures"
    label = "procedures"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.custody.service import when_joined
        from panah.node.procedures import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.procedures.actions import (  # noqa: F401 - imported to take effect
            aid,
            bans,
            force,
            hearings,
            lodging,
            waivers,
        )
        from panah.node.procedures.board import detention_section, late_terms_section
        from panah.node.procedures.day import TASKS, found, next_for, story_cut
        from panah.node.procedures.permissions import works_on
        from panah.node.procedures.shown import pages_for
        from panah.node.procedures.tasks import end_remedies, warn_of_terms, watch_detentions
        from panah.node.registration.service import found_by, next_from, pages_from, story_cut_by
        from panah.node.safeguards.service import on_board, worked_on_by
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        recurring(warn_of_terms, every=timedelta(minutes=5))
        recurring(end_remedies, every=timedelta(minutes=30))
        recurring(watch_detentions, every=timedelta(minutes=5))
        worked_on_by(works_on, leads=True)
        when_joined(force.begin_earlier)
        on_board(late_terms_section())
        on_board(detention_section())
        pages_from(pages_for)
        found_by(found)
        next_from(next_for)
        story_cut_by(story_cut)
        tasks.register(*TASKS)
        register(Entry("procedures", _("Procedures"), "procedures", 35, "procedures.see", frozenset({"node"}), "p"))
        register(
            Entry("interpreting", _("Appointments"), "appointments", 34, "procedures.interpret", frozenset({"node"}))
        )
        register(Entry("detained", _("Detained"), "detained", 36, "procedures.see_detained", frozenset({"node"})))
