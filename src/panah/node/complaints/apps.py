from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "panah.node.complaints"
    label = "complaints"
