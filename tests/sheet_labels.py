"""The fixed words of her sheets in other languages: `python -m tests.sheet_labels [LANGUAGE …] [--check]`.

Gathers from code and templates what her sheets can say, and brings each language's catalogue up to it: what has been
translated stays. Then it writes what a program reads, the .mo. With --check it writes nothing and says what is wrong.
Nynorsk is not here: `make messages` gathers the whole interface for it.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import polib

from guidance.translating import LANGUAGES, faults_of

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "config" / "locale"
EVERY_LABEL = ROOT / "guidance" / "translations" / "labels.json"
DOCUMENTS = ROOT / "prescribing" / "documents"
CODE = (
    *(DOCUMENTS / "handout" / f"{name}.py" for name in ("advice", "frame", "her_sheet", "information")),
    *(DOCUMENTS / "handout" / f"{name}.py" for name in ("plan_lines", "replacing", "stop_sheet")),
    *(
        DOCUMENTS / f"{name}.py"
        for name in ("told_in", "dose_calendar", "dosage", "timeline", "norwegian", "notice")
    ),
)
PAPERS = ROOT / "templates" / "documents"
NOT_HERS = {"checklist.html", "slip.html", "questions.html", "advice_form.html"}
DRAWING = ROOT / "templates" / "components" / "timeline.html"
TEMPLATES = sorted(
    template
    for template in (*PAPERS.glob("*.html"), *PAPERS.glob("parts/*.html"), DRAWING)
    if template.name not in NOT_HERS and not template.name.startswith("checklist")
)
NORWEGIAN_ALONE = frozenset(
    {  # the calendar of a Norwegian sheet has words in it, and Norwegian dates have names
        *("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        *("M", "D", "K", "dag: ______", "%(date)s TIME", "Dag %(number)s\n%(to_write)s"),
        *("Fram til timen", "Dette er avtalt", "Etter timen: bare etter avtale"),
        *("Hvordan går det?", "Bare etter avtale. Hvordan går det?"),
        "Sett kryss i ruten når du har tatt tabletten:",
        "TIME: Ta ingen tabletter denne dagen før du har snakket med legen.",
        *("I dag", "Vurdering", "Vurdering %(day)s", "IKKE KVALITETSSIKRET"),
        *("ukjent", "%(dose)s i %(days)s", "Støtter vurderingen, avgjør den ikke. Ikke CE-merket."),
        "DEMONSTRASJON.",
    }
)
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "so": "nplurals=2; plural=(n != 1);",
    "ti": "nplurals=2; plural=(n > 1);",
}

Label = tuple[str, str]  # a sentence, and its plural or ""


def labels() -> dict[Label, str]:
    """What her sheets can say in another language, each with the file it stands in."""
    found: dict[Label, str] = {}
    for file in (*CODE, *TEMPLATES):
        text = file.read_text(encoding="utf-8")
        for label in _in_code(text) if file.suffix == ".py" else _in_template(text):
            if label[0] not in NORWEGIAN_ALONE:
                found.setdefault(label, str(file.relative_to(ROOT)))
    return found


def as_listed() -> str:
    """The labels as the program reads them, sorted."""
    return json.dumps(sorted(one for one, _ in labels()), ensure_ascii=False, indent=0) + "\n"


def _in_code(text: str) -> Iterator[Label]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if node.func.id in {"gettext", "gettext_lazy"} and words:
                yield words[0], ""
            elif node.func.id == "ngettext":
                yield words[0], words[1]


def _in_template(text: str) -> Iterator[Label]:
    for words in re.findall(r"\{% translate \"([^\"]+)\" %\}", text):
        yield words, ""
    for words in re.findall(r"\{% blocktranslate [^%]*%\}(.*?)\{% endblocktranslate %\}", text):
        yield re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", words), ""


def catalogue_file(code: str) -> Path:
    """Where the catalogue of a language stands."""
    return CATALOGUES / code / "LC_MESSAGES" / "django.po"


def bring_up(code: str) -> polib.POFile:
    """The catalogue of a language with the labels that there are now; what was translated stays."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in _known(code)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[code],
    }
    for label, file in sorted(labels().items(), key=lambda one: one[1]):
        entry = known.get(label) or _empty(label, code)
        entry.occurrences = [(file, "")]
        catalogue.append(entry)
    return catalogue


def _known(code: str) -> polib.POFile:
    return polib.pofile(str(catalogue_file(code))) if catalogue_file(code).exists() else polib.POFile()


def _empty(label: Label, code: str) -> polib.POEntry:
    flags = ["python-format"] if "%(" in label[0] else []
    if not label[1]:
        return polib.POEntry(msgid=label[0], flags=flags)
    forms = dict.fromkeys(range(int(PLURALS[code].split(";")[0].removeprefix("nplurals="))), "")
    return polib.POEntry(msgid=label[0], msgid_plural=label[1], msgstr_plural=forms, flags=flags)


def faults_in(code: str) -> Iterator[str]:
    """What is missing or wrong in the catalogue of a language."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in _known(code)}
    for label in labels():
        entry = known.get(label)
        if entry is None:
            yield f"{code}: «{label[0]}» mangler."
            continue
        for text in entry.msgstr_plural.values() if label[1] else [entry.msgstr]:
            yield from (
                f"{code}: «{label[0]}»: {fault}" for fault in faults_of(label[0], text.replace("\n", " "))
            )
    yield from (f"{code}: «{msgid}» står ikke på arkene." for msgid, _ in set(known) - set(labels()))


def main() -> None:
    """Write or check the catalogues."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if not asked.check:
        EVERY_LABEL.write_text(as_listed(), encoding="utf-8")
    for code in asked.languages or PLURALS:
        if asked.check:
            faults = list(faults_in(code))
            print(*faults, f"{code}: {len(labels())} ledetekster, {len(faults)} feil.", sep="\n")  # noqa: T201
            continue
        file = catalogue_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue = bring_up(code)
        catalogue.save(str(file))
        catalogue.save_as_mofile(str(file.with_suffix(".mo")))
        done = len(catalogue.translated_entries())
        print(f"{code} ({LANGUAGES[code].in_norwegian}): {done} av {len(catalogue)} ledetekster.")  # noqa: T201


if __name__ == "__main__":
    main()
