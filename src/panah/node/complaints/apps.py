# complaints: complaints and violations of rights, without a name too
from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "panah.node.complaints"
    label = "complaints"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.node.complaints import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.complaints.board import section_of
        from panah.node.complaints.day import TASKS
        from panah.node.complaints.tasks import seek_readers, tell_of_complaints, warn_of_complaints
        from panah.node.safeguards.service import on_board_of
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        recurring(warn_of_complaints, every=timedelta(minutes=15))
        recurring(tell_of_complaints, every=timedelta(hours=1))
        recurring(seek_readers, every=timedelta(hours=1))
        on_board_of("complaints", section_of)
        tasks.register(*TASKS)
        node = frozenset({"node"})
        register(Entry("complaints", _("Complaints"), "complaints", 55, "complaints.see", node))
        register(Entry("complaint_enter", _("Enter a complaint"), "complaint_enter", 56, "complaints.enter", node))
