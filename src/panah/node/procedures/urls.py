"""Addresses of this room."""

from django.urls import path

from panah.node.procedures import views

urlpatterns = [
    path("procedures/", views.listed, name="procedures"),
    path("procedures/new/<uuid:referral_id>/", views.new, name="procedure_new"),
    path("procedures/<uuid:proceeding_id>/", views.one, name="procedure"),
    path("procedures/<uuid:proceeding_id>/hearings/<uuid:hearing_id>.ics", views.calendar, name="procedure_hearing"),
]
