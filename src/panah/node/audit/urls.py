"""Addresses of this room."""

from django.urls import path

from panah.node.audit import views

urlpatterns = [
    path("reads/", views.reads, name="reads"),
    path("reads.csv", views.reads_csv, name="reads_csv"),
]
