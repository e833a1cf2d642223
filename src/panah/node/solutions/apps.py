from django.apps import AppConfig


class SolutionsConfig(AppConfig):
    name = "panah.node.solutions"
    label = "solutions"
