"""Her sheet read back from its PDF: everything said of doses, days and tablets, letter by letter, as the oracle has it.

What should stand there is put together here from the oracle's count and its calendar (`_oracle`), with words typed by
hand, and compared with the text on the paper: the lines of the plan, the drawing, and the calendar with a row a week.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product

from prescribing.answers import PlanChoice
from prescribing.documents import press
from prescribing.documents.handout import handout_html
from tests.paper import tagged_text
from tests.prescribing.documents.cases import case, record
from tests.proofs._oracle import Counted, Date, Stretch, Wanted, calendar, count
from tests.proofs.oracle import DOSES, DRUGS, OFFERED
from tests.proofs.proof import Finding

WHAT = "every number and date on her sheet, read back from its PDF"
GOAL = "equal to the oracle's plan: all regimens, 50 start dates; large print too"

AROUND = (  # days that a plan should have to cross
    date(2027, 1, 1),
    date(2028, 2, 29),
    date(2027, 3, 1),
    date(2027, 3, 28),  # Easter, and summer time begins
    date(2026, 10, 25),  # summer time ends
    date(2027, 5, 17),
    date(2027, 12, 25),
    date(2032, 2, 29),
    date(2030, 12, 31),
    date(2035, 7, 1),
)
STARTS = [day - timedelta(days=before) for day, before in product(AROUND, (0, 1, 5, 12, 27))]
LARGE_STARTS = STARTS[3::25]
MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
WEEKDAYS = "mandag tirsdag onsdag torsdag fredag lørdag søndag".split()
A_MONDAY = (2024, 1, 1)
SLOTS = {3: "morgen, midt på dagen og kveld", 2: "morgen og kveld", 1: "morgen"}
BOXES = {3: "M☐D☐K☐", 2: "M☐K☐", 1: "M☐", 0: "ingen"}
FLAGS = {"metoklopramid": {5: "5 dager", 28: "4 uker"}, "domperidon": {7: "en uke", 28: "4 uker"}}
PATIENT = press.Limits(cpu_seconds=60, seconds=300, wait_seconds=300)  # how long it takes is not asked here
HEADS = "mantironstorfrelørsøn"  # stand again where the calendar goes on to the next page


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a sheet is made for."""

    wanted: Wanted
    start: date
    large: bool = False

    def html(self) -> str:
        """The sheet as it goes to the press."""
        choice = PlanChoice(
            drug=self.wanted.drug,
            doses=self.wanted.doses,
            full_days=self.wanted.full_days,
            last_week=self.wanted.last_week,
            stop_after=self.wanted.stop_after,
            start=self.start,
        )
        return handout_html(case(record(choice)), large=self.large)


@cache
def leaves(start: date) -> tuple[Date, ...]:
    """The dates from a start on, by the oracle's calendar."""
    return tuple(calendar((start.year, start.month, start.day), 50))


def weekday(leaf: Date) -> int:
    """0 for Monday, counted from one."""
    return len(calendar(A_MONDAY, 8000)[: _place(leaf)]) % 7


@cache
def _places() -> dict[Date, int]:
    return {leaf: place for place, leaf in enumerate(calendar(A_MONDAY, 8000))}


def _place(leaf: Date) -> int:
    return _places()[leaf]


def short(leaf: Date) -> str:
    """«7.12.»"""
    return f"{leaf[2]}.{leaf[1]}."


def long(leaf: Date) -> str:
    """«mandag 7. desember 2026»"""
    return f"{WEEKDAYS[weekday(leaf)]} {leaf[2]}. {MONTHS[leaf[1] - 1]} {leaf[0]}"


def span(first: Date, last: Date) -> str:
    """«7.12.–13.12.»; one day alone is one date."""
    return short(first) if first == last else f"{short(first)}–{short(last)}"


def tablets(number: int) -> str:
    """«15 tabletter»"""
    return f"{number} tablett{'' if number == 1 else 'er'}"


