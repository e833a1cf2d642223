from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "panah.hub.intake"
    label = "intake"
