"""Addresses of this room."""

from django.urls import path

from panah.node.custody import views

urlpatterns = [
    path("custody/", views.listed, name="custody"),
    path("custody/new/", views.new, name="custody_new"),
    path("custody/<uuid:custody_id>/", views.one, name="custody_one"),
]