def lines(sheet: Sheet) -> str:
    """The lines of the plan."""
    counted, days = _counted(sheet.wanted), leaves(sheet.start)
    review = counted.waits.index(True) if True in counted.waits else len(counted.waits)
    most = max(counted.tablets_by_day)
    said = [
        "Navn",
        *_doses(counted, days, 1, review),
        f"På ett døgn Ta aldri mer enn {tablets(most)} ({10 * most} mg)",
        f"Time hos legen {_capital(long(days[5]))}, kl. telefon",
        f"Tabletter nå {tablets(sum(counted.tablets_by_day[:5]))}, til og med {long(days[4])}",
    ]
    if True in counted.waits:
        said += ["Bare etter avtale på timen:", *_doses(counted, days, review + 1, len(counted.waits))]
    return " ".join(said)


def _counted(wanted: Wanted) -> Counted:
    counted = count(wanted)
    if counted is None:
        raise ValueError(f"no plan for {wanted}")
    return counted


def _doses(counted: Counted, days: Sequence[Date], first: int, last: int) -> Iterator[str]:
    for one in counted.stretches:
        begins, ends = max(one.first, first), min(one.last, last)
        if begins <= ends:
            times = (
                "annenhver dag"
                if one.every == 2
                else f"{one.doses} gang{'er' if one.doses > 1 else ''} daglig"
            )
            dates = span(days[begins - 1], days[ends - 1])
            yield f"{dates} 1 tablett (10 mg) {times}: {SLOTS[one.doses]}"


def drawing(sheet: Sheet) -> str:
    """The words of the drawing as an expression: what it has no room for is said shorter, or left out.

    A limit that the plan does not reach may stand at its end.
    """
    counted, days = _counted(sheet.wanted), leaves(sheet.start)
    waits = f"({re.escape(bare(', så bare etter avtale'))})?" if True in counted.waits else ""
    flags = FLAGS[sheet.wanted.drug].items()
    said = [
        re.escape(bare(f"Time {short(days[5])}")) + waits,
        *(f"(Merenn{bare(words)}){'' if day <= len(counted.waits) else '?'}" for day, words in flags),
        *(_forms(one) for one in counted.stretches),
        *(_dates(days[one.first - 1], days[one.last - 1]) for one in counted.stretches),
    ]
    return "".join(said)


def _forms(one: Stretch) -> str:
    rhythm = "|10mg×1annenhverdag|annenhverdag" if one.every == 2 else ""
    return f"(10mg×{one.doses}|×{one.doses}{rhythm})?"


def _dates(first: Date, last: Date) -> str:
    return f"({re.escape(span(first, last))}|{re.escape(short(first))}|{re.escape(short(last))})?"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def boxes(sheet: Sheet) -> str:
    """The calendar: a row a week, a line to write on under each, and a band over the days that wait."""
    counted, days = _counted(sheet.wanted), leaves(sheet.start)
    numbers = range(1, max(len(counted.waits), 6) + 1)
    waiting = [number for number in numbers if number <= len(counted.waits) and counted.waits[number - 1]]
    agreed = [number for number in numbers if number not in waiting]
    said = ["Fram til timen", *_weeks(counted, days, agreed, "Hvordan går det?")]
    if waiting:
        said += ["Etter timen: bare etter avtale"]
        said += _weeks(counted, days, waiting, "Bare etter avtale. Hvordan går det?")
    return " ".join(said)


def _weeks(counted: Counted, days: Sequence[Date], numbers: Sequence[int], diary: str) -> Iterator[str]:
    for number in numbers:
        beyond = number > len(counted.tablets_by_day)
        held = number == 6
        cell = "" if beyond else BOXES[counted.tablets_by_day[number - 1]]
        yield f"{short(days[number - 1])}{' TIME' if held else ''} {cell}"
        if weekday(days[number - 1]) == 6 or number == numbers[-1]:
            yield diary


def bare(text: str) -> str:
    """Without spaces, so that where a line breaks does not matter."""
    return re.sub(r"\s", "", text)


