"""How a command reads what was typed and refuses it: one Norwegian sentence on standard error, exit code 2."""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext

from guidance.guideline import Guideline
from guidance.models import ContentWasTamperedWith, Edition, NoEditionInForce
from prescribing.documents import norwegian

WHOLE = re.compile(r"-?[0-9]{1,4}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
OPTION = re.compile(r"--[a-z-]+")


class Refusal(Exception):
    """What was asked for cannot be done; the text is the sentence that says why."""


class OneSentenceCommand(BaseCommand):
    """A command that answers or says in one sentence why not. Subclasses write `answer`."""

    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, allow_abbrev=False, **kwargs)
        parser.error = self._refuse_usage  # type: ignore[method-assign] # Django names the parser's class itself
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.answer(**options)
        except Refusal as refusal:
            self._refuse(str(refusal))

    def answer(self, **options: Any) -> None:
        """Do what the command is for. Raises Refusal."""
        raise NotImplementedError

    def _refuse_usage(self, message: str) -> NoReturn:
        """argparse speaks English: name the option it means, if it names one."""
        option = OPTION.search(message)
        if option is None:
            self._refuse(gettext("Kommandoen forstås ikke; se --help."))
        if message.startswith("unrecognized"):
            self._refuse(gettext("Kommandoen kjenner ikke %(option)s; se --help.") % {"option": option[0]})
        self._refuse(
            gettext("Verdien etter %(option)s mangler eller kan ikke leses.") % {"option": option[0]}
        )

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(norwegian.unbound(" ".join(sentence.split())))
        sys.exit(2)


def guideline_of(code: str | None = None) -> Guideline:
    """The edition with this code, in whatever state it is; the published one where none is named. Raises Refusal."""
    try:
        edition = Edition.objects.in_force() if code is None else Edition.objects.get(code=code)
        return edition.as_guideline()
    except Edition.DoesNotExist as error:
        raise Refusal(
            gettext("Det finnes ingen utgave med koden %(code)s.") % {"code": shown(str(code))}
        ) from error
    except (NoEditionInForce, ContentWasTamperedWith) as error:
        raise Refusal(str(error)) from error
    except DatabaseError as error:
        raise Refusal(gettext("Databasen er ikke gjort klar; kjør «make setup» først.")) from error


def whole(typed: str | None, option: str) -> int | None:
    """A whole number of at most four digits, as typed after `option`; None where it is left out. Raises Refusal."""
    if typed is None:
        return None
    if not WHOLE.fullmatch(typed):
        sentence = gettext("Verdien etter %(option)s må være et helt tall på høyst fire sifre.")
        raise Refusal(sentence % {"option": option})
    return int(typed)


def day(typed: str, option: str) -> date:
    """A date that exists, typed as 2026-11-23. Raises Refusal."""
    try:
        if DAY.fullmatch(typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    sentence = gettext("Datoen etter %(option)s må finnes i kalenderen og skrives som 2026-11-23.")
    raise Refusal(sentence % {"option": option})


def shown(typed: str) -> str:
    """What was typed, fit to be repeated on one line."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in typed[:100])
