from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabourConfig(AppConfig):
    name = "panah.node.labour"
    label = "labour"

    def ready(self) -> None:
        from panah.node.labour import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.labour.day import TASKS, found, next_for
        from panah.node.labour.permissions import works_on
        from panah.node.labour.service import pages_for
        from panah.node.registration.service import found_by, next_from, pages_from
        from panah.node.safeguards.service import worked_on_by
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        worked_on_by(works_on)
        pages_from(pages_for)
        next_from(next_for)
        found_by(found)
        tasks.register(*TASKS)
        register(Entry("labour", _("Work and insurance"), "work_records", 43, "labour.see", frozenset({"node"})))
