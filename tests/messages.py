"""Every sentence of the interface, as it stands in the code, and the catalogues that have it in other languages.

`make messages` brings the catalogues up to date: a new sentence comes in without a translation, one that is no longer
said goes out, and what is translated stays. It reads Python's and Django's own syntax and needs no other program.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import django
import polib
from django.utils.translation.template import templatize

from tests.house import ROOT, files

CATALOGUES = ROOT / "config" / "locale"
COMPLETE = ("nn",)  # has every sentence; the other catalogues have those they name
APPS = ("accounts", "config", "designsystemet", "guidance", "prescribing")
SINGLE = {"_", "gettext", "gettext_lazy", "later"}
SAID = "said"  # of a plain module; where it is given a name, the sentence stands in `later`
PLURAL = {"ngettext", "ngettext_lazy"}
FIGURE = re.compile(r"%(\(\w+\))?[sd]")
TEXT = r"u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\""
ASKED = re.compile(rf"\b(?:n?gettext|_)\(({TEXT})(?:, *({TEXT}))?")
FOREIGN = "said by a package"  # what a package says and its own catalogue lacks; no file of ours says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What is asked for: `many` is "" where it has no plural; `places` are the files that say it, in order."""

    one: str
    many: str = ""
    places: list[str] = field(default_factory=list)


def sentences() -> list[Sentence]:
    """All that the programs and the templates say, in the order of the files."""
    found: dict[str, Sentence] = {}
    for place, said in _said():
        before = found.get(said.one, said)
        places = list(dict.fromkeys([*before.places, place]))
        found[said.one] = Sentence(one=said.one, many=before.many or said.many, places=places)
    return list(found.values())


def _said() -> Iterator[tuple[str, Sentence]]:
    for path in files(*(f"{app}/**.py" for app in APPS), "templates/*"):
        place, text = str(path.relative_to(ROOT)), path.read_text()
        if path.suffix == ".py":
            yield from ((place, said) for said in in_python(text))
        elif "{%" in text:
            yield from ((place, said) for said in in_template(text, place))


def in_python(text: str) -> Iterator[Sentence]:
    """What a program asks gettext for. Raises ValueError for what no catalogue can know: a text put together."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == SAID and not (node.args and isinstance(node.args[0], ast.Constant)):
            continue
        if name in {*SINGLE, SAID} and node.args:
            yield Sentence(one=_constant(node.args[0]))
        elif name in PLURAL:
            yield Sentence(one=_constant(node.args[0]), many=_constant(node.args[1]))


def _constant(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError(f"line {node.lineno}: gettext must be given the sentence itself")


def in_template(text: str, place: str) -> Iterator[Sentence]:
    """What a template asks for: Django gives its tags as Python, with all else blotted out."""
    for one, many in (call.groups() for call in ASKED.finditer(templatize(text, place))):
        yield Sentence(one=ast.literal_eval(one), many=ast.literal_eval(many) if many else "")


def catalogue(language: str) -> polib.POFile:
    """A language's catalogue as it is committed; an empty one where it is new."""
    path = CATALOGUES / language / "LC_MESSAGES" / "django.po"
    if path.is_file():
        return polib.pofile(str(path), wrapwidth=110)
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return new


def brought_up(old: polib.POFile, said: Iterable[Sentence], *, complete: bool) -> polib.POFile:
    """`old` with exactly what is said now; a catalogue that is not to be complete gets no new sentence."""
    there = {entry.msgid: entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.header, new.metadata = old.header, old.metadata
    forms = int(re.findall(r"nplurals=(\d)", old.metadata["Plural-Forms"])[0])
    for sentence in said:
        known = there.pop(sentence.one, None)
        if known is None and not complete:
            continue
        entry = polib.POEntry(msgid=sentence.one, msgid_plural=sentence.many)
        entry.occurrences = [(place, "") for place in sentence.places]
        if FIGURE.search(sentence.one + sentence.many):
            entry.flags = ["python-format"]
        if sentence.many:
            entry.msgstr_plural = dict.fromkeys(range(forms), "") | (known.msgstr_plural if known else {})
        else:
            entry.msgstr = known.msgstr if known else ""
        if known:
            entry.tcomment = known.tcomment
        new.append(entry)
    new.extend(entry for entry in there.values() if entry.tcomment == FOREIGN)
    return new


def write(language: str, new: polib.POFile) -> None:
    """The catalogue, and beside it the compiled one that the running product reads."""
    folder = CATALOGUES / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    new.save(str(folder / "django.po"))
    (folder / "django.mo").write_bytes(new.to_binary())


def main() -> None:
    """Bring the catalogues up to date, those of the languages named or all, and tell of each how much it lacks."""
    django.setup()
    said = sentences()
    there = {path.name for path in CATALOGUES.iterdir() if path.is_dir()}
    for language in sys.argv[1:] or sorted({*COMPLETE, *there}):
        new = brought_up(catalogue(language), said, complete=language in COMPLETE)
        write(language, new)
        sys.stdout.write(
            f"{language}: {len(new)} sentences, {len(new.untranslated_entries())} untranslated\n"
        )


if __name__ == "__main__":
    main()
