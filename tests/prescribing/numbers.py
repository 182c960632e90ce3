"""The regimen and the limits of the first edition, typed by hand: what the arithmetic is judged by."""

from guidance.guideline import Asks, Limit, LimitText, Regimen, Unit

METOCLOPRAMIDE, DOMPERIDONE = "metoklopramid", "domperidon"
DRUGS = (METOCLOPRAMIDE, DOMPERIDONE)

REGIMEN = Regimen(  # R1–R3, D7
    tablet_mg=10,
    doses_per_day=3,
    lower_doses=(2, 1),
    full_days_min=7,
    full_days_max=14,
    full_days_default=7,
    taper_step_mg=10,
    taper_step_days=7,
    last_week_days=7,
    last_week_every_days=2,
    last_week_first_day=1,
    try_days=5,
    review_after_days=5,
    start_days_back=7,
    start_days_ahead=30,
    start_days_default=1,
    slower_times=2,
    review_days_max=10,
    cites={},
)


def limit(
    code: str,
    value: int,
    asks: Asks,
    *,
    unit: Unit = Unit.DAYS,
    counts_earlier: bool = False,
    drugs: tuple[str, ...] = DRUGS,
) -> Limit:
    """A limit with its numbers alone."""
    return Limit(
        code=code,
        title=code,
        unit=unit,
        value=value,
        asks=asks,
        counts_earlier=counts_earlier,
        drugs={drug: LimitText(text=code, cites=("W1",)) for drug in drugs},
        question="",
        offered="",
    )


FIVE_DAYS = limit("eu-5-days", 5, Asks.REASON, drugs=(METOCLOPRAMIDE,))  # W1, P2
ONE_WEEK = limit("eu-1-week", 7, Asks.REASON, drugs=(DOMPERIDONE,))  # S-SPC-D 4.2
LONG_TERM = limit("long-term", 28, Asks.WEIGHED, counts_earlier=True)  # M9, D7
THREE_MONTHS = limit("three-months", 90, Asks.NO_PLAN, counts_earlier=True)  # W3
MAX_DAILY_DOSE = limit("max-daily-dose", 30, Asks.NO_PLAN, unit=Unit.MG_PER_DAY)  # S-SPC-M, S-SPC-D 4.2
DOSE_INTERVAL = limit(
    "dose-interval", 6, Asks.PRINTED, unit=Unit.HOURS, drugs=(METOCLOPRAMIDE,)
)  # S-SPC-M 4.2
LIMITS = (FIVE_DAYS, ONE_WEEK, LONG_TERM, THREE_MONTHS, MAX_DAILY_DOSE, DOSE_INTERVAL)
