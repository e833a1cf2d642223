"""`{% load panah %}`: every component and filter of the design system."""

from django import template

from panah.web.tags import answers, clocks, figures, forms, frames, lists, marks, words

register = template.Library()
for part in (answers, clocks, figures, forms, frames, lists, marks, words):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
