"""What is answered when a form of a draft is opened, tried out, sent, refused, or crosses another's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe

from accounts.access import PersonRequest
from guidance import prose
from guidance.actions import EditCollision, EditRefused
from guidance.forms.editing import EditForm
from guidance.models import Edition
from guidance.views.draft import gone

Save = Callable[[EditForm], str]
Now = Callable[[], tuple[Any, int]]


def posted(request: PersonRequest) -> Any:
    """What was sent, or None for a form that is only opened."""
    return request.POST if request.method == "POST" else None


def answer(
    request: PersonRequest,
    draft: Edition,
    form: EditForm,
    *,
    save: Save,
    now: Now,
    depth: int,
    **context: Any,
) -> HttpResponse:
    """The form's page, or the way on once `save` has stored what was sent; it returns an address.

    `now` is asked for the part and its version when somebody else has changed it; `depth` as in `EditForm.refuse`.
    """
    context |= {"edition": draft, "form": form, "texts": _rendered(form)}
    if request.htmx:
        return render(request, "guidance/parts/preview.html", context)
    is_sent = form.is_bound and "preview" not in request.POST
    if is_sent and form.is_valid():
        try:
            return redirect(save(form))
        except EditRefused as refusal:
            form.refuse(refusal.faults, depth)
        except EditCollision as collision:
            return gone(request, draft) if collision.theirs is None else _both(request, form, now, context)
    return render(request, "guidance/part.html", context, status=400 if is_sent else 200)


def _both(request: PersonRequest, form: EditForm, now: Now, context: dict[str, Any]) -> HttpResponse:
    """The form again with what two people have written put together."""
    merged = form.together_with(*now())
    context |= {"form": merged, "texts": _rendered(merged), "collided": True}
    return render(request, "guidance/part.html", context, status=409)


def _rendered(form: EditForm) -> list[tuple[str, SafeString]]:
    """The texts of the form as they will be read."""
    return [
        (label, mark_safe(prose.html(text)))  # noqa: S308 - some 15 tags, no attributes
        for label, text in form.texts
        if text.strip()
    ]
