"""How each field of a part is asked for: its words, its room, whether it may stay empty, what a number may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from guidance import guideline as g
from guidance.forms.edition_text import EditionText
from guidance.soundness.figures import LARGEST_PACK, MAX_DAYS, MAX_MG_A_DAY, SLOWEST_TIMES
from guidance.wording import REGIMEN, Words

LINE, SHORT, LONG = 1, 3, 6  # rows of a text box; a line is a box of its own kind
MARKDOWN = _("Du kan bruke **uthevet**, *kursiv* og lister. Tom linje gir nytt avsnitt.")
CITES = _("Skriv kodene med komma mellom, for eksempel G2, S-SPC-M 4.3.")


class Choice(StrEnum):
    """A field whose answers are listed: by the program, or by the edition itself."""

    SEVERITY = "severity"
    ASKS = "asks"
    UNIT = "unit"
    MET_BY = "met-by"
    ABOUT = "about"
    GROUP = "group"
    LIMIT = "limit"
    DRUG = "drug"
    DRUGS = "drugs"  # several
    FLAG = "flag"
    FLAGS = "flags"  # several
    QT = "qt"  # several
    QT_OF_ONE = "qt-of-one"
    CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`rows` is the room for a text; `low` and `high` bound a number, that has at most `decimals` decimals.

    `optional`: it may stay empty. `heading`: the words over a part inside this one; {n} is its number.
    """

    label: Words
    help: Words = ""
    rows: int = LINE
    optional: bool = False
    choice: Choice | None = None
    low: int = 0
    high: int = 9999
    decimals: int = 0
    unit: Words = ""
    heading: Words = ""


TITLE = Asked(label=_("Tittel"))
TEXT = Asked(label=_("Tekst"), help=MARKDOWN, rows=LONG)
SOURCES = Asked(label=_("Kilder"), help=CITES)
SOURCES_INSIDE = Asked(label=_("Kilder"))  # the form has said once how they are written
CODE = Asked(
    label=_("Kode"),
    help=_("Små bokstaver, tall og bindestrek. Koden er fast for alltid, og kan ikke endres siden."),
)

