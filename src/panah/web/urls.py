"""Addresses of the design system."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
