"""The forms of a page as a browser would send them: where to, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

SINGLE = frozenset({"checkbox", "radio"})
NOT_SENT = frozenset({"submit", "button", "file", "image", "reset"})


@dataclass(slots=True)
class PageForm:
    """A form that is sent with POST. `fields`: name and value in the page's order, buttons left out."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[PageForm]()
        self.form: PageForm | None = None
        self.area: str | None = None
        self.words = ""
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = dict(attrs)
        if tag == "form" and (told.get("method") or "").lower() == "post":
            self.form = PageForm(told.get("action") or self.path)
            self.forms.append(self.form)
        if self.form is None:
            return
        name = told.get("name")
        match tag:
            case "input" if name:
                self._input(self.form, name, told)
            case "button" if name:
                self.form.buttons.append((name, told.get("value") or ""))
            case "textarea":
                self.area, self.words = name, ""
            case "select":
                self.select = name
            case "option" if self.select and "selected" in told:
                self.form.fields.append((self.select, told.get("value") or ""))

    def _input(self, form: PageForm, name: str, told: dict[str, Any]) -> None:
        kind = told.get("type", "text")
        if kind in NOT_SENT or (kind in SINGLE and "checked" not in told):
            return
        form.fields.append((name, told.get("value") or ("on" if kind in SINGLE else "")))

    def handle_data(self, data: str) -> None:
        self.words += data if self.area else ""

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self.form = None
            case "textarea" if self.form and self.area:
                self.form.fields.append((self.area, self.words.removeprefix("\n")))
                self.area = None
            case "select":
                self.select = None


def forms_on(html: str, path: str) -> list[PageForm]:
    """Every form of the page at `path` that is sent with POST, in order."""
    reader = _Reader(path)
    reader.feed(html)
    return reader.forms
