from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "panah.hub.evidence"
    label = "evidence"
