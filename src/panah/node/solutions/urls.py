"""Addresses of the room."""

from django.urls import path

from panah.node.solutions import views

urlpatterns = [
    path("solutions/", views.listed, name="solutions"),
    path("solutions/new/<uuid:referral_id>/", views.new, name="solution_new"),
    path("solutions/receipts/<uuid:service_id>/", views.receipt, name="solution_receipt"),
    path("solutions/<uuid:plan_id>/", views.one, name="solution"),
    path("solutions/<uuid:plan_id>/plan.pdf", views.paper, name="solution_paper"),
]
