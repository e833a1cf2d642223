"""Addresses of this room."""

from django.urls import path

from panah.hub.participants import views

urlpatterns = [
    path("participants/", views.listed, name="participants"),
    path("participants/chairs/", views.chairs, name="chairs"),
    path("participants/bodies/", views.bodies, name="bodies"),
    path("participants/contacts/", views.contacts, name="contacts"),
    path("participants/seats/", views.seats, name="seats"),
    path("participants/<slug:code>/", views.one, name="participant"),
]
