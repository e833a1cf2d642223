from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cores.screening.codes import LEAFLETS, PROFILES
from panah.foundation.languages import LANGUAGES
from panah.node.profiling import rules, words
from panah.node.profiling.texts import title
from panah.web.action_form import ActionForm

_LANGUAGES = [(language.tag, language.name) for language in LANGUAGES]
SHORTEST_REASON = 10
_MOST_ADDED = 2


class ToldForm(ActionForm):
    """Leaflets that were given, in which language, through whom, and whether the person understood."""

    leaflets = forms.MultipleChoiceField(
        label=_("Given now"),
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("In which language"), choices=_LANGUAGES)
    interpreter = forms.CharField(
        label=_("Interpreter"), help_text=_("Name or number, where there was one."), required=False, max_length=120
    )
    understood = forms.TypedChoiceField(
        label=_("Does the person say that they understood?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, leaflets: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = frozenset(leaflets)
        field = self.fields["leaflets"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(code, title("information", code)) for code in LEAFLETS if code in offered]

    def clean_leaflets(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["leaflets"])


class StartForm(ActionForm):
    language = forms.ChoiceField(label=_("Language of the questions"), choices=_LANGUAGES)
    interpreter = forms.CharField(
        label=_("Interpreter"), help_text=_("Name or number, where there is one."), required=False, max_length=120
    )
    setting = forms.ChoiceField(label=_("Where you speak"), choices=list(words.SETTINGS.items()))
    setting_reason = forms.CharField(
        label=_("Why not in a room"),
        help_text=_("Needed by telephone, in a vehicle or in detention."),
        required=False,
        max_length=120,
    )


class StopForm(ActionForm):
    stop = forms.ChoiceField(choices=[(code, code) for code in rules.STOP_REASONS])


class DecisionForm(ActionForm):
    """Confirm what is proposed, or take profiles off and add others, each with a reason."""

    def __init__(self, proposed: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = tuple(proposed)
        others = [("", "–"), *((code, title("profile", code)) for code in PROFILES if code not in self.proposed)]
        for code in self.proposed:
            self.fields[f"off_{code}"] = forms.BooleanField(
                label=_("Take off: %(profile)s") % {"profile": title("profile", code)}, required=False
            )
            self.fields[f"why_off_{code}"] = _why()
        for n in range(1, _MOST_ADDED + 1):
            self.fields[f"add_{n}"] = forms.ChoiceField(label=_("Add a profile"), choices=others, required=False)
            self.fields[f"why_add_{n}"] = _why()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.removed = {
            code: self._reason(f"why_off_{code}", said) for code in self.proposed if said.get(f"off_{code}")
        }
        self.added = {
            said[f"add_{n}"]: self._reason(f"why_add_{n}", said)
            for n in range(1, _MOST_ADDED + 1)
            if said.get(f"add_{n}")
        }
        return said

    def _reason(self, name: str, said: dict[str, Any]) -> str:
        reason = str(said.get(name, "")).strip()
        if len(reason) < SHORTEST_REASON:
            self.add_error(
                name, _("Say why, in at least 10 characters. The proposal and your reason both stay on record.")
            )
        return reason

    def rows(self) -> list[tuple[Any, Any]]:
        """Pairs of fields: what to change, and why."""
        names = [(f"off_{code}", f"why_off_{code}") for code in self.proposed]
        names += [(f"add_{n}", f"why_add_{n}") for n in range(1, _MOST_ADDED + 1)]
        return [(self[change], self[why]) for change, why in names]


class FindForm(forms.Form):
    code = forms.CharField(
        label=_("Number under the square sign"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "dir": "ltr", "spellcheck": "false"}),
    )


def _why() -> forms.CharField:
    return forms.CharField(label=_("Why"), required=False, max_length=1000)
