"""What stands in a piece of HTML, found by id or by tag."""

from collections.abc import Iterator

from django import forms
from django.template import Context, Template
from django.test.html import Element, parse_html


def shown(form: forms.BaseForm | forms.BaseFormSet) -> str:
    """The form as `{% crispy %}` draws it."""
    page = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return page.render(Context({"form": form, "csrf_token": "token"}))


def elements(html: str) -> list[Element]:
    """Every element, in the order of the page."""
    return list(_within(parse_html(f"<div>{html}</div>")))


def _within(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _within(child)


def attributes(element: Element) -> dict[str, str]:
    """Its attributes; one without a value is ""."""
    return {name: value or "" for name, value in element.attributes}


def by_id(html: str, wanted: str) -> Element:
    """The one element with that id."""
    [found] = [one for one in elements(html) if attributes(one).get("id") == wanted]
    return found


def words(element: Element) -> str:
    """Its text, the text of what is in it included."""
    parts = (child if isinstance(child, str) else words(child) for child in element.children)
    return " ".join(" ".join(parts).split())
