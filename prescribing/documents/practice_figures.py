"""The figures of a practice in words: tables with a definition each, for the page and for the file alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from guidance.guideline import Guideline
from prescribing.documents import norwegian
from prescribing.learnt import FEWEST, FEWEST_DIVIDED, Figures, Kinds, Told, asking_checks, day_limits
from prescribing.record import Ending
from prescribing.turns import Effect, Outcome

ENDINGS: Mapping[str, str | Promise] = {
    Ending.PRESCRIBED: gettext_lazy("Plan signert"),
    Ending.NOT_YET: gettext_lazy("Ikke ennå: råd først"),
    Ending.NOT_ADVISABLE: gettext_lazy("Ikke aktuelt"),
    Ending.DECLINED: gettext_lazy("Hun ønsker det ikke"),
}
STANDINGS: Mapping[str, str | Promise] = {
    "begun": gettext_lazy("Begynt"),
    "standing:running": gettext_lazy("Ikke avsluttet"),
    "standing:ended": gettext_lazy("Avsluttet"),
}
EFFECTS: Mapping[str, str | Promise] = {
    Effect.NONE: gettext_lazy("Ingen effekt"),
    Effect.SOME: gettext_lazy("Noe effekt"),
    Effect.GOOD: gettext_lazy("God effekt"),
}
OUTCOMES: Mapping[str, str | Promise] = {
    Outcome.COMPLETED: gettext_lazy("Fullført"),
    Outcome.NO_EFFECT: gettext_lazy("Ingen effekt"),
    Outcome.SIDE_EFFECT: gettext_lazy("Bivirkning"),
    Outcome.OWN_WISH: gettext_lazy("Eget ønske"),
    Outcome.OTHER: gettext_lazy("Annet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A count as it is told. `width` is its bar in percent of the longest in the table, None where none is drawn."""

    text: str
    told: Told
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: what is counted, and the count. `drug` names the one that the row before it is told for alone."""

    label: str
    cell: Cell
    drug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`whole` is what the rows are counted among. `several`: a course can be in more than one row, or in none.

    `defined` says how it is counted. Where the whole is too small to be divided, `lines` is empty and `too_few` true.
    """

    code: str
    title: str
    defined: str
    whole: Line
    lines: tuple[Line, ...]
    several: bool = False

    @property
    def too_few(self) -> bool:
        """Whether nothing is told but the whole."""
        return not self.lines

    @property
    def shown(self) -> tuple[Line, ...]:
        """The rows that stand by themselves: all of them, but of many only those that are not small."""
        return tuple(line for line in self.lines if not self._in_few(line))

    @property
    def few(self) -> tuple[Line, ...]:
        """The small ones among many rows."""
        return tuple(line for line in self.lines if self._in_few(line))

    def _in_few(self, line: Line) -> bool:
        return self.several and line.cell.told is Told.UNDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What drugs, side effects and checks are called, by code, and the words for the bands of days."""

    drugs: Mapping[str, str]
    side_effects: Mapping[str, str]
    checks: Mapping[str, str]
    bands: tuple[str, ...]
    one_drug: tuple[str, ...]

    @property
    def kinds(self) -> Kinds:
        """What there is to count."""
        return Kinds(
            drugs=tuple(self.drugs),
            side_effects=tuple(self.side_effects),
            checks=tuple(self.checks),
            bands=len(self.bands),
            one_drug=self.one_drug,
        )


def titles(guidelines: Sequence[Guideline]) -> Titles:
    """What is named in any of these editions; where two name it differently, the first one's title."""
    latest_last = list(reversed(guidelines))
    return Titles(
        drugs={drug.code: drug.name for one in latest_last for drug in one.drugs},
        side_effects={effect.code: effect.title for one in latest_last for effect in one.side_effects},
        checks={code: title for one in latest_last for code, title in asking_checks(one).items()},
        bands=_bands(guidelines),
        one_drug=_one_drug(guidelines),
    )


def _one_drug(guidelines: Sequence[Guideline]) -> tuple[str, ...]:
    """The first limit of each drug in the first edition, where no edition lets it concern another drug."""
    firsts = [limits[0] for drug in guidelines[0].drugs if (limits := day_limits(guidelines[0], drug.code))]
    concerned: dict[str, set[str]] = {}
    for guideline in guidelines:
        for limit in guideline.limits:
            concerned.setdefault(limit.code, set()).update(limit.drugs)
    return tuple(dict.fromkeys(limit.code for limit in firsts if len(concerned[limit.code]) == 1))


