from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    name = "panah.node.reception"
    label = "reception"

    def ready(self) -> None:
        from panah.node.reception import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.reception.board import sections
        from panah.node.reception.day import TASKS, next_for, story_cut
        from panah.node.reception.permissions import works_on
        from panah.node.reception.service import pages_for, rooms_at
        from panah.node.referrals.service import room_asked_of
        from panah.node.registration.service import next_from, pages_from, story_cut_by
        from panah.node.safeguards.service import on_board, worked_on_by
        from panah.web import tasks
        from panah.web.navigation import Entry, register

        worked_on_by(works_on)
        for section in sections():
            on_board(section)
        pages_from(pages_for)
        next_from(next_for)
        story_cut_by(story_cut)
        tasks.register(*TASKS)
        room_asked_of(rooms_at)
        node = frozenset({"node"})
        register(Entry("reception", _("Reception"), "reception", 40, "reception.see", node, "r"))
        register(Entry("directory", _("Where there is room"), "reception_directory", 42, "reception.see_room", node))
        register(Entry("emergency", _("Emergency levels"), "reception_emergency", 44, "reception.see_emergency", node))
