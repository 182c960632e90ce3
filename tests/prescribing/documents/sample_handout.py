"""A handout that is made up but like a real one, for trying the press: a plan with dates in front, words on the back.

Its content stands once, as plain values; `as_html` sets it for the press. The real sheets come from the edition.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from prescribing.documents import norwegian
from prescribing.documents.qr import qr_image

BOX = "\N{BALLOT BOX}"
TITLE = "Metoklopramid for mer melk: planen din"
HEADING = "Metoklopramid for mer melk"
LEAD = (
    "Ta tablettene slik planen viser, og kryss av underveis. Etter timen hos legen gjelder planen bare hvis du har "
    "fått mer melk og selv vil fortsette."
)
LEGEND = (
    "En rute er en tablett. Stiplet ramme: bare etter avtale med legen. Skriv gjerne et ord under datoen "
    "om hvordan det går."
)
STOP = "Slutt med tablettene og ring legen hvis du"
STOP_WHEN = (
    "blir trist, tung til sinns eller mister håpet",
    "blir urolig i kroppen og ikke klarer å sitte stille",
    "får kramper eller stivhet i nakke, ansikt eller øyne, eller skjelver",
    "får bevegelser i ansikt, munn eller tunge som du ikke styrer",
)
STOP_WHOM = (
    "Ring legevakten på 116117 når legekontoret er stengt. Ring 113 hvis det haster, eller hvis du tenker på å skade "
    "deg selv eller barnet."
)
BACK = (
    (
        "Hvorfor du får denne medisinen",
        "Metoklopramid er laget mot kvalme. En bivirkning er at kroppen lager mer av hormonet prolaktin, og det kan "
        "gi mer melk. Det er denne bivirkningen vi bruker. Medisinen er ikke godkjent for å gi mer melk. Den har "
        "vært brukt slik i mange år, og mange har fått god hjelp av den.",
    ),
    (
        "Hvorfor planen er lengre enn pakningsvedlegget sier",
        "I pakningsvedlegget står det at medisinen skal brukes noen få dager, og ikke når du ammer. Myndighetene "
        "advarer mot å bruke den i mer enn fem dager, fordi noen har fått bivirkninger fra nervene. Legen kan velge "
        "en lengre plan når det er god grunn til det og du kjenner advarselen. Du og legen har snakket om dette.",
    ),
    (
        "Timen hos legen",
        "Da ser dere om du har fått mer melk. Har du ikke det, selv om du har ammet eller pumpet ofte, slutter du. "
        "Har det virket godt, velger du selv om du vil fortsette. Kommer du ikke til timen, tar du ikke flere "
        "tabletter. Ring legekontoret.",
    ),
    (
        "Amm ofte og tøm brystet godt",
        "Det betyr mest for melken, også når du tar færre tabletter og etter at du har sluttet. Melken kan minke "
        "igjen når du slutter. Derfor tar du færre tabletter litt etter litt.",
    ),
    (
        "Følg med på barnet",
        "Litt av medisinen går over i melken. Ring legen eller helsestasjonen hvis barnet blir uvanlig slapt eller "
        "søvnig, er urolig, rykker i kroppen eller spiser dårlig.",
    ),
)
GOOD_TO_KNOW = "Godt å vite"
WORTH_KNOWING = (
    "Har du glemt en tablett? Hopp over den. Ta aldri to på en gang.",
    "Det skal gå minst seks timer mellom to tabletter.",
    "Du kan bli søvnig. Da skal du ikke kjøre bil. Alkohol gjør det verre.",
)
WORDS = "Ord som er brukt"
EXPLAINED = (
    (
        "Utenfor godkjent bruk",
        "Firmaet som lager medisinen, har ikke prøvd den ut for dette og ikke søkt om godkjenning.",
    ),
    (
        "Bivirkninger fra nervene",
        "Rykninger, skjelving, stivhet og bevegelser som du ikke styrer selv.",
    ),
)
ASK = "Hvem du kan spørre"
ASK_WHOM = (
    "Legen din, jordmor eller helsesykepleier. Det nyeste arket fra legen gjelder alltid. QR-koden viser om teksten "
    "på dette arket fortsatt er i bruk."
)
ADDRESS = "https://melkeveien.example/v/2026-3-3f9a1c22"
EDITION = "Utgave 2026-3 (3f9a1c22). Levert med programmet, ikke klinisk godkjent."
PURPOSE = "Melkeveien støtter samtalen mellom deg og legen, og avgjør ingenting alene. Ikke CE-merket."
TAPER_DAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """Three tablets a day for `full_days`, two, one, one every other day, a week each."""

    start: date = date(2026, 11, 23)
    full_days: int = 14
    code: str = "K7F-3QD"
    printed: str = "22.11.2026 kl. 14.30"

    @property
    def last(self) -> date:
        """The last day of the plan."""
        return self._day(self.full_days + TAPER_DAYS - 1)

    @property
    def review(self) -> date:
        """The day of the appointment."""
        return self._day(5)

    @property
    def reference(self) -> str:
        """Course code and time, for every page."""
        return f"{self.code}, {self.printed}"

    def facts(self) -> Iterator[tuple[str, str]]:
        """What the plan is; "" is a line to write on."""
        yield "Navn", ""
        yield "Medisin", f"metoklopramid {norwegian.quantity(10, 'mg')} tabletter (Afipran)"
        yield "Første dag", norwegian.date_in_words(self.start)
        yield "Time hos legen", f"{norwegian.date_in_words(self.review)}, klokken ________"

    def steps(self) -> Iterator[tuple[str, str]]:
        """Which days, and how many tablets."""
        days = self.full_days
        yield self._span(0, days), "3 om dagen: morgen, midt på dagen og kveld"
        yield self._span(days, days + 7), "2 om dagen: morgen og kveld"
        yield self._span(days + 7, days + 14), "1 om dagen: kveld"
        yield self._span(days + 14, days + TAPER_DAYS), "1 annenhver dag: kveld"

    def weeks(self) -> Iterator[list[tuple[str, str]]]:
        """Weeks from Monday; each day its kind and its text."""
        monday = self.start - timedelta(days=self.start.weekday())
        while monday <= self.last:
            yield [self._cell(monday + timedelta(days=n)) for n in range(7)]
            monday += timedelta(days=7)

    def _cell(self, day: date) -> tuple[str, str]:
        if not self.start <= day <= self.last:
            return "outside", ""
        boxes = BOX * self._tablets((day - self.start).days) or "–"
        if day == self.review:
            return "appointment", f"{norwegian.short_date(day)} TIME\n{boxes}"
        return ("only-if-agreed" if day > self.review else "agreed"), f"{norwegian.short_date(day)} {boxes}"

    def _tablets(self, number: int) -> int:
        week = (number - self.full_days) // 7
        return 3 if week < 0 else (2, 1, 1 - (number - self.full_days) % 2)[week]

    def _day(self, number: int) -> date:
        return self.start + timedelta(days=number)

    def _span(self, first: int, end: int) -> str:
        return f"{norwegian.short_date(self._day(first))}–{norwegian.short_date(self._day(end - 1))}"


def as_html(handout: Handout, *, large: bool = False) -> str:
    """The document for the press; the back stands."""
    return (
        '<!doctype html><html lang="nb"><head><meta charset="utf-8">'
        f"<title>{escape(TITLE)}</title></head>"
        f'<body class="{"large" if large else "dense"}" data-sheet="{escape(TITLE)}" '
        f'data-reference="{handout.reference}" data-edition="{escape(EDITION)}" data-purpose="{escape(PURPOSE)}">'
        f'<main class="page">{_front(handout)}</main>'
        f'<!--standing--><section class="page">{_back()}</section><!--/standing-->'
        "</body></html>"
    )


def _front(handout: Handout) -> str:
    days = "".join(f'<th scope="col">{name.capitalize()}</th>' for name in norwegian.WEEKDAYS)
    weeks = "".join(
        "<tr>" + "".join(f'<td class="{kind}">{text}</td>' for kind, text in week) + "</tr>"
        for week in handout.weeks()
    )
    return (
        f'<h1>{HEADING}</h1><p class="lead">{LEAD}</p>{_facts(handout.facts())}'
        f"<h2>Så mange tabletter tar du</h2>{_facts(handout.steps())}"
        f'<table class="calendar"><caption>Kalenderen din</caption><thead><tr>{days}</tr></thead>'
        f'<tbody>{weeks}</tbody></table><p class="small">{LEGEND}</p>'
        f'<section class="stop-panel"><h2>{STOP}</h2>{_list(STOP_WHEN)}<p>{STOP_WHOM}</p></section>'
    )


def _back() -> str:
    sections = "".join(f"<h2>{heading}</h2><p>{text}</p>" for heading, text in BACK)
    words = "".join(f"<dt>{word}</dt><dd>{meaning}</dd>" for word, meaning in EXPLAINED)
    return (
        f"{sections}<h2>{GOOD_TO_KNOW}</h2>{_list(WORTH_KNOWING)}<h2>{WORDS}</h2><dl>{words}</dl>"
        f"<h2>{ASK}</h2><p>{ASK_WHOM}</p>"
        f'<img class="qr" src="{escape(qr_image(ADDRESS))}" alt="QR-kode til {ADDRESS}">'
    )


def _facts(facts: Iterator[tuple[str, str]]) -> str:
    lines = (
        f"<dt>{name}</dt><dd>{text}</dd>" if text else f'<dt>{name}</dt><dd class="write"></dd>'
        for name, text in facts
    )
    return f'<dl class="facts">{"".join(lines)}</dl>'


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