def tables(figures: Figures, names: Titles, guideline: Guideline) -> tuple[Table, ...]:
    """Every table, in the order of a course. `guideline` is the edition in force."""
    return (
        _endings(figures),
        _standings(figures, names),
        _effects(figures, guideline),
        _emptying(figures),
        _outcomes(figures),
        _side_effects(figures, names),
        _days(figures, names),
        _overrides(figures, names),
    )


def legend() -> tuple[tuple[str, str], ...]:
    """The words that stand where a count does not, each with what it means."""
    return (
        (_under(), gettext("0, 1, 2, 3 eller 4. Et så lite tall vises aldri, heller ikke når det er 0.")),
        (_back(), gettext("Holdt tilbake, fordi et tall under %(fewest)s ellers kunne regnes ut.") % FIGURES),
        (_nearly_all(), gettext("Alle i tabellen, eller alle unntatt færre enn %(fewest)s.") % FIGURES),
    )


FIGURES = {"fewest": FEWEST, "divided": FEWEST_DIVIDED}


def _under() -> str:
    return gettext("under %(fewest)s") % FIGURES


def _back() -> str:
    return gettext("ikke vist")


def _nearly_all() -> str:
    return gettext("nesten alle")


# --- the tables -------------------------------------------------------------------------------------------


def _endings(figures: Figures) -> Table:
    return _table(
        figures,
        code="endings",
        title=gettext("Slik endte vurderingene"),
        defined=gettext(
            "Telt: alle signerte førstevurderinger ved kontoret. Hver står i én rad: den enden som ble signert. "
            "Senere vurderinger i samme forløp telles ikke her."
        ),
        whole=("assessed", gettext("Vurderinger i alt")),
        rows={f"ending:{code}": str(label) for code, label in ENDINGS.items()},
    )


def _standings(figures: Figures, names: Titles) -> Table:
    return _table(
        figures,
        code="treatments",
        title=gettext("Behandlingene"),
        defined=gettext(
            "Telt: alle forløp med signert plan. «Begynt»: startdatoen er kjent og var nådd, og forløpet ble ikke "
            "avsluttet før første tablett. «Avsluttet»: en senere vurdering avsluttet forløpet. «Ikke avsluttet»: "
            "resten, også de som ikke er begynt. Et begynt forløp står også i en av de to andre radene."
        ),
        whole=_of_plans(),
        rows={name: str(label) for name, label in STANDINGS.items()},
        drugs=names.drugs,
    )


def _effects(figures: Figures, guideline: Guideline) -> Table:
    day = {"day": guideline.regimen.review_after_days}
    return _table(
        figures,
        code="effect",
        title=gettext("Effekt ved første vurdering fra dag %(day)s") % day,
        defined=gettext(
            "Telt: alle forløp med signert plan. Raden er svaret på «effekt» i den første vurderingen på dag "
            "%(day)s eller senere der både effekt og tømming er besvart. Dag 1 er startdatoen. «Ingen slik "
            "vurdering» er resten, også forløp som ikke er kommet så langt."
        )
        % day,
        whole=_of_plans(),
        rows={f"effect:{code}": str(label) for code, label in EFFECTS.items()}
        | {"not-reviewed": gettext("Ingen slik vurdering")},
    )


def _emptying(figures: Figures) -> Table:
    return _table(
        figures,
        code="emptying",
        title=gettext("Tømming av brystene"),
        defined=gettext(
            "Telt: forløpene der både effekt og tømming er besvart i en slik vurdering. Raden er svaret på om hun har "
            "ammet eller pumpet som avtalt."
        ),
        whole=("reviewed", gettext("Forløp med en slik vurdering")),
        rows={"emptied": gettext("Som avtalt"), "not-emptied": gettext("Ikke som avtalt")},
    )


def _outcomes(figures: Figures) -> Table:
    return _table(
        figures,
        code="outcomes",
        title=gettext("Hvorfor behandlingen sluttet"),
        defined=gettext(
            "Telt: forløp med signert plan som er avsluttet. Hvert står i én rad: grunnen som ble valgt da det ble "
            "avsluttet."
        ),
        whole=_of_ended(),
        rows={f"outcome:{code}": str(label) for code, label in OUTCOMES.items()},
    )


def _side_effects(figures: Figures, names: Titles) -> Table:
    return _table(
        figures,
        code="side-effects",
        title=gettext("Meldte bivirkninger"),
        defined=gettext(
            "Telt: forløp der minst ett spørsmål om bivirkninger er besvart. Et forløp telles én gang i hver rad der "
            "svaret har vært ja, uansett hvor mange ganger, og kan stå i flere rader eller i ingen. Ingen har avgjort "
            "om legemidlet var årsaken."
        ),
        whole=("asked", gettext("Forløp der det er spurt om bivirkninger")),
        rows={f"side-effect:{code}": title for code, title in names.side_effects.items()},
        several=True,
    )