def read(pdf: bytes, *, large: bool) -> str:
    """What stands on paper, in the order in which it is drawn; a large print goes over pages, and its tags are read."""
    return bare(tagged_text(pdf) if large else first_page(pdf)).replace(HEADS, "")


def first_page(pdf: bytes) -> str:
    """The text of the first page."""
    ran = subprocess.run(
        ["pdftotext", "-raw", "-l", "1", "-", "-"],  # noqa: S607
        input=pdf,
        capture_output=True,
        check=True,
    )
    return ran.stdout.decode()


def differs(sheet: Sheet, html: str) -> bool:
    """Whether what is printed from `html` is not what the oracle has for the sheet."""
    text = read(press.print_pdf(html, limits=PATIENT, strict=True).pdf, large=sheet.large)
    plan, named, below = text.partition("Framtiltimen")
    above = re.escape(bare(lines(sheet))) + drawing(sheet) + "(Settkryss|Sliktardu)"
    days, rest = bare(boxes(sheet)), named + below
    as_drawn = re.search(above, plan) is not None and rest.startswith(days)
    return not as_drawn or re.search(r"☐|TIME|Hvordangårdet", rest[len(days) :]) is not None


def regimens() -> list[Wanted]:
    """Every first plan; «5 dager først» once for each dose, since nothing else of it is on paper."""
    whole = [
        Wanted(drug=drug, doses=doses, full_days=days, last_week=last)
        for drug, doses, days, last in product(DRUGS, DOSES, OFFERED, (False, True))
    ]
    tries = [replace(one, stop_after=5) for one in whole if one.full_days == 7 and not one.last_week]
    return [*whole, *tries]


def _begin() -> None:
    import django  # the papers are Django templates; other proofs need none of it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()


def measure() -> Finding:
    """All regimens from each start, and in large print from two of them."""
    _begin()
    sheets = [Sheet(wanted=wanted, start=start) for wanted, start in product(regimens(), STARTS)]
    large = [
        Sheet(wanted=wanted, start=start, large=True) for wanted, start in product(regimens(), LARGE_STARTS)
    ]
    wrong = _those(sheets + large, lambda sheet: differs(sheet, sheet.html()))
    cells = sum(max(len(_counted(sheet.wanted).waits), 6) for sheet in sheets + large)
    figure = (
        f"{len(wrong)} of {len(sheets):,} sheets and {len(large)} in large print differ, {cells:,} days read"
    )
    return Finding(figure=figure + (f"; the first: {wrong[0]}" if wrong else ""), holds=not wrong)


def _those(sheets: Sequence[Sheet], are: Callable[[Sheet], bool]) -> list[Sheet]:
    with ThreadPoolExecutor(max_workers=2) as both:  # as many as the press has workers
        return [sheet for sheet, is_so in zip(sheets, both.map(are, sheets), strict=True) if is_so]


def control() -> Finding:
    """One sheet with every digit of its plan raised by one, and every box taken away, one at a time."""
    _begin()
    longest = Wanted(drug=DRUGS[0], doses=3, full_days=14, last_week=True)
    sheet = Sheet(wanted=longest, start=date(2026, 11, 23))
    altered = list(_altered(sheet.html()))
    with ThreadPoolExecutor(max_workers=2) as both:
        found = sum(both.map(lambda html: differs(sheet, html), altered))
    return Finding(
        figure=f"{found} of {len(altered)} sheets with one digit or one box changed differ",
        holds=found < len(altered),
    )


def _altered(html: str) -> Iterator[str]:
    """The sheet with one thing changed in a line of the plan or a cell of the calendar."""
    front = html.index("<!--standing-->")
    for text in re.finditer(r"<(dt|dd|td)\b[^>]*>(.*?)</\1>", html[:front], re.DOTALL):
        for sign in re.finditer(r"\d|☐", text[2]):
            place = text.start(2) + sign.start()
            instead = str((int(sign[0]) + 1) % 10) if sign[0].isdigit() else ""
            yield html[:place] + instead + html[place + 1 :]
