"""The languages of her sheets: what each lacks, a sentence at a time, and the signature that makes it public."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.actions import (
    SentenceCollision,
    SentenceRefused,
    TranslationNotSigned,
    reasons_against_signing_translation,
    save_sentence,
    withhold_translation,
)
from guidance.actions import sign_translation as sign
from guidance.forms.translation import SentenceForm, WithholdForm
from guidance.models import Edition, Translation, key_of_sentence, labels
from guidance.translating import (
    TRANSLATED,
    TranslationFile,
    beside,
    sentences_for_her,
    write_translation,
)
from guidance.views.taking_in import as_file

A_PAGE = 50
LEFT, ALL = "gjenstar", "alle"  # what is shown, in the address


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give `view` the translation into the language that the address names, in the place of its code."""

    @wraps(view)
    def of_translation(request: PersonRequest, language: str, **kwargs: Any) -> HttpResponse:
        found = Translation.objects.select_related("reviewed_by").filter(language=language).first()
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return of_translation


@may(Deed.EDIT_EDITION)
def translations(request: PersonRequest) -> HttpResponse:
    """Each language: its state, and how much it lacks of the edition in force and of the open draft."""
    edition = Edition.objects.find_in_force()
    found = Translation.objects.select_related("reviewed_by").prefetch_related("sentences")
    order = {code: place for place, code in enumerate(TRANSLATED)}
    said = sentences_for_her(edition.as_guideline()) if edition else ()
    draft = Edition.objects.open_draft()
    coming = set(_said(draft)) - set(said)
    shown = [
        {"translation": one, "missing": _missing(one, said), "coming": _missing(one, coming)}
        for one in sorted(found, key=lambda one: order[one.language])
    ]
    context = {"shown": shown, "edition": edition, "sentences": len(said), "draft": draft}
    return render(request, "guidance/translations/all.html", context)


def _missing(held: Translation, said: Collection[str]) -> int:
    """How many of these sentences it does not have."""
    pairs = held.pairs
    return sum(not pairs.get(sentence) for sentence in said)


@may(Deed.EDIT_EDITION)
@in_language
def translation(request: PersonRequest, held: Translation) -> HttpResponse:
    """The sentences beside each other, what is left to do first."""
    draft = Edition.objects.open_draft()
    lines = beside(_said(draft), held.pairs)
    left = [line for line in lines if not line.is_done]
    which = request.GET.get("vis", LEFT if left else ALL)
    page = Paginator(left if which == LEFT else lines, A_PAGE).get_page(request.GET.get("side"))
    context = {
        "translation": held,
        "page": page,
        "rows": [(line, key_of_sentence(line.source)) for line in page],
        "which": which,
        "left": len(left),
        "all": len(lines),
        "draft": draft,
    }
    return render(request, "guidance/translations/one.html", context)


def _said(draft: Edition | None) -> tuple[str, ...]:
    """What the edition in force says to her, and what the open draft will say."""
    editions = (Edition.objects.find_in_force(), draft)
    said = [sentences_for_her(edition.as_guideline()) for edition in editions if edition]
    return tuple(dict.fromkeys(sentence for sentences in said for sentence in sentences))


@may(Deed.EDIT_EDITION)
@in_language
def edit_sentence(request: PersonRequest, held: Translation, key: str) -> HttpResponse:
    """One sentence, with what stands before and after it."""
    said = _said(Edition.objects.open_draft())
    place = next((n for n, sentence in enumerate(said) if key_of_sentence(sentence) == key), None)
    if place is None:
        raise Http404
    row = held.sentences.filter(key=key).first()
    form = SentenceForm(
        request.POST or None,
        text=row.text if row else "",
        version=row.version if row else 0,
        language=held.about,
        back=reverse("guidance:translation", args=[held.language]),
    )
    context = {"translation": held, "form": form, "around": _around(held, said, place)}
    if form.is_bound and form.is_valid():
        try:
            return _saved(request, held, said, place, form)
        except SentenceRefused as refusal:
            form.refuse(refusal.faults)
        except SentenceCollision as collision:
            context |= {"theirs": collision.theirs, "form": form.at_version(collision.theirs.version)}
            return render(request, "guidance/translations/sentence.html", context, status=409)
    return render(
        request, "guidance/translations/sentence.html", context, status=400 if form.is_bound else 200
    )


