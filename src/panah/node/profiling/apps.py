from django.apps import AppConfig


class ProfilingConfig(AppConfig):
    name = "panah.node.profiling"
    label = "profiling"
