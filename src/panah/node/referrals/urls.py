"""Addresses of this room."""

from django.urls import path

from panah.node.referrals import outside_views, views

urlpatterns = [
    path("files/<uuid:file_id>/referrals/", views.of_file, name="referrals_of_file"),
    path("referrals/sent/", outside_views.sent_list, name="referrals_sent"),
    path("referrals/sent/<uuid:referral_id>/", outside_views.sent, name="referral_sent"),
    path("referrals/sent/<uuid:referral_id>/envelope/", outside_views.envelope, name="referral_envelope"),
    path("outside-bodies/", outside_views.bodies, name="outside_bodies"),
    path("outside-bodies/<uuid:entry_id>/", outside_views.body, name="outside_body"),
    path("queue/", views.queue, name="queue"),
    path("queue/<uuid:referral_id>/", views.received, name="referral"),
]
