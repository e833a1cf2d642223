from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "panah.hub.meetings"
    label = "meetings"

    def ready(self) -> None:
        from panah.foundation.jobs.service import recurring
        from panah.hub.meetings import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.hub.meetings.day import TASKS
        from panah.hub.meetings.jobs import end_silences, remind_of_deadlines
        from panah.web import navigation, tasks

        recurring(end_silences, every=timedelta(minutes=5))
        recurring(remind_of_deadlines, every=timedelta(hours=1))
        tasks.register(*TASKS)
        hub = frozenset({"hub"})
        navigation.register(navigation.Entry("meetings", _("Meetings"), "meetings", 40, None, hub, "m"))
        navigation.register(navigation.Entry("my_day", _("My day"), "my_day", 5, "meetings.subscribe", hub))
