"""The edition that the program ships, as the rules meet it, and a woman with nothing against treatment."""

from decimal import Decimal
from pathlib import Path

from guidance.edition_file import read_edition
from guidance.guideline import Kind
from prescribing.answers import AdviceAnswer, AdviceState, Answers, ListedMedicine, Reply

FIRST_EDITION = read_edition(
    (Path(__file__).parents[2] / "guidance" / "content" / "2026-3.toml").read_text(encoding="utf-8")
)
ASKED = tuple(check.code for check in FIRST_EDITION.checks if check.kind is Kind.ASKED)

WELL = Answers(
    advice={advice.code: AdviceAnswer(state=AdviceState.TRIED) for advice in FIRST_EDITION.advice},
    replies=dict.fromkeys(ASKED, Reply.NO) | {"breastfeeding-help": Reply.YES},
    measured={"age": Decimal(31), "weight": Decimal(72), "qtc": Decimal(430)},
    medicines=(),
)


def taking(*codes: str) -> tuple[ListedMedicine, ...]:
    """A medicine list with one line for each ATC code."""
    return tuple(ListedMedicine(typed=code, atc=(code,)) for code in codes)
