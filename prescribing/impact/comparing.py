"""Which example patients two editions have, and what each of them gets under both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language, gettext

from guidance.canonical import content_hash
from guidance.gate import Mismatch
from guidance.guideline import Guideline, Vignette
from guidance.impact import ChangedPaper, ImpactRow, PatientImpact, Presence
from prescribing.documents import norwegian
from prescribing.impact.lines import hunks
from prescribing.impact.trying import CannotBeTried, Fact, Said, Trial
from prescribing.impact.words import words_of

NOTHING = "–"  # where one edition does not speak of it
KEPT = 4  # pairs of editions in memory: a draft that two people look at, and what it was a moment ago


def patients_of(before: Guideline, after: Guideline) -> tuple[PatientImpact, ...]:
    """Every example patient of either edition, in the order of `after`, those who are gone last."""
    key = (content_hash(before), content_hash(after), get_language() or "")
    return _compared(_Pair(key=key, before=before, after=after))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two editions, known by their hashes and by the language that they are told in."""

    key: tuple[str, str, str]
    before: Guideline = field(compare=False)
    after: Guideline = field(compare=False)


@lru_cache(maxsize=KEPT)
def _compared(pair: _Pair) -> tuple[PatientImpact, ...]:
    words = words_of(pair.before, pair.after)
    compared = _Compared(before=Trial(pair.before, words), after=Trial(pair.after, words))
    of_before = {vignette.name: vignette for vignette in pair.before.vignettes}
    of_after = {vignette.name: vignette for vignette in pair.after.vignettes}
    return tuple(
        compared.patient(name, of_before.get(name), of_after.get(name)) for name in of_after | of_before
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    before: Trial
    after: Trial

    def patient(self, name: str, old: Vignette | None, new: Vignette | None) -> PatientImpact:
        """One example patient: as `new` tells her, or as `old` does where she is gone."""
        vignette = new or old
        if vignette is None:
            raise ValueError(name)
        said, unsaid = _said(self.before, vignette)
        says, why_not = _said(self.after, vignette)
        fails, untried = _failures(self.after, new)
        return PatientImpact(
            name=name,
            presence=Presence.NEW if old is None else Presence.GONE if new is None else Presence.BOTH,
            told_anew=bool(old and new and old.situation != new.situation),
            rows=_rows(said, says) if said and says else _untried(unsaid, why_not),
            papers=tuple(_papers(said, says)) if said and says else (),
            typed=tuple(vignette.situation.get("medicines", ())) if said and says else (),
            fails_before=_failures(self.before, old)[0],
            fails_after=fails,
            untried=untried,
        )


def _said(trial: Trial, vignette: Vignette) -> tuple[Said | None, str]:
    """What the edition says of her, or why it cannot say anything."""
    try:
        return trial.say(vignette), ""
    except CannotBeTried as why:
        return None, _cannot(why)


def _failures(trial: Trial, own: Vignette | None) -> tuple[tuple[Mismatch, ...], str]:
    """What the edition's own example patient expects in vain, or why she cannot be tried."""
    try:
        return (() if own is None else trial.failures(own)), ""
    except CannotBeTried as why:
        return (), _cannot(why)


def _cannot(why: CannotBeTried) -> str:
    return gettext("kan ikke prøves: %(why)s") % {"why": why}


def _untried(before: str, after: str) -> tuple[ImpactRow, ...]:
    tried = gettext("kan prøves")
    return (ImpactRow(what=gettext("Prøving"), before=before or tried, after=after or tried),)


def _rows(before: Said, after: Said) -> tuple[ImpactRow, ...]:
    """Everything told under either edition."""
    return tuple(
        _row(what, before.facts.get(what, NOTHING), after.facts.get(what, NOTHING))
        for what in {**after.facts, **before.facts}
    )


def _row(what: str, before: Fact, after: Fact) -> ImpactRow:
    """Where two lists differ, the row tells what only one of them has."""
    if before == after or isinstance(before, str) or isinstance(after, str):
        return ImpactRow(what=what, before=_in_words(before), after=_in_words(after))
    gone = tuple(one for one in before if one not in after)
    come = tuple(one for one in after if one not in before)
    return ImpactRow(what=what, before=_in_words(gone), after=_in_words(come))


def _in_words(fact: Fact) -> str:
    return fact if isinstance(fact, str) else norwegian.series(fact) or NOTHING


def _papers(before: Said, after: Said) -> Iterator[ChangedPaper]:
    """The papers of which lines changed; a sheet that another takes the place of is told by its name alone."""
    if note := hunks(before.note, after.note):
        yield ChangedPaper(title=gettext("Journalnotatet"), hunks=note)
    if before.sheet_of == after.sheet_of and (sheet := hunks(before.sheet, after.sheet)):
        yield ChangedPaper(title=gettext("Arket hennes"), hunks=sheet)
