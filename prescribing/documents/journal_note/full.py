"""The first assessment's full note: everything gone through, in the order in which it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from django.utils.translation import gettext

from guidance.guideline import Drug, Kind
from prescribing.answers import ListedMedicine, Reply
from prescribing.case import Case
from prescribing.documents import dosage, norwegian, notice, plain_text, wording
from prescribing.documents.journal_note import remarks
from prescribing.documents.journal_note.heading import code_and_time, drug_name
from prescribing.documents.journal_note.reasons import added, in_quotes, reasons
from prescribing.record import Ending
from prescribing.signing import information_for
from prescribing.taper import Plan
from prescribing.weighing import ceiling_concerns

ADVICE_GROUP = "advice"  # its questions are told with the advice
Part = tuple[str, Iterator[str]]


def full_note(case: Case) -> str:
    """The full note for the assessment, whatever its end: lines of at most 80 characters, reasons verbatim."""
    return in_parts(case, _heading(case), _parts(case))


def in_parts(case: Case, heading: str, parts: Iterator[Part]) -> str:
    """Code, time and heading, then each part under its title; a part without items is left out."""
    head = [f"{code_and_time(case)}.", heading]
    blocks = ["\n".join(chain.from_iterable(plain_text.laid_out(line) for line in head))]
    for title, items in parts:
        lines = list(plain_text.bullets(items))
        if lines:
            blocks.append("\n".join((title.upper(), *lines)))
    return "\n\n".join(blocks)


def _heading(case: Case) -> str:
    return gettext("%(drug)s for å øke melkeproduksjonen: %(what)s.") % {
        "drug": drug_name(case),
        "what": _ENDINGS[case.record.ending](),
    }


_ENDINGS: dict[Ending, Callable[[], str]] = {
    Ending.PRESCRIBED: lambda: gettext("plan laget"),
    Ending.NOT_YET: lambda: gettext("ikke ennå, gode ammeråd først"),
    Ending.NOT_ADVISABLE: lambda: gettext("ikke aktuelt"),
    Ending.DECLINED: lambda: gettext("hun ønsker det ikke"),
}


def _parts(case: Case) -> Iterator[Part]:
    """Each part's title and its items."""
    yield gettext("Ammeråd"), _advice(case)
    yield gettext("Spurt, svaret er nei"), _denied(case)
    yield gettext("Målt"), _measured(case)
    yield gettext("Legemidler"), _medicines(case)
    yield gettext("Funn"), _findings(case)
    if case.record.ending is Ending.PRESCRIBED:
        yield gettext("Begrunnelser, ordrett"), reasons(case)
    yield gettext("Informert om"), _told(case)
    yield gettext("Valg"), _choice(case)
    if case.record.ending is Ending.PRESCRIBED and case.plan is not None:
        yield gettext("Dose og nedtrapping"), _doses(case, case.plan)
        yield gettext("Vurdering"), _review(case.plan)
    yield gettext("Utgave"), colophon(case)


def _advice(case: Case) -> Iterator[str]:
    for piece in case.guideline.advice:
        yield f"{piece.title}: {wording.advice_state(case.record.answers.advice.get(piece.code))}"
    for check in case.guideline.checks:
        reply = case.record.answers.replies.get(check.code)
        if check.kind is Kind.ASKED and check.group == ADVICE_GROUP and reply:
            yield f"{check.title}: {wording.REPLIES[reply]}"
    if case.record.insufficient_effect:
        yield gettext("Uten tilstrekkelig effekt, bekreftet av legen")


def _denied(case: Case) -> Iterator[str]:
    """The questions denied, in one sentence; those answered *vet ikke* in another."""
    denied = [case.guideline.check(code).title for code in case.weighing.denied]
    if denied:
        yield norwegian.series(denied)
    replies = case.record.answers.replies
    unknown = [check.title for check in case.guideline.checks if replies.get(check.code) is Reply.UNKNOWN]
    if unknown:
        yield gettext("Svarte «vet ikke»: %(titles)s") % {"titles": norwegian.series(unknown)}


def _measured(case: Case) -> Iterator[str]:
    for check in case.guideline.checks:
        value = case.record.answers.measured.get(check.code)
        if check.measure and value is not None:
            yield f"{check.title}: {norwegian.quantity(value, check.measure.unit)}"
    if case.weighing.ceiling is not None and ceiling_concerns(case.guideline, case.record.drug):
        yield gettext("Hennes eget tak etter preparatomtalen: %(tablets)s i døgnet") % {
            "tablets": norwegian.tablets(case.weighing.ceiling)
        }
    yield from remarks.weight_missing(case)


def _medicines(case: Case) -> Iterator[str]:
    medicines = case.record.answers.medicines
    if medicines is None:
        yield gettext("Ikke spurt")
        return
    if not medicines:
        yield gettext("Bruker ingen faste, reseptfrie eller naturmidler")
    for medicine in medicines:
        yield f"{plain_text.quoted(medicine.typed)}: {_matched(case, medicine)}"


def _matched(case: Case, medicine: ListedMedicine) -> str:
    if not medicine.atc:
        return gettext("ikke gjenkjent, vurdert selv") if medicine.assessed else gettext("ikke gjenkjent")
    rows = [row for row in case.guideline.medicines if row.atc in medicine.atc]
    names = [f"{row.substance} ({row.atc})" for row in rows]
    bare = [code for code in medicine.atc if code not in {row.atc for row in rows}]
    matched = norwegian.listed(list(dict.fromkeys([*names, *bare])))
    return gettext("antatt %(matched)s") % {"matched": matched} if medicine.assumed else matched


