from django.apps import AppConfig


class ProfilingConfig(AppConfig):
    name = "panah.node.profiling"
    label = "profiling"

    def ready(self) -> None:
        from panah.node.profiling import actions, permissions, words  # noqa: F401 - imported to take effect
        from panah.node.profiling.classes import Classes
        from panah.node.profiling.second import actions as second_reading  # noqa: F401 - imported to take effect
        from panah.node.profiling.second.views import TASKS
        from panah.node.profiling.shown import describe_reason
        from panah.node.profiling.story import SENTENCES, cut
        from panah.node.registration import service as registration
        from panah.node.safeguards import service as safeguards
        from panah.web import tasks

        tasks.register(*TASKS)
        safeguards.reasons_described_by(describe_reason)
        safeguards.classes_from(Classes())
        registration.tells(SENTENCES)
        registration.story_cut_by(cut)
