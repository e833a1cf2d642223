from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "panah.node.referrals"
    label = "referrals"

    def ready(self) -> None:
        from panah.node.referrals import actions, permissions, tasks, words  # noqa: F401 - imported to take effect
