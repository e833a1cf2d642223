"""Addresses of this room."""

from django.urls import path

from panah.node.statistics import body_views, views

urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/bodies/", body_views.body, name="statistics_of_body"),
    path("statistics/reception/", views.reception, name="statistics_reception"),
    path("statistics/complaints/", views.complaints, name="statistics_complaints"),
    path("statistics/<uuid:release_id>/", views.release, name="release"),
    path("statistics/<uuid:release_id>/sign/", views.sign, name="release_sign"),
    path("statistics/<uuid:release_id>/set-aside/", views.set_aside, name="release_set_aside"),
    path("statistics/<uuid:release_id>/receipt/", views.keep_receipt, name="release_receipt"),
    path("statistics/<uuid:release_id>/message.jws", views.message, name="release_message"),
]
