from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "panah.node.families"
    label = "families"
