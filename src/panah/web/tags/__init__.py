"""The template tags and filters, by kind; `{% load panah %}` brings all of them."""
