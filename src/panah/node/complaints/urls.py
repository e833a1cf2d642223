"""Addresses of the room. `complain/` is for everybody; the others for those who lead, work on or protect."""

from django.urls import path

from panah.node.complaints import public_views, views

urlpatterns = [
    path("complain/", public_views.complain, name="complain"),
    path("complain/follow/", public_views.follow, name="complaint_follow"),
    path("complaints/", views.listed, name="complaints"),
    path("complaints/enter/", views.enter, name="complaint_enter"),
    path("complaints/<uuid:complaint_id>/", views.one, name="complaint"),
]
