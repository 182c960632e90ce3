"""Text that comes from outside, as a file or pasted: whether it can be read at all, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designsystemet.fields import PlainTextField
from designsystemet.identity import holds_identity_number
from designsystemet.layout import Actions, Button, Helper, Link, Words
from guidance.edition_file import EditionFileError, Problem, read_edition, read_vignettes
from guidance.forms.new_edition import is_edition_code
from guidance.guideline import Guideline, Vignette

LARGEST = 1_000_000  # bytes; some seven times the first edition
MOST_TOLD = 30  # problems
_LINE_SHOWN = 80


class IncomingForm(forms.Form):
    """A file, or what is pasted. `content` is its text; what was sent stays in the box when it is refused."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("En .toml-fil, slik «Last ned som fil» lager den."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Eller lim inn innholdet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, words: Words, back: str) -> None:
        super().__init__(data, files, use_required_attribute=False)
        self.content = ""
        self.helper = Helper(
            *(name for name in self.fields),
            Actions(Button(words), Link(_("Avbryt"), back)),
            attrs={"enctype": "multipart/form-data"},
        )

    def clean(self) -> dict[str, Any]:
        """Read what came. Whatever is wrong with it is said at the box where it can be mended."""
        file, pasted = self.cleaned_data.get("file"), self.cleaned_data.get("text") or ""
        if file is not None and pasted.strip():
            self.add_error("file", _("Velg en fil eller lim inn, ikke begge deler."))
        elif file is None and not pasted.strip():
            self.add_error("text", _("Velg en fil, eller lim inn innholdet."))
        elif file is None:
            self._take(pasted.encode(), "text")
        else:
            self._take_file(file)
        return self.cleaned_data

    def _take_file(self, file: UploadedFile) -> None:
        if not file.size:
            self.add_error("file", _("Filen %s er tom.") % file.name)
            return
        self._take(file.read(), "file")

    def _take(self, sent: bytes, box: str) -> None:
        if len(sent) > LARGEST:
            self._show("")
            self.add_error(box, _too_large(len(sent)))
            return
        try:
            text = sent.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.add_error(box, _("Filen er ikke tekst i UTF-8. Lagre den som UTF-8, og prøv igjen."))
            return
        self._show(text)
        if holds_identity_number(text):
            self.add_error("text", PlainTextField.default_error_messages["identity_number"])
            return
        try:
            self.read(text)
        except EditionFileError as error:
            self._tell(error.problems, text)
        else:
            self.content = text

    def read(self, text: str) -> None:
        """Make of `text` what the form is for. Raises EditionFileError."""
        raise NotImplementedError

    def _tell(self, problems: tuple[Problem, ...], text: str) -> None:
        lines = text.split("\n")
        for problem in problems[:MOST_TOLD]:
            self.add_error("text", _told(problem, lines))
        if len(problems) > MOST_TOLD:
            self.add_error("text", _("… og %s feil til.") % (len(problems) - MOST_TOLD))

    def _show(self, text: str) -> None:
        """Let the box show `text`, wherever it came from."""
        data: Any = self.data
        self.data = data.copy()
        self.data["text"] = text  # type: ignore[index]  # a copy may be written in


class IncomingEditionForm(IncomingForm):
    """An edition that is to become a draft. `guideline` is it, without the mark of one that nobody has signed."""

    code = forms.CharField(
        label=gettext_lazy("Kode for utkastet"),
        help_text=gettext_lazy("Tom: koden i filen. Skriv en annen om den er tatt, for eksempel 2026-4."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guideline: Guideline

    def clean_code(self) -> str:
        """A code, or nothing."""
        code: str = self.cleaned_data["code"]
        if code and not is_edition_code(code):
            raise forms.ValidationError(
                _("Skriv koden som et årstall og et nummer med bindestrek mellom, som 2026-4.")
            )
        return code

    def read(self, text: str) -> None:
        self.guideline = read_edition(text)


class IncomingPatientsForm(IncomingForm):
    """Example patients for the draft that holds `into`. `vignettes` are they."""

    vignettes: tuple[Vignette, ...]

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Any = None, *, into: Guideline, back: str
    ) -> None:
        self.into = into
        super().__init__(data, files, words=_("Se hva som skjer"), back=back)

    def read(self, text: str) -> None:
        self.vignettes = read_vignettes(text, into=self.into)


def _too_large(size: int) -> str:
    megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
    return _("Teksten er på %s\u00a0MB. Den kan være på høyst 1\u00a0MB.") % megabytes


def _told(problem: Problem, lines: list[str]) -> str:
    """The problem, and what stands on its line."""
    if problem.line is None or problem.line > len(lines) or not lines[problem.line - 1].strip():
        return str(problem)
    line = lines[problem.line - 1].strip()
    shown = f"{line[:_LINE_SHOWN]} …" if len(line) > _LINE_SHOWN else line
    return _("%(problem)s Der står: %(line)s") % {"problem": problem, "line": shown}
