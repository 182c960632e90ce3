"""The first assessment's short note: four to seven lines beside the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from guidance.guideline import Kind
from prescribing.answers import AdviceState
from prescribing.case import Case
from prescribing.documents import dosage, norwegian, notice, plain_text, wording
from prescribing.documents.journal_note import remarks
from prescribing.documents.journal_note.dose_line import doses
from prescribing.documents.journal_note.heading import code_and_time, drug_name
from prescribing.documents.journal_note.reasons import added, in_quotes, reasons
from prescribing.record import Ending
from prescribing.signing import information_for, open_questions
from prescribing.taper import Plan

ADVICE_GROUP = "advice"  # its questions are told with the advice


def short_note(case: Case) -> str:
    """The short note for the assessment, whatever its end: lines of at most 80 characters, reasons verbatim."""
    lines = [
        *plain_text.laid_out(f"{code_and_time(case)}. {_what(case)}"),
        *(line for paragraph in _paragraphs(case) for line in plain_text.laid_out(paragraph)),
        *plain_text.bullets(_beside(case)),
        *plain_text.laid_out(colophon(case)),
    ]
    return "\n".join(lines)


def _beside(case: Case) -> Iterator[str]:
    """The reasons, and what else a prescription must not leave out."""
    if case.record.ending is Ending.PRESCRIBED:
        yield from reasons(case)
        yield from remarks.remarks(case)


def _what(case: Case) -> str:
    return gettext("%(drug)s for mer melk.") % {"drug": drug_name(case)}


def _paragraphs(case: Case) -> Iterator[str]:
    match case.record.ending:
        case Ending.PRESCRIBED:
            yield from _prescribed(case)
        case Ending.NOT_YET:
            yield from _not_yet(case)
            yield from _no_help(case)
            yield from added(case)
        case Ending.NOT_ADVISABLE:
            yield gettext("Ikke aktuelt. Legens begrunnelse: %(words)s") % {
                "words": in_quotes(case.record.ending_reason)
            }
            yield from _outcomes(case)
        case Ending.DECLINED:
            yield from _declined(case)


def _prescribed(case: Case) -> Iterator[str]:
    yield " ".join((_advice(case), _told(case), _wants(case), _asked(case), _uses(case)))
    if case.plan is not None:
        yield f"{doses(dosage.whole_steps(case.plan), case.plan)}. {_supply(case.plan)}."


def _advice(case: Case) -> str:
    if case.weighing.advice_done and case.record.insufficient_effect:
        return gettext("Råd fulgt uten tilstrekkelig effekt.")
    return gettext("Rådene er ikke gjennomgått.")


def _asked(case: Case) -> str:
    """What the questions found; that they were asked, where they found nothing."""
    if open_questions(case.guideline, case.record.answers):
        return gettext("Ikke spurt om alle kontraindikasjoner.")
    found = [finding.title for finding in case.weighing.findings(case.record.drug) if not finding.medicines]
    if not found:
        return gettext("Spurt om kontraindikasjoner: ingen funn.")
    return gettext("Spurt om kontraindikasjoner: %(titles)s; ellers nei.") % {
        "titles": norwegian.series(found)
    }


def _uses(case: Case) -> str:
    """All her medicines, as they were typed."""
    medicines = case.record.answers.medicines
    if medicines is None:
        return gettext("Ikke spurt om legemidler.")
    if not medicines:
        return gettext("Bruker ingen legemidler.")
    typed = [plain_text.quoted(medicine.typed) for medicine in medicines]
    return gettext("Bruker: %(medicines)s.") % {"medicines": norwegian.listed(typed)}


def _told(case: Case) -> str:
    """That she is told of every item that this drug and plan ask for; else that it is not done."""
    if case.drug is None or case.plan is None:
        return gettext("Ikke informert ennå.")
    asked = information_for(case.guideline, case.drug.code, case.plan)
    if all(item.code in case.record.told for item in asked):
        return gettext("Informert, også off-label og stoppregel.")
    return gettext("Ikke informert om alt ennå.")


def _wants(case: Case) -> str:
    if case.record.wants is None:
        return gettext("Har ikke valgt.")
    return gettext("Ønsker det.") if case.record.wants else gettext("Ønsker det ikke.")


def _supply(plan: Plan) -> str:
    return gettext("%(tablets)s, %(first)s nå. Vurderes %(day)s, ellers ingen flere") % {
        "tablets": norwegian.tablets(plan.tablets),
        "first": plan.until_review.tablets,
        "day": dosage.appointment_in_figures(plan),
    }


def _not_yet(case: Case) -> Iterator[str]:
    """What is left to try, which is what she goes home with."""
    given = case.record.answers.advice
    left = [
        piece.title
        for piece in case.guideline.advice
        if piece.code not in given or given[piece.code].state is AdviceState.NOT_TRIED
    ]
    if len(left) == len(case.guideline.advice):
        yield gettext("Ikke ennå: gode ammeråd først. Ingen av rådene er prøvd.")
    elif left:
        yield gettext("Ikke ennå: gode ammeråd først. Gjenstår: %(titles)s.") % {
            "titles": norwegian.series(left)
        }
        yield gettext("De andre rådene er prøvd eller ikke aktuelle.")
    else:
        yield gettext("Ikke ennå. Alle rådene er prøvd eller ikke aktuelle.")


def _no_help(case: Case) -> Iterator[str]:
    """What was answered of help with the breastfeeding, which the advice comes with."""
    for check in case.guideline.checks:
        reply = case.record.answers.replies.get(check.code)
        if check.kind is Kind.ASKED and check.group == ADVICE_GROUP and reply:
            yield f"{check.title}: {wording.REPLIES[reply]}."


def _declined(case: Case) -> Iterator[str]:
    words = case.record.ending_reason
    yield gettext("Hun ønsker det ikke.") + (
        gettext(" Hennes grunn: %(words)s") % {"words": plain_text.quoted(words)} if words.strip() else ""
    )


def _outcomes(case: Case) -> Iterator[str]:
    """What the answers came to for each drug; the findings that decided it, by title."""
    for drug in case.guideline.drugs:
        outcome = case.weighing.outcome(drug.code)
        decisive = [finding.title for finding in wording.decisive(case.weighing, drug.code)]
        titles = f" ({norwegian.series(decisive)})" if decisive else ""
        yield f"{drug.name}: {wording.OUTCOMES[outcome]}{titles}."


def colophon(case: Case) -> str:
    """Which edition it follows and what it is not, in one line."""
    edition = notice.edition(case.guideline, case.edition_hash)
    return f"Melkeveien, {edition}. {notice.purpose_in_brief()} {notice.demonstration_in_brief()}".strip()
