from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "panah.hub.meetings"
    label = "meetings"
