from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustodyConfig(AppConfig):
    name = "panah.node.custody"
    label = "custody"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.custody import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.custody.board import SECTIONS
        from panah.node.custody.day import TASKS, next_for
        from panah.node.custody.service import pages_for
        from panah.node.custody.tasks import watch_custody
        from panah.node.registration.service import next_from, pages_from
        from panah.node.safeguards.service import on_board_of
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        for code, made_for in SECTIONS.items():
            on_board_of(code, made_for)
        pages_from(pages_for)
        next_from(next_for)
        tasks.register(*TASKS)
        recurring(watch_custody, every=timedelta(minutes=5))
        register(Entry("custody", _("Custody"), "custody", 26, "custody.see", frozenset({"node"})))
