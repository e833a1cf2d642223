from django.apps import AppConfig


class TreatiesConfig(AppConfig):
    name = "panah.hub.treaties"
    label = "treaties"
