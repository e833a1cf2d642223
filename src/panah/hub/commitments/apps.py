from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "panah.hub.commitments"
    label = "commitments"
