"""Twenty classes of Unicode in every free text: what a field takes stands in the note and on paper as it is stored."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import django
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from tests.proofs.proof import Finding

# What is typed, by class; the words around it are found again on paper.
CLASSES: Mapping[str, tuple[str, ...]] = {
    "æøå and their capitals": ("blåbær ØL ÆRE",),
    "decomposed letters (NFD)": ("blåbær ære é ü",),
    "Sámi": ("čáhci đ ŋ š ŧ ž Á",),
    "combining stacks": ("z\u0335\u0321\u0322", "a" + "\u0301\u0308\u0323" * 4),
    "emoji": ("melk \U0001f37c", "\U0001f469\u200d\U0001f37c", "\u2764\ufe0f"),
    "CJK": ("母乳 젖 ミルク",),
    "Arabic and Hebrew": ("حليب الأم", "חלב"),
    "Cyrillic, Greek, Tigrinya": ("молоко", "γάλα", "ጸባ"),
    "zero-width characters": ("mel\u200bk", "\ufeffmelk", "mel\u2060k"),
    "bidirectional controls": ("dose \u202e01 gm\u202c slutt", "\u2066melk\u2069", "\u200fmelk\u200e"),
    "C0 controls": ("mel\x00k", "mel\x07k", "mel\x1b[31mk", "mel\x0bk"),
    "C1 controls": ("mel\x85k", "mel\x9bk"),
    "noncharacters": ("mel\uffffk", "mel\ufdd0k", "mel\U0010ffffk"),
    "unassigned": ("mel\u0378k", "mel\U000e0fffk"),
    "lone surrogates": ("mel\ud800k", "mel\udc80k"),
    "private use": ("mel\ue000k", "mel\U000f0000k"),
    "tags": ("melk\U000e0041\U000e007f",),
    "variation selectors": ("melk\ufe0e", "葛\U000e0100"),
    "line and paragraph separators": ("mel\u2028k", "mel\u2029k"),
    "fullwidth digits and letters": ("\uff11\uff10 mg", "\uff2d\uff25\uff2c\uff2b"),
    "bytes that are no text": ("mel\udcffk",),
}
BEFORE, AFTER = "Foran", "bak"
PASSAGE = "sheet-alertness"  # of her sheet; it takes the texts for the time being
_NOT_DRAWN = re.compile("[\u00ad\u200c\u200d\u202a-\u202e\ufe00-\ufe0f]")  # joiners and selectors have no ink
WHAT = f"{len(CLASSES)} classes of Unicode in every free text"
GOAL = (
    "each is refused, or stored in NFC and found again as it is stored: in the note, and on the sheet's PDF"
)
Taken = Callable[[forms.Field, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that a field took, as it is stored. `printed`: the field is one of those whose words her sheets print."""

    group: str
    stored: str
    printed: bool


def fields() -> tuple[forms.Field, ...]:
    """Every kind of free text: the prescriber's reasons and list, the editors' passages, lines and lists."""
    from designsystemet.fields import LineField, PlainTextField
    from designsystemet.guarded import GuardedTextField
    from guidance.forms.fields import ListField
    from prescribing.forms.fields import ReasonField

    hers = (ReasonField(), GuardedTextField())
    editors = (PlainTextField(on_paper=True), LineField(on_paper=True), ListField(on_paper=True))
    return (*hers, *editors)


def as_sent(text: str) -> str:
    """The text as Django reads it out of a form's bytes."""
    sent = text.encode(
        "utf-8", "surrogateescape" if any("\udc80" <= sign <= "\udcff" for sign in text) else "surrogatepass"
    )
    return QueryDict(b"text=" + b"".join(b"%%%02X" % byte for byte in sent)).get("text", "")


def taken(field: forms.Field, text: str) -> str | None:
    """What the field makes of it; None where it refuses."""
    try:
        cleaned = field.clean(as_sent(text))
    except ValidationError:
        return None
    return cleaned if isinstance(cleaned, str) else ", ".join(cleaned)


