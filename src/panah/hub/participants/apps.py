from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "panah.hub.participants"
    label = "participants"
