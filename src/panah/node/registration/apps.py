from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "panah.node.registration"
    label = "registration"
