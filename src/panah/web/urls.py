"""Addresses of the design system."""

from django.conf import settings
from django.urls import path

from panah.web import catalogue, pages, theme

app_name = "web"

urlpatterns = [
    path("appearance/", theme.choose, name="theme"),
    path("keys/", pages.keys, name="keys"),
    path("borders.json", pages.borders, name="borders"),
]

if settings.PANAH_DESIGN_CATALOGUE:
    urlpatterns += [
        path("design/", catalogue.parts, name="design"),
        path("design/answer/", catalogue.answer, name="design_answer"),
        path("design/scan/", catalogue.scan, name="design_scan"),
        path("design/<str:kind>.json", catalogue.figures, name="design_figures"),
        path("design/stop/", catalogue.stop, name="design_stop"),
        path("design/error/<int:status>/", catalogue.error, name="design_error"),
    ]
