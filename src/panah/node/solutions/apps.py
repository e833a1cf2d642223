from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SolutionsConfig(AppConfig):
    name = "panah.node.solutions"
    label = "solutions"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.registration.service import next_from, pages_from
        from panah.node.safeguards.service import on_board, worked_on_by
        from panah.node.solutions import permissions, words  # noqa: F401 - imported to take effect
        from panah.node.solutions.actions import follow, returns  # noqa: F401 - imported to take effect
        from panah.node.solutions.board import dangers_section, follow_ups_section
        from panah.node.solutions.day import TASKS, next_for
        from panah.node.solutions.permissions import works_on
        from panah.node.solutions.service import pages_for
        from panah.node.solutions.tasks import remind_of_follow_ups
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        recurring(remind_of_follow_ups, every=timedelta(minutes=15))
        worked_on_by(works_on)
        pages_from(pages_for)
        next_from(next_for)
        tasks.register(*TASKS)
        on_board(dangers_section())
        on_board(follow_ups_section())
        register(Entry("solutions", _("Solutions"), "solutions", 44, "solutions.see", frozenset({"node"})))
