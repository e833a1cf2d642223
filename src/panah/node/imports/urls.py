"""Addresses of this room."""

from django.urls import path

from panah.node.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template/", views.template, name="import_template"),
    path("imports/form/", views.form, name="import_form"),
    path("imports/<uuid:import_id>/", views.one, name="import"),
    path("imports/<uuid:import_id>/standing/", views.standing, name="import_standing"),
    path("imports/<uuid:import_id>/refused/", views.refused, name="import_refused"),
]
