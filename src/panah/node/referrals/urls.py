"""Addresses of this room."""

from django.urls import path

from panah.node.referrals import views

urlpatterns = [
    path("files/<uuid:file_id>/referrals/", views.of_file, name="referrals_of_file"),
    path("queue/", views.queue, name="queue"),
    path("queue/<uuid:referral_id>/", views.received, name="referral"),
]
