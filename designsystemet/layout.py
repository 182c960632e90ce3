"""What a form is made of on the page: crispy layout objects that draw their fields flat.

Words that a layout object prints are the program's own; mark them with `gettext_lazy` where the form is declared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from designsystemet.face import draw

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words: TypeAlias = "str | StrPromise"  # what gettext and gettext_lazy give
Part: TypeAlias = Any  # the name of a field, or a layout object of crispy's or of ours


class Flat(LayoutObject):
    """A layout object whose fields skip crispy's own field template and its context."""

    def __init__(self, *fields: Part) -> None:
        self.fields = list(fields)

    def get_rendered_fields(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The HTML of the fields in their order; a field name that the form lacks is an error."""
        return SafeString("".join(self._part(part, form, context, template_pack) for part in self.fields))

    def _part(self, part: Part, form: Any, context: Context, template_pack: str) -> str:
        if not isinstance(part, str):
            return str(render_field(part, form, context, template_pack=template_pack))
        form.rendered_fields.add(part)
        return draw(form[part])


class Fields(Flat, Layout):
    """The layout of a form, or of a part without a heading: `Fields("start", "doses")`."""


class Group(Flat):
    """Fields under a heading of their own.

    heading: the group's words. intro: a sentence under them. none: (name, value, words) of a button at the group's
    head, such as "Nei til alle i gruppen"; the view reads `request.POST[name] == value`. level: 2 or 3.
    """

    template = "designsystemet/layout/group.html"

    def __init__(
        self,
        heading: Words,
        *fields: Part,
        intro: Words = "",
        none: tuple[str, str, Words] | None = None,
        level: int = 2,
        css_id: str = "",
    ) -> None:
        super().__init__(*fields)
        self.heading, self.intro, self.level, self.css_id = heading, intro, level, css_id
        self.none = dict(zip(("name", "value", "words"), none, strict=True)) if none else None

    def render(self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        """The section with its fields in it."""
        fields = self.get_rendered_fields(form, context, template_pack)
        return get_template(self.template).render({"group": self, "fields": fields})


class Beside(Flat):
    """Fields that stand beside each other where there is room: `Beside("A1", "A1-days")`."""

    def render(
        self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The fields in a box of their own."""
        fields = self.get_rendered_fields(form, context, template_pack)
        return format_html('<div class="mv-beside">{}</div>', fields)


class Button:
    """A button that sends the form. variant: "primary", "secondary" or "tertiary"."""

    def __init__(self, words: Words, *, name: str = "", value: str = "", variant: str = "primary") -> None:
        self.words, self.name, self.value, self.variant = words, name, value, variant


class Link:
    """A link that stands among the buttons, such as a way back. address: ready, or a lazy `reverse_lazy`."""

    variant = "link"

    def __init__(self, words: Words, address: str) -> None:
        self.words, self.address = words, address


class Actions(LayoutObject):
    """The row of buttons at the end of a form; the first is what the form is for."""

    template = "designsystemet/layout/actions.html"

    def __init__(self, *buttons: Button | Link) -> None:
        self.fields: list[Part] = []
        self.buttons = buttons

    def render(self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        """The row."""
        return get_template(self.template).render({"buttons": self.buttons})


class Helper(FormHelper):
    """crispy's helper as our forms use it; declare one on the form's class, it holds no state of a request.

    parts: field names and layout objects in order; fields that no part names follow after them. attrs: attributes
    of `<form>`, such as htmx's. tag: False where the page writes `<form>` itself; it then also writes the token and
    includes `designsystemet/default_button.html` before anything else that sends the form.
    """

    form_action = ""  # crispy looks up an address on every drawing, which costs more than the fields
    include_media = False
    render_unmentioned_fields = True

    def __init__(
        self,
        *parts: Part,
        action: str = "",
        method: str = "post",
        tag: bool = True,
        css_id: str = "",
        attrs: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.layout = Fields(*parts)
        self.form_action, self.form_method, self.form_tag, self.form_id = action, method, tag, css_id
        self.attrs = attrs or {}
