"""The health step written by hand: the page that the real view sends, as plain HTML with holes for what was answered.

Served through the same doors, over the same draft row and the same weighing, beside a view that does nothing at all.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from prescribing.access import own_draft
from prescribing.readiness import StepName
from prescribing.record import Record
from prescribing.views.presenting import case_in_force, draft_context, unsigned_only

_INPUT = re.compile(r'<input class="ds-input" type="(radio|checkbox|text)"[^>]*>')
_HOLES = {
    r'(<input type="hidden" name="csrfmiddlewaretoken" value=")[^"]*': r"\1{{ csrf_token }}",
    r'(<input type="hidden" name="version" value=")[^"]*': r"\1{{ version }}",
    r'(<input type="hidden" name="page" value=")[^"]*': r"\1{{ page }}",
    r'(<textarea class="ds-input"[^>]*>\n)[^<]*': r"\1{{ answers.medicines }}",
}
_template: Any = None


def write_down(html: str) -> None:
    """Keep `html`, a page that the real view sent, as the template of the one written by hand."""
    global _template  # noqa: PLW0603 - one page is compared in one run
    for found, hole in _HOLES.items():
        html, holes = re.subn(found, hole, html)
        assert holes, found
    _template = engines["django"].from_string(_INPUT.sub(_with_hole, html))


def _with_hole(found: re.Match[str]) -> str:
    tag = found[0]
    name, value = (re.search(rf' {part}="([^"]*)"', tag)[1] for part in ("name", "value"))  # type: ignore[index]
    answer = f"answers.{name.replace('-', '_')}"
    if found[1] == "text":
        return tag.replace(f' value="{value}"', f' value="{{{{ {answer} }}}}"')
    bare = tag.replace(" checked", "")
    if found[1] == "checkbox":
        return bare.replace(" name=", f"{{% if {answer} %}} checked{{% endif %}} name=", 1)
    return f'{bare[:-1]}{{% if {answer} == "{value}" %}} checked{{% endif %}}>'


@may(Deed.ASSESS)
@unsigned_only
def health_by_hand(request: PersonRequest, code: str) -> HttpResponse:
    """What `answer_step` does for this step, without a form."""
    draft = own_draft(request.user, code)
    case = case_in_force(draft)
    context = draft_context(case, draft=draft, step=StepName.HEALTH)
    return HttpResponse(_template.render(context | {"answers": answers_of(case.record)}, request))


def answers_of(record: Record) -> dict[str, Any]:
    """The answers as the template's holes name them."""
    answers = record.answers
    values: dict[str, Any] = {code.replace("-", "_"): str(reply) for code, reply in answers.replies.items()}
    values |= {code: str(value) for code, value in answers.measured.items()}
    listed = "\n".join(medicine.typed for medicine in answers.medicines or ())
    return values | {"medicines": listed, "no_medicines": answers.medicines == ()}


@may(Deed.SEE_COURSE_SHEET)
def bare(request: HttpRequest) -> HttpResponse:
    """A view that does nothing, behind the same doors."""
    return HttpResponse(b"%PDF-", content_type="application/pdf")


urlpatterns = [
    path("by-hand/<str:code>", health_by_hand),
    path("bare", bare),
    path("", include("config.urls")),
]
