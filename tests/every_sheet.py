"""Every sheet in every language as PDF, to be looked at: `python -m tests.every_sheet FOLDER [LANGUAGE …]`."""

# ruff: noqa: E402 - Django is set up before what stands on it is read

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings

from guidance.management.commands.load_translations import FOLDER
from guidance.translating import LANGUAGES, NORWEGIAN, read_translation
from prescribing.documents.handout import (
    advice_handout_html,
    handout_html,
    information_sheet_html,
    stop_sheet_html,
)
from prescribing.documents.press.typesetting import Typesetter
from prescribing.documents.told_in import ToldIn, told_in
from prescribing.record import Ending
from tests.prescribing.documents.cases import DOMP, METO, WELL, case, choice, ended, record
from tests.prescribing.documents.courses import HELD, SIDE_EFFECT
from tests.prescribing.first_edition import FIRST_EDITION

MOST_PAGES = 12
PAPERS: dict[str, Any] = {
    "plan": partial(handout_html, case(record(choice(full_days=14, last_week=True)))),
    "plan-domperidon": partial(handout_html, case(record(choice(drug=DOMP)))),
    "plan-uten-dato": partial(handout_html, case(record(choice(start=None)))),
    "plan-stor": partial(handout_html, case(), large=True),
    "plan-videre": partial(handout_html, HELD),
    "stopp": partial(stop_sheet_html, SIDE_EFFECT),
    "stopp-stor": partial(stop_sheet_html, SIDE_EFFECT, large=True),
    "rad": partial(advice_handout_html, ended(Ending.NOT_YET, answers=WELL)),
    "informasjon-metoklopramid": partial(information_sheet_html, FIRST_EDITION, METO),
    "informasjon-domperidon": partial(information_sheet_html, FIRST_EDITION, DOMP),
}


def every_sheet(codes: tuple[str, ...]) -> Iterator[tuple[str, str, Any]]:
    """The code of the language, the name of the paper, and what was printed."""
    typesetter = Typesetter()
    for code in codes:
        for name, html in PAPERS.items():
            yield code, name, typesetter.typeset(html(told=_told(code)), most_pages=MOST_PAGES)


def _told(code: str) -> ToldIn | None:
    if code == NORWEGIAN:
        return None
    file = read_translation((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return told_in(FIRST_EDITION, code, file.sentences, assured=file.supplied)


if __name__ == "__main__":
    settings.SITE_ADDRESS = "https://melkeveien.example"
    folder, *asked = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    for language, paper, printed in every_sheet(tuple(asked) or tuple(LANGUAGES)):
        Path(folder, f"{language}-{paper}.pdf").write_bytes(printed.pdf)
        print(language, paper, f"{printed.pages} pages", *printed.remarks)  # noqa: T201
