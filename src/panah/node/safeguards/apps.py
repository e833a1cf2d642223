from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    name = "panah.node.safeguards"
    label = "safeguards"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from panah.foundation.door.service import guarded_by
        from panah.node.safeguards import actions, permissions, words
        from panah.node.safeguards.board import on_board, own_sections
        from panah.node.safeguards.day import TASKS
        from panah.node.safeguards.guard import Safeguards
        from panah.web import navigation, stops, tasks

        assert actions and permissions  # noqa: S101, PT018 - imported for what they register
        guarded_by(Safeguards())
        stops.described_by(words.stop_shown)
        for section in own_sections():
            on_board(section)
        tasks.register(*TASKS)
        navigation.register(
            navigation.Entry("board", _("Board"), "board", order=50, permission="safeguards.see_board", key="b")
        )