def taken_as_it_comes(field: forms.Field, text: str) -> str | None:
    """The hole: Django's own field, which takes everything but a null byte."""
    try:
        return str(forms.CharField().clean(as_sent(text)))
    except ValidationError:
        return None


def stored(take: Taken) -> tuple[list[Text], Counter[str]]:
    """What is taken of everything typed in every field, and how much of each class is refused."""
    kept, refused = [], Counter[str]()
    for group, samples in CLASSES.items():
        for field in fields():
            for sample in samples:
                text = take(field, f"{BEFORE} {sample} {AFTER}")
                if text is None:
                    refused[group] += 1
                else:
                    printed = getattr(field, "on_paper", False)
                    kept.append(Text(group=group, stored=text, printed=printed))
    return kept, refused


def in_the_note(text: str) -> bool:
    """Whether the full note says the reason as it is stored."""
    from prescribing.documents.journal_note import full_note
    from tests.prescribing.documents.cases import METO, REASONS, case

    words = {drug: dict(reasons) for drug, reasons in REASONS.items()}
    words[METO]["eu-5-days"] = text
    return _inked(text) in _inked(full_note(case(reasons=words)))


def lost_on_paper(texts: list[str]) -> set[str]:
    """Those that the sheet's PDF does not say as they are stored, or says with an empty box; all set on one sheet."""
    from prescribing.documents.handout import handout_html
    from prescribing.documents.press import print_pdf
    from tests.paper import pdf_text
    from tests.prescribing.documents.cases import FIRST_EDITION, case

    marked = {f"A{n}Z": text for n, text in enumerate(texts)}
    words = "\n\n".join(f"{mark} {_escaped(text)} {mark}" for mark, text in marked.items())
    passages = tuple(
        replace(one, text=words) if one.code == PASSAGE else one for one in FIRST_EDITION.passages
    )
    paper = print_pdf(handout_html(case(guideline=replace(FIRST_EDITION, passages=passages))))
    read, boxes = pdf_text(paper.pdf), " ".join(one for one in paper.remarks if ".notdef" in one)
    return {text for mark, text in marked.items() if not _says(read, mark, text) or _has_box(boxes, text)}


def _says(read: str, mark: str, text: str) -> bool:
    """Whether the text stands between its marks. What is written from the right is read back in another order."""
    found = re.search(f"{mark}(.*?){mark}", read, re.DOTALL)
    return found is not None and _order_aside(found[1]) == _order_aside(text)


def _has_box(boxes: str, text: str) -> bool:
    return any(f"U+{ord(sign):04X})" in boxes for sign in text if not sign.isspace())


def _order_aside(text: str) -> str:
    seen = _inked(text)
    return (
        "".join(sorted(seen))
        if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in seen)
        else seen
    )


def _inked(text: str) -> str:
    """Without the spaces and breaks that a line's end makes, and without what is not drawn."""
    return _NOT_DRAWN.sub("", re.sub(r"\s+", "", text))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!>|~])", r"\\\1", text)


def tried(take: Taken) -> Finding:
    """Every text in every field, by way of `take`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    kept, refused = stored(take)
    crooked = {one.stored for one in kept if unicodedata.normalize("NFC", one.stored) != one.stored}
    unsaid = {one.stored for one in kept if not in_the_note(one.stored)}
    lost = lost_on_paper(sorted({one.stored for one in kept if one.printed and "\x00" not in one.stored}))
    whole = len(
        {one.group for one in kept} - {one.group for one in kept if one.stored in crooked | unsaid | lost}
    )
    return Finding(
        figure=f"{len(kept)} texts stored and {sum(refused.values())} refused; of the classes {len(refused)} are "
        f"refused somewhere and {whole} read back whole; {len(crooked)} not in NFC, {len(unsaid)} not in the note as "
        f"stored, {len(lost)} not on paper as stored",
        holds=bool(kept) and not crooked and not unsaid and not lost,
    )


def measure() -> Finding:
    return tried(taken)


def control() -> Finding:
    hole = tried(taken_as_it_comes)
    return Finding(figure=f"with Django's own text field: {hole.figure}", holds=hole.holds)