def _days(figures: Figures, names: Titles) -> Table:
    return _table(
        figures,
        code="days",
        title=gettext("Dager med behandling"),
        defined=gettext(
            "Telt: forløp med signert plan som er avsluttet. Dagene er talt fra første til siste dag med tablett i den "
            "planen som ble fulgt til slutt; 0 dager der hun aldri begynte. Om hver tablett ble tatt, vet ingen. "
            "Skillene er utgavens grenser."
        ),
        whole=_of_ended(),
        rows={f"band:{number}": label for number, label in enumerate(names.bands)},
    )


def _overrides(figures: Figures, names: Titles) -> Table:
    return _table(
        figures,
        code="overrides",
        title=gettext("Signert med begrunnelse"),
        defined=gettext(
            "Telt: alle forløp med signert plan. Et forløp telles én gang i hver rad der en sjekk, en grense eller et "
            "svar ved vurderingen ba om en begrunnelse for det valgte legemidlet, og legen begrunnet og signerte."
        ),
        whole=_of_plans(),
        rows={f"override:{code}": title for code, title in names.checks.items()},
        several=True,
    )


def _of_plans() -> tuple[str, str]:
    return (f"ending:{Ending.PRESCRIBED}", gettext("Forløp med signert plan"))


def _of_ended() -> tuple[str, str]:
    return ("standing:ended", gettext("Avsluttede forløp med plan"))


# --- how a table is put together --------------------------------------------------------------------------


def _table(
    figures: Figures,
    *,
    code: str,
    title: str,
    defined: str,
    whole: tuple[str, str],
    rows: Mapping[str, str],
    drugs: Mapping[str, str] | None = None,
    several: bool = False,
) -> Table:
    every: dict[str, tuple[str, str]] = {}
    for name, label in rows.items():
        every[name] = (label, "")
        by_drug = {f"{name}:{code}": (label, drug) for code, drug in (drugs or {}).items()}
        every |= {part: words for part, words in by_drug.items() if part in figures.told}
    told = any(figures.told[name] is not Told.NOTHING for name in rows)
    longest = max((figures.exact.get(name, 0) for name in every), default=0)
    lines = tuple(
        Line(label=label, cell=_cell(figures, name, longest), drug=drug)
        for name, (label, drug) in every.items()
    )
    return Table(
        code=code,
        title=title,
        defined=defined,
        whole=Line(label=whole[1], cell=_cell(figures, whole[0])),
        lines=lines if told else (),
        several=several,
    )


def _cell(figures: Figures, name: str, longest: int = 0) -> Cell:
    told = figures.told[name]
    if told is Told.EXACT:
        count = figures.exact[name]
        return Cell(text=str(count), told=told, width=round(100 * count / longest) if longest else None)
    if figures.nearly_all(name):
        return Cell(text=_nearly_all(), told=told)
    return Cell(text=_under() if told is Told.UNDER else _back(), told=told)


# --- the bands of days ------------------------------------------------------------------------------------


def _bands(guidelines: Iterable[Guideline]) -> tuple[str, ...]:
    """«Til og med 5 dager (metoklopramid) eller 7 dager (domperidon)», «Deretter til og med 28 dager», «Lenger»."""
    borders: list[dict[str, set[int]]] = []
    for guideline in guidelines:
        for drug in guideline.drugs:
            for rank, limit in enumerate(day_limits(guideline, drug.code)):
                if rank == len(borders):
                    borders.append({})
                borders[rank].setdefault(drug.name.lower(), set()).add(limit.value)
    return (*(_until(rank, border) for rank, border in enumerate(borders)), _beyond(borders))


def _until(rank: int, border: Mapping[str, set[int]]) -> str:
    words = {"days": _border(border)}
    if rank == 0:
        return gettext("Til og med %(days)s") % words
    return gettext("Lenger, til og med %(days)s") % words


def _beyond(borders: Sequence[Mapping[str, set[int]]]) -> str:
    if not borders:
        return gettext("Alle")
    return gettext("Mer enn %(days)s") % {"days": _border(borders[-1])}


def _border(border: Mapping[str, set[int]]) -> str:
    values = {drug: _either(norwegian.days(value) for value in sorted(days)) for drug, days in border.items()}
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return _either(f"{days} ({drug})" for drug, days in values.items())


def _either(words: Iterable[str]) -> str:
    return gettext(" eller ").join(words)
