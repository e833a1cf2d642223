"""The forms that a complainer fills in, with the pack's words in their language."""

from __future__ import annotations

from typing import Any

from django import forms

from panah.node.complaints import rules
from panah.node.complaints.texts import Texts
from panah.node.registration import service as registration


def _long(**more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 8, "maxlength": rules.LONGEST_TEXT, "dir": "auto"})
    return forms.CharField(max_length=rules.LONGEST_TEXT, widget=widget, **more)


def _dress(one: forms.Field) -> None:
    """The classes of the design system."""
    if isinstance(one.widget, forms.CheckboxInput | forms.RadioSelect):
        one.widget.attrs["class"] = "choice-mark"
    else:
        one.widget.attrs["class"] = "form-select" if isinstance(one.widget, forms.Select) else "form-control"


class ComplaintForm(forms.Form):
    """Only what happened and its kind are asked for. The ticket holds the ids of the act."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=1_000)
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    text = _long()
    danger = forms.BooleanField(required=False)
    post = forms.ChoiceField(required=False)
    body = forms.ChoiceField(required=False)
    against_office = forms.BooleanField(required=False)
    whom = forms.CharField(max_length=200, required=False)
    who = forms.ChoiceField(required=False)
    name = forms.CharField(max_length=200, required=False)
    contact = forms.CharField(max_length=200, required=False)

    def __init__(self, texts: Texts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing that a form is filled in with is offered to who uses the device next.
        for name, one in self.fields.items():
            one.label = texts.marked(f"complain.{name}") if name != "ticket" else ""
            one.widget.attrs["autocomplete"] = "off"
            _dress(one)
        for name in ("text", "danger", "contact"):
            self.fields[name].help_text = texts.marked(f"complain.{name}_help")
        unknown = ("", texts.plain("complain.unknown"))
        pack = registration.node_pack()
        self._offer("kind", [(code, texts.marked(f"complain.kind.{code}")) for code in rules.KINDS])
        self._offer("who", [("", "–"), *((code, texts.plain(f"complain.who.{code}")) for code in rules.WHO)])
        self._offer("post", [unknown, *((one.code, _title(one.title, texts)) for one in registration.posts())])
        self._offer("body", [unknown, *((one.id, _title(one.title, texts)) for one in pack.bodies)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = choices


class CodeForm(forms.Form):
    number = forms.CharField(max_length=20)
    code = forms.CharField(max_length=40)

    def __init__(self, texts: Texts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            one.label = texts.marked(f"complain.{name}")
            _dress(one)
            one.widget.attrs |= {
                "autocomplete": "off",
                "spellcheck": "false",
                "dir": "ltr",
                "autocapitalize": "characters",
            }


def _title(titles: Any, texts: Texts) -> str:
    return str(titles.get(texts.language.tag) or titles.get("en") or next(iter(titles.values()), ""))