def _findings(case: Case) -> Iterator[str]:
    """What the answers came to, for the chosen drug first, with each finding and whose word it is."""
    chosen = [drug for drug in case.guideline.drugs if drug.code == case.record.drug]
    for drug in [*chosen, *(drug for drug in case.guideline.drugs if drug not in chosen)]:
        yield f"{drug.name}: {wording.OUTCOMES[case.weighing.outcome(drug.code)]}"
        shown = (
            case.weighing.findings(drug.code)
            if _in_full(case, drug)
            else wording.decisive(case.weighing, drug.code)
        )
        for finding in sorted(shown, key=lambda finding: finding.medicines):
            yield f"{drug.name}: {wording.told_finding(case.guideline, finding)}"


def _in_full(case: Case, drug: Drug) -> bool:
    """The chosen drug's findings are all told; of one not chosen, only those that decided its outcome."""
    return case.record.drug in ("", drug.code)


def _told(case: Case) -> Iterator[str]:
    """What she was told, in the words that were ticked; for a prescription then what was not."""
    if case.drug is None:
        return
    if case.record.ending is not Ending.PRESCRIBED or case.plan is None:
        yield from _told_anyway(case, case.drug)
        return
    asked = information_for(case.guideline, case.drug.code, case.plan)
    for item in asked:
        if item.code in case.record.told:
            yield plain_text.in_one_line(item.told[case.drug.code])
    untold = [item.title for item in asked if item.code not in case.record.told]
    if untold:
        yield gettext("Ikke tatt opp ennå: %(titles)s") % {"titles": norwegian.series(untold)}


def _told_anyway(case: Case, drug: Drug) -> Iterator[str]:
    """What was ticked before the assessment ended without a prescription."""
    for item in case.guideline.information:
        if item.code in case.record.told and drug.code in item.told:
            yield plain_text.in_one_line(item.told[drug.code])


def _choice(case: Case) -> Iterator[str]:
    words = case.record.ending_reason
    match case.record.ending:
        case Ending.PRESCRIBED:
            yield _wants(case)
        case Ending.NOT_YET:
            yield gettext("Rådene prøves først.")
            yield from added(case)
            yield from _come_back(case)
        case Ending.NOT_ADVISABLE:
            yield gettext("Ikke aktuelt. Legens begrunnelse: %(words)s") % {"words": in_quotes(words)}
        case Ending.DECLINED:
            yield gettext("Hun ønsker det ikke.") + (
                gettext(" Hennes grunn: %(words)s") % {"words": plain_text.quoted(words)}
                if words.strip()
                else ""
            )


def _wants(case: Case) -> str:
    if case.record.wants is None:
        return gettext("Hun har ikke valgt ennå.")
    if not case.record.wants:
        return gettext("Hun ønsker det ikke.")
    return gettext("Hun ønsker behandlingen. Valget er hennes.")


def _come_back(case: Case) -> Iterator[str]:
    passage = case.guideline.passage("advice-next")
    if passage:
        yield gettext("På arket med rådene står: %(words)s") % {
            "words": plain_text.quoted(plain_text.in_one_line(passage.text))
        }


def _doses(case: Case, plan: Plan) -> Iterator[str]:
    for stretch in dosage.whole_steps(plan):
        yield step(stretch)
    yield gettext("Til sammen %(tablets)s (%(mg)s) på %(days)s, siste tablett %(last)s") % {
        "tablets": norwegian.tablets(plan.tablets),
        "mg": norwegian.quantity(plan.mg, "mg"),
        "days": norwegian.days(plan.length_days),
        "last": dosage.day_in_words(plan.last_dose, plan.last_dose_day),
    }
    yield _supplies(plan)
    if plan.start is None:
        yield gettext("Startdatoen er ikke kjent ennå: dagene telles fra første dag med tabletter")
    passage = case.guideline.passage("exemption-note", plan.drug)
    if passage and case.drug and case.drug.needs_exemption:
        yield plain_text.in_one_line(passage.text)


def step(stretch: dosage.Stretch) -> str:
    """«23. november–6. desember 2026: 10 mg × 3 i 14 dager (morgen …), 42 tabletter»."""
    slots = norwegian.listed([str(dosage.SLOT_NAMES[slot]) for slot in stretch.slots])
    return gettext("%(days)s: %(dose)s i %(length)s (%(slots)s), %(tablets)s") % {
        "days": norwegian.capital(dosage.days_in_words(stretch)),
        "dose": dosage.dose_in_figures(stretch),
        "length": norwegian.days(stretch.length_days),
        "slots": slots,
        "tablets": norwegian.tablets(stretch.tablets),
    }


def _supplies(plan: Plan) -> str:
    first = plan.until_review
    last = dosage.day_in_words(first.last_on, first.last_day or 0)
    text = gettext("Første resept: %(tablets)s, til og med %(last)s") % {
        "tablets": norwegian.tablets(first.tablets),
        "last": last,
    }
    if not plan.from_review.tablets:
        return text
    return gettext("%(first)s. Resten, %(tablets)s, skrives ut først ved vurderingen") % {
        "first": text,
        "tablets": norwegian.tablets(plan.from_review.tablets),
    }


def _review(plan: Plan) -> Iterator[str]:
    yield gettext("Vurdering av effekt %(day)s") % {"day": dosage.appointment_in_words(plan)}
    yield gettext(
        "Uten vurdering tar hun ikke flere tabletter. Alle dager etter den gjelder bare etter avtale"
    )


def colophon(case: Case) -> Iterator[str]:
    """Which text it follows, to the letter, and what it is not."""
    guideline = case.guideline
    yield f"{guideline.title}. {guideline.publisher}, {guideline.dated}"
    yield norwegian.capital(notice.edition(guideline, case.edition_hash))
    yield gettext("Innhold (SHA-256): %(hash)s") % {"hash": case.edition_hash}
    yield notice.purpose()
    if demonstration := notice.demonstration():
        yield demonstration