_FIELDS: Mapping[type, Mapping[str, Asked]] = {
    EditionText: {
        "title": TITLE,
        "publisher": Asked(label=_("Utgiver")),
        "dated": Asked(
            label=_("Datert"), help=_("Slik utgiveren selv daterer den, eller «udatert»."), optional=True
        ),
        "review_by": Asked(
            label=_("Leses på nytt innen"),
            help=_("Etter denne dagen sier siden at fristen er ute: dd.mm.åååå."),
        ),
        "read_on": Asked(
            label=_("Retningslinjen sist lest"),
            help=_("Datoen noen sist leste selve retningslinjen for denne utgaven: dd.mm.åååå."),
        ),
        "news": Asked(
            label=_("Hva er nytt"),
            help=_(
                "Noen linjer til legene om hva denne utgaven endrer. Trengs før den sendes til godkjenning."
            ),
            rows=LONG,
            optional=True,
        ),
        "intro": Asked(label=_("Innledning"), help=MARKDOWN, rows=LONG, optional=True),
    },
    g.Source: {
        "code": Asked(
            label=_("Kode"), help=_("Store bokstaver, og S- først: S-EMA. Koden kan ikke endres siden.")
        ),
        "title": TITLE,
        "published": Asked(label=_("Utgitt"), help=_("Slik utgiveren selv oppgir det."), optional=True),
        "read_on": Asked(
            label=_("Sist lest"), help=_("Datoen noen leste kilden for denne utgaven: dd.mm.åååå.")
        ),
        "url": Asked(label=_("Nettadresse"), help=_("Begynner med https://. Kan stå tom."), optional=True),
        "used_for": Asked(label=_("Brukt til"), rows=SHORT, optional=True),
    },
    g.Reference: {
        "number": Asked(label=_("Nummer"), low=1, high=999),
        "text": Asked(label=_("Referanse"), rows=SHORT),
        "cites": SOURCES,
    },
    g.Point: {"title": TITLE, "text": TEXT, "cites": SOURCES},
    g.Section: {"code": CODE, "title": TITLE, "statements": Asked(label="", heading=_("Del {n}"))},
    g.Statement: {"text": Asked(label=_("Tekst"), rows=LONG), "cites": SOURCES_INSIDE},
    g.Term: {
        "code": CODE,
        "term": Asked(label=_("Ord")),
        "forms": Asked(
            label=_("Former i teksten"),
            help=_("Én på hver linje. Alle blir merket der de står."),
            rows=LONG,
            optional=True,
        ),
        "text": Asked(label=_("Forklaring"), rows=SHORT),
        "cites": SOURCES,
    },
    g.AgeNote: {
        "code": CODE,
        "about": Asked(label=_("Gjelder"), help=_("Fakta med komma mellom, for eksempel W1, D5.")),
        "text": TEXT,
        "cites": SOURCES,
    },
    g.Position: {
        "code": CODE,
        "who": Asked(label=_("Hvem")),
        "says": Asked(label=_("Sier"), help=MARKDOWN, rows=LONG),
        "dated": Asked(label=_("Datert"), optional=True),
        "cites": SOURCES,
    },
    g.Drug: {
        "name": Asked(label=_("Navn")),
        "brand": Asked(label=_("Salgsnavn"), optional=True),
        "needs_exemption": Asked(label=_("Fås bare på godkjenningsfritak"), optional=True),
        "summary": Asked(label=_("Kort om legemidlet"), rows=LONG, optional=True),
        "cost": Asked(label=_("Hva valget koster"), rows=SHORT, optional=True),
        "indication": Asked(label=_("Bruksområde på resepten"), optional=True),
        "intake": Asked(
            label=_("Hvordan det tas"), help=_("For eksempel «før måltid». Kan stå tomt."), optional=True
        ),
        "pack_tablets": Asked(
            label=_("Pakningen som foreslås"),
            help=_(
                "Redaktøren setter tallet; ingen kilde oppgir det. Det brukes bare til å foreslå pakninger, "
                "aldri til å regne ut dosen. Tomt: ingen pakning foreslås."
            ),
            optional=True,
            low=1,
            high=LARGEST_PACK,
            unit=_("tabletter"),
        ),
        "cites": SOURCES,
    },
    g.Advice: {
        "title": TITLE,
        "text": Asked(label=_("Tekst til henne"), help=MARKDOWN, rows=SHORT),
        "prompt": Asked(label=_("Spørsmål til legen"), optional=True),
        "cites": SOURCES,
    },
    g.Group: {
        "title": TITLE,
        "intro": Asked(label=_("Innledning"), rows=SHORT, optional=True),
        "none_label": Asked(
            label=_("Knappen som svarer nei på alt"),
            help=_("Tom: gruppen har ingen slik knapp."),
            optional=True,
        ),
        "cites": SOURCES,
    },
    g.Check: {
        "code": CODE,
        "group": Asked(label=_("Gruppe"), choice=Choice.GROUP),
        "title": TITLE,
        "question": Asked(label=_("Spørsmål"), rows=SHORT, optional=True),
        "help": Asked(label=_("Hjelpetekst"), rows=SHORT, optional=True),
        "cites": SOURCES,
        "met_by": Asked(label=_("Svaret som gir utslag"), choice=Choice.MET_BY),
        "verdicts": Asked(label="", heading=_("Hva det betyr for {n}")),
        "measure": Asked(label="", heading=_("Målet")),
        "medicine": Asked(label="", heading=_("Legemidlene som gir utslag")),
    },
    g.Verdict: {
        "severity": Asked(label=_("Utslag"), choice=Choice.SEVERITY),
        "text": Asked(label=_("Setningen til legen"), rows=SHORT),
        "cites": SOURCES_INSIDE,
    },
    g.Measure: {
        "unit": Asked(label=_("Enhet")),
        "low": Asked(label=_("Laveste verdi som kan skrives"), high=10_000, decimals=2),
        "high": Asked(label=_("Høyeste verdi som kan skrives"), high=10_000, decimals=2),
        "decimals": Asked(label=_("Desimaler"), high=2),
        "ceiling_mg_per_kg": Asked(
            label=_("Tak i døgnet"),
            help=_("Bare for vekt. Kan stå tomt."),
            optional=True,
            high=1,
            decimals=2,
            unit=_("mg/kg"),
        ),
        "bands": Asked(label="", heading=_("Utslag {n}")),
    },
    g.Band: {
        "drug": Asked(label=_("Legemiddel"), choice=Choice.DRUG),
        "severity": Asked(label=_("Utslag"), choice=Choice.SEVERITY),
        "at_least": Asked(label=_("Fra og med"), optional=True, high=10_000, decimals=2),
        "above": Asked(label=_("Over"), optional=True, high=10_000, decimals=2),
        "below": Asked(label=_("Under"), optional=True, high=10_000, decimals=2),
        "text": Asked(label=_("Setningen til legen"), rows=SHORT),
        "cites": SOURCES_INSIDE,
    },
    g.MedicineRule: {
        "atc_prefixes": Asked(
            label=_("ATC-kode begynner med"),
            help=_("Med komma mellom, for eksempel N06A, N05A."),
            optional=True,
        ),
        "flag": Asked(label=_("Merket i legemiddeltabellen"), choice=Choice.FLAG, optional=True),
        "qt": Asked(label=_("Forlenger QT-tiden"), choice=Choice.QT, optional=True),
        "except_atc": Asked(label=_("Unntatt ATC-kodene"), help=_("Med komma mellom."), optional=True),
    },
    g.Information: {
        "code": CODE,
        "title": TITLE,
        "limit": Asked(label=_("Når det skal sies"), choice=Choice.LIMIT, optional=True),
        "told": Asked(label=_("Det hun får vite om {n}"), rows=SHORT, optional=True),
        "cites": SOURCES,
    },
    g.Limit: {
        "code": CODE,
        "title": TITLE,
        "value": Asked(label=_("Verdi"), low=-9999),
        "unit": Asked(label=_("Enhet"), choice=Choice.UNIT),
        "asks": Asked(label=_("Når den passeres"), choice=Choice.ASKS),
        "counts_earlier": Asked(label=_("Tidligere dager i samme ammeperiode regnes med"), optional=True),
        "question": Asked(label=_("Spørsmålet som ber om en grunn"), optional=True),
        "offered": Asked(
            label=_("Ferdig forslag til grunn, første gang"),
            help=_("Ved første signering har ingen sett noen effekt ennå."),
            rows=SHORT,
            optional=True,
        ),
        "offered_at_review": Asked(
            label=_("Ferdig forslag til grunn, ved en vurdering"),
            help=_("Vises bare når effekten er sett."),
            rows=SHORT,
            optional=True,
        ),
        "drugs": Asked(label="", heading=_("Grensen for {n}")),
    },
    g.LimitText: {"text": Asked(label=_("Tekst"), rows=SHORT), "cites": SOURCES_INSIDE},
    g.SideEffect: {
        "code": CODE,
        "title": TITLE,
        "about": Asked(label=_("Hvem det gjelder"), choice=Choice.ABOUT),
        "drugs": Asked(label=_("Legemidler"), choice=Choice.DRUGS),
        "serious": Asked(label=_("Alvorlig: stans uten nedtrapping"), optional=True),
        "question": Asked(label=_("Spørsmål til legen"), rows=SHORT, optional=True),
        "text": Asked(label=_("Tekst til henne"), rows=SHORT),
        "act": Asked(label=_("Hva hun gjør"), rows=SHORT, optional=True),
        "cites": SOURCES,
    },
    g.Passage: {
        "title": Asked(label=_("Tittel"), optional=True),
        "text": TEXT,
        "cites": SOURCES,
    },
    g.Medicine: {
        "atc": Asked(label=_("ATC-kode"), help=_("Kan ikke endres siden.")),
        "substance": Asked(label=_("Virkestoff"), help=_("Kan ikke endres siden.")),
        "brands": Asked(label=_("Salgsnavn"), help=_("Ett på hver linje."), rows=SHORT, optional=True),
        "qt": Asked(label=_("Forlenger QT-tiden"), choice=Choice.QT_OF_ONE, optional=True),
        "flags": Asked(label=_("Merket som"), choice=Choice.FLAGS, optional=True),
        "note": Asked(label=_("Merknad til legen"), rows=SHORT, optional=True),
        "confidence": Asked(label=_("Hvor sikker raden er"), choice=Choice.CONFIDENCE),
    },
    g.Vignette: {
        "name": Asked(label=_("Navn"), help=_("Hvem hun er, i én setning. Kan ikke endres siden.")),
        "situation": Asked(
            label=_("Situasjon"),
            help=_('En linje for hver opplysning, som i utgavefila: answers = { seizures = "yes" }.'),
            rows=LONG,
        ),
        "expect": Asked(
            label=_("Dette skal komme ut"),
            help=_("Det som står her, må stemme før utgaven kan publiseres."),
            rows=LONG,
            optional=True,
        ),
    },
}

