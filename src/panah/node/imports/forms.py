from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.node.imports.limits import BIGGEST_UPLOAD, MEGABYTE, too_big


class FileForm(forms.Form):
    """A file with people: a sheet, or submissions of the form."""

    file = forms.FileField(
        label=gettext_lazy("Sheet or form submissions"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty: it has no bytes."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "XLSX or CSV, or XML, ZIP or JSON of the form, up to %(most)s MB. A larger file is taken in by command."
        ) % {"most": BIGGEST_UPLOAD // MEGABYTE}

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > BIGGEST_UPLOAD:
            raise forms.ValidationError(str(too_big(sent.size, BIGGEST_UPLOAD)))
        return sent
