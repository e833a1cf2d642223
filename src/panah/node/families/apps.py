from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "panah.node.families"
    label = "families"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.custody.service import kin_from as kin_in_custody
        from panah.node.families import permissions, words  # noqa: F401 - imported to take effect
        from panah.node.families.actions import tracing, uniting  # noqa: F401 - imported to take effect
        from panah.node.families.board import children_section, silent_section
        from panah.node.families.day import TASKS, found
        from panah.node.families.people import families_by_links, family_of
        from panah.node.families.service import pages_for
        from panah.node.families.tasks import compare_again, report_silent
        from panah.node.reception.service import kin_from
        from panah.node.registration.service import found_by, pages_from
        from panah.node.safeguards.service import on_board
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        recurring(compare_again, every=timedelta(hours=1))
        recurring(report_silent, every=timedelta(hours=1))
        pages_from(pages_for)
        found_by(found)
        kin_from(families_by_links)
        kin_in_custody(family_of)
        for task in TASKS:
            tasks.register(task)
        on_board(silent_section())
        on_board(children_section())
        register(Entry("families", _("Families"), "families", 38, "families.see", frozenset({"node"})))