def _around(held: Translation, said: tuple[str, ...], place: int) -> dict[str, Any]:
    """The sentence, its neighbours, and what it was before."""
    pairs = held.pairs
    line = next(one for one in beside(said, pairs) if one.source == said[place])
    before, after = said[max(0, place - 2) : place], said[place + 1 : place + 3]
    return {
        "source": said[place],
        "was": line.was,
        "before": [(one, pairs.get(one, "")) for one in before],
        "after": [(one, pairs.get(one, "")) for one in after],
    }


def _saved(
    request: PersonRequest, held: Translation, said: tuple[str, ...], place: int, form: SentenceForm
) -> HttpResponse:
    """Store the sentence, and go on to the next that is left or back to the list."""
    save_sentence(
        by=request.user,
        at=timezone.now(),
        translation=held,
        source=said[place],
        text=form.cleaned_data["text"],
        version=form.cleaned_data["version"],
    )
    messages.success(request, _("Setningen er lagret."))
    now = Translation.objects.get(pk=held.pk).pairs
    left = [line.source for line in beside(said, now) if not line.is_done]
    if "next" in request.POST and left:
        return redirect("guidance:edit_sentence", language=held.language, key=key_of_sentence(left[0]))
    return redirect("guidance:translation", language=held.language)


@may(Deed.EDIT_EDITION)
@in_language
def review_translation(request: PersonRequest, held: Translation) -> HttpResponse:
    """The whole text to read through, and to sign."""
    return render(request, "guidance/translations/review.html", _reviewed(request, held))


def _reviewed(request: PersonRequest, held: Translation, **more: Any) -> dict[str, Any]:
    edition = Edition.objects.in_force()
    said = sentences_for_her(edition.as_guideline())
    return {
        "translation": held,
        "edition": edition,
        "pairs": [(sentence, held.pairs.get(sentence, "")) for sentence in said],
        "labels": labels(held.language).items(),
        "content_hash": held.content_now(),
        "reasons": reasons_against_signing_translation(held, request.user),
        "withhold": WithholdForm(),
    } | more


@require_POST
@may(Deed.PUBLISH_EDITION)
@in_language
def sign_translation(request: PersonRequest, held: Translation) -> HttpResponse:
    """Stand for the text that was read."""
    digest = request.POST.get("content_hash", "")
    try:
        sign(by=request.user, at=timezone.now(), translation=held, content_hash=digest)
    except TranslationNotSigned as refusal:
        context = _reviewed(request, held, refused=refusal.reasons)
        return render(request, "guidance/translations/review.html", context, status=409)
    messages.success(
        request, _("Oversettelsen er godkjent. Arkene finnes nå på %s.") % held.about.in_norwegian
    )
    return redirect("guidance:translations")


@require_POST
@may(Deed.PUBLISH_EDITION)
@in_language
def withhold(request: PersonRequest, held: Translation) -> HttpResponse:
    """Take the translation off the sheets."""
    form = WithholdForm(request.POST)
    if not form.is_valid():
        context = _reviewed(request, held, withhold=form)
        return render(request, "guidance/translations/review.html", context, status=400)
    withhold_translation(
        by=request.user, at=timezone.now(), translation=held, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("Oversettelsen er tatt bort fra arkene."))
    return redirect("guidance:translations")


@may(Deed.EDIT_EDITION)
@in_language
def translation_as_file(request: PersonRequest, held: Translation) -> HttpResponse:
    """The translation as the file that a translator fills in."""
    pairs = held.pairs
    told = {sentence: pairs.get(sentence, "") for sentence in _said(Edition.objects.open_draft())}
    file = TranslationFile(language=held.language, edition=held.edition_code, supplied=False, sentences=told)
    return as_file(write_translation(file), f"{held.language}.toml")
