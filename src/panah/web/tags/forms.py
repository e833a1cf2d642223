"""Fields of forms: label, hint and error tied together for those who listen as for those who look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

register = template.Library()


def _widget_class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choice-mark"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _described_by(field: BoundField) -> str:
    parts = [f"{field.auto_id}_hint"] if field.help_text else []
    return " ".join(parts + ([f"{field.auto_id}_error"] if field.errors else []))


def _widget(field: BoundField, extra: dict[str, str] | None = None) -> SafeString:
    attributes: dict[str, str | bool] = {
        "class": f"{_widget_class(field)}{' is-invalid' if field.errors else ''}",
        **(extra or {}),
    }
    own = field.field.widget.attrs.get("class")
    if own:
        attributes["class"] = f"{attributes['class']} {own}"
    described = _described_by(field)
    if described:
        attributes["aria-describedby"] = described
    return field.as_widget(attrs=attributes)


def _is_group(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.inclusion_tag("panah/form_field.html")
def form_field(field: BoundField, label: str = "") -> dict[str, Any]:
    """One field of a form: its label, hint and errors. Groups of choices become a fieldset; a checkbox stands before
    its label.
    """
    single = isinstance(field.field.widget, forms.CheckboxInput)
    return {
        "field": field,
        "label": label or field.label,
        "widget": _widget(field),
        "group": _is_group(field),
        "checkbox": single,
        "choices": _choices(field),
        # Where nothing has to be filled in, saying so at every field would only be in the way.
        "optional": not field.field.required and any(other.field.required for other in field.form.visible_fields()),
    }


def _choices(field: BoundField) -> Iterator[Any] | None:
    return iter(field) if _is_group(field) else None


@register.inclusion_tag("panah/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones too, in their order. Put `form_errors` before it."""
    return {"form": form}


@register.inclusion_tag("panah/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What must be put right, on top of the form, each line a link to its field. Nothing when all is well."""
    if not form.is_bound:
        return {"general": [], "listed": []}
    listed = [(field, error) for field in form.visible_fields() for error in field.errors]
    # A hidden field cannot be gone to; what is wrong with it concerns the whole form.
    general = [*form.non_field_errors(), *(error for field in form.hidden_fields() for error in field.errors)]
    return {"general": general, "listed": listed}


@register.inclusion_tag("panah/file_drop.html")
def file_drop(field: BoundField) -> dict[str, Any]:
    """A file field as a wide place to drop a file on; without scripts it is the plain field."""
    return {"field": field, "widget": _widget(field)}


@register.inclusion_tag("panah/scan_box.html")
def scan_box(field: BoundField, check_url: str) -> dict[str, Any]:
    """The lines of a machine-readable zone, typed or scanned. While they come in they are posted to `check_url` with
    the form, which answers with `panah/scan_checks.html` rendered with `checks` (a sequence of parts.Check).
    """
    extra = {
        "class": "form-control scan-lines",
        "rows": "3",
        "dir": "ltr",
        "autocomplete": "off",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "hx-post": check_url,
        "hx-trigger": "input changed delay:300ms",
        "hx-target": f"#{field.auto_id}_checks",
        "hx-swap": "innerHTML",
    }
    return {"field": field, "widget": _widget(field, extra)}