_MAY_BE_UNSAID = frozenset({"lower_doses", "slower_times", "review_days_max"})
_DAYS = range(1, MAX_DAYS + 1)
_DOSES = range(1, MAX_MG_A_DAY + 1)
_START = range(MAX_DAYS + 1)
_RANGES: Mapping[str, range] = {
    "tablet_mg": _DOSES,
    "doses_per_day": _DOSES,
    "lower_doses": _DOSES,
    "taper_step_mg": _DOSES,
    "start_days_back": _START,
    "start_days_ahead": _START,
    "start_days_default": range(-MAX_DAYS, MAX_DAYS + 1),
    "slower_times": range(2, SLOWEST_TIMES + 1),
}


def _figure(name: str) -> Asked:
    words, allowed = REGIMEN[name], _RANGES.get(name, _DAYS)
    return Asked(
        label=words.label,
        unit=words.units[1],
        low=allowed[0],
        high=allowed[-1],
        optional=name in _MAY_BE_UNSAID,
        help=_("Med komma mellom. Kan stå tomt.") if name == "lower_doses" else "",
    )


ASKED: Mapping[type, Mapping[str, Asked]] = MappingProxyType(
    {
        **_FIELDS,
        g.Regimen: {**{name: _figure(name) for name in REGIMEN}, "cites": SOURCES_INSIDE},
    }
)
