from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "panah.node.referrals"
    label = "referrals"
