"""Addresses of this room."""

from django.urls import path

from panah.hub.intake import views

urlpatterns = [
    path("intake/submissions/", views.submissions, name="intake_submissions"),
]
