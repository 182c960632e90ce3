"""The review on one page: effect, emptying, side effects, what now; and only what that answer makes necessary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.fields import DayField, NumberField
from designsystemet.layout import Words
from guidance.guideline import Information, Limit, Unit
from guidance.source_links import field_cites, for_drug
from prescribing.case import Case
from prescribing.documents.plain_text import in_one_line
from prescribing.forms.fields import LONGEST_REASON, ReasonField
from prescribing.forms.review_page import CALLED_UP, DETAILS, laid_out
from prescribing.forms.review_words import (
    COMPLAINTS,
    EFFECTS,
    OUTCOMES,
    REASONS,
    WAYS,
    YES_NO,
    sentence,
    way_ended,
)
from prescribing.limits import ceiling
from prescribing.reviewing import (
    OTHER_EFFECT,
    Lack,
    Lacking,
    after,
    asked_effects,
    first_day_open,
    full_days_planned,
    has_last_week,
    is_begun,
    is_early,
    is_over,
    last_day_taken,
    last_week_begun,
    likely_outcome,
    longer_by_default,
    may_start_anew,
    new_information,
    new_limits,
    offered,
    opening,
    openings,
    remarks,
)
from prescribing.turns import Change, Effect, Outcome, Turn, TurnKind, Way

OFFERED, OWN = "offered", "own"
KEPT = {"hx-preserve": "true"}  # what is being typed stays when the rest of the page follows an answer


class ReviewForm(forms.Form):
    """Built anew over what has been answered: `turn` is what can be read of it."""

    def __init__(self, data: Any = None, *, case: Case, today: date) -> None:
        self.case, self.today = case, today
        if case.plan is None:
            raise ValueError("a review is of a plan")
        self.plan = case.plan
        self.guideline = case.guideline
        super().__init__(_with_no_to_all(data, case), use_required_attribute=False)
        self._ask_effect()
        self._ask_what_now()
        self._ask_details()
        self._ask_words()
        early = is_early(case, today)
        self.helper = laid_out(self.fields, [effect.code for effect in asked_effects(case)], early=early)

    # --- fields ------------------------------------------------------------

    def _ask_effect(self) -> None:
        self.fields["effect"] = _radio(_("Hvilken effekt har det hatt på melken?"), EFFECTS)
        self.fields["emptying"] = _radio(
            _("Har hun ammet eller pumpet ofte og tømt godt, som avtalt?"), YES_NO
        )
        for effect in asked_effects(self.case):
            asked = _radio(effect.question, YES_NO)
            self.fields[f"effect-{effect.code}"] = dressed(
                asked, cite=field_cites(for_drug(effect.cites, self.case.record.drug)), remember=True
            )
        words = ReasonField(label=_("Hvilke plager?"), widget=_textarea())
        self.fields["other"] = dressed(words, limit=LONGEST_REASON)

    def _ask_what_now(self) -> None:
        chosen = self.data.get("way")
        offered_ways = openings(self.case, self._turn(way=False), first_day_open(self.case, self.today))
        ways = [one.way for one in offered_ways if not one.closed or one.way == chosen]
        labels = {**WAYS, Way.STOP: way_ended()} if is_over(self.case, self.today) else WAYS
        helps = {Way.ON.value: _("Siste uke kan legges til eller tas bort.")}
        helps |= {one.way.value: _("Dette sier retningslinjen.") for one in offered_ways if one.usual}
        field = _radio(_("Hva blir dere enige om?"), [(way.value, labels[way]) for way in ways])
        self.fields["way"] = dressed(field, stacked=True, option_help={w: str(t) for w, t in helps.items()})

    def _ask_details(self) -> None:
        match self._read("way"):
            case None | "":
                pass
            case Way.STOP:
                self._ask_stop()
            case way:
                self._ask_change(Way(way))

    def _ask_stop(self) -> None:
        if is_begun(self.case, self.today):
            self._dated("last_day", _("Siste dag med tabletter"), last_day_taken(self.case, self.today))
            self.fields["last_day"].help_text = _("dd.mm.åååå. Alle dagens tabletter regnes som tatt.")
            if may_start_anew(self.case):
                self.fields["none_taken"] = forms.BooleanField(
                    label=_("Hun har ikke tatt noen tabletter"), required=False
                )
        self.fields["outcome"] = dressed(_radio(_("Hvordan endte forløpet?"), OUTCOMES), stacked=True)
        self._suggest("outcome", likely_outcome(self.case, self._turn()).value)
        words = ReasonField(label=_("Med egne ord"), widget=_textarea())
        self.fields["outcome_words"] = dressed(
            words, limit=LONGEST_REASON, optional=self._read("outcome") != Outcome.OTHER
        )

    def _ask_change(self, way: Way) -> None:
        self._dated("on", _("Gjelder fra og med"), first_day_open(self.case, self.today))
        if way is Way.LONGER:
            planned = full_days_planned(self.case)
            limit = ceiling(self.plan.drug, self.guideline.limits, Unit.DAYS)
            days = NumberField(
                label=_("Dager med full dose i alt"),
                help_text=_("Planen har %s nå.") % planned,
                low=planned + 1,
                high=limit.value if limit else planned + 1,
                widget=forms.TextInput(attrs=KEPT),
            )
            self.fields["full_days"] = dressed(days, unit=str(_("dager")))
            self._suggest("full_days", str(longer_by_default(self.case)))
        if not last_week_begun(self.case, self._change_day()):
            self.fields["last_week"] = _radio(_("En siste uke med én tablett annenhver dag?"), YES_NO)
            self._suggest("last_week", "yes" if has_last_week(self.case) else "no")
        field = DayField(label=_("Ny time"), help_text=_("dd.mm.åååå"), widget=forms.TextInput(attrs=KEPT))
        self.fields["review_on"] = dressed(field, optional=True)

    def _ask_words(self) -> None:
        """The reasons, limits and information that the answers so far make necessary, and no other."""
        change = self._change()
        if change is None:
            return
        found = opening(self.case, self._turn(), change)
        said = remarks(self.case, self._turn())
        for why in found.reasons:
            passage = self.guideline.passage(f"review-{why}", self.case.record.drug)
            told = in_one_line(passage.text) if passage and passage.code not in said else ""
            cites = field_cites(passage.cites) if passage and told else ()
            self.fields[f"reason-{why}"] = dressed(
                _reason(REASONS[why], told), cite=cites, limit=LONGEST_REASON
            )
        if found.closed:
            return
        following = after(self.case, self._turn())
        if change.way is Way.STOP:
            return
        for limit in new_limits(following):
            self._ask_for_limit(limit)
        for item in new_information(following):
            self._ask_told(item)

    def _ask_for_limit(self, limit: Limit) -> None:
        text = limit.drugs[self.case.record.drug]
        ready = offered(limit, self._turn())
        cites = field_cites(text.cites)
        if not ready:
            self.fields[f"reason-{limit.code}"] = dressed(
                _reason(limit.question, text.text), cite=cites, limit=LONGEST_REASON
            )
            return
        how = _radio(limit.question, [(OFFERED, ready), (OWN, _("En annen grunn, med egne ord"))])
        how.help_text = text.text
        self.fields[f"how-{limit.code}"] = dressed(how, cite=cites, stacked=True)
        self.fields[f"reason-{limit.code}"] = _reason(_("Grunnen med egne ord"))

    def _ask_told(self, item: Information) -> None:
        drug = self.case.record.drug
        told = forms.BooleanField(label=item.told[drug], required=False)
        cites = field_cites(for_drug(item.cites, drug))
        self.fields[f"told-{item.code}"] = dressed(told, cite=cites, remember=True)

    def _dated(self, name: str, label: Words, usual: date) -> None:
        self.fields[name] = DayField(
            label=label, help_text=_("dd.mm.åååå"), widget=forms.TextInput(attrs=KEPT)
        )
        self._suggest(name, f"{usual:%d.%m.%Y}")

    def _suggest(self, name: str, value: str) -> None:
        """What a field that comes with an answer begins with; what was posted, also emptied, is left alone."""
        if self.is_bound:
            self.data.setdefault(name, value)  # type: ignore[attr-defined]  # a copy of what was posted
        self.initial[name] = value

    def _change_day(self) -> date:
        return self._read("on") or first_day_open(self.case, self.today)

    # --- what was answered ------------------------------------------------------------

    def _read(self, name: str) -> Any:
        """The value of a field, None where it is not asked, not answered or not readable."""
        field = self.fields.get(name)
        if field is None or not self.is_bound:
            return None
        try:
            return field.clean(field.get_bound_field(self, name).data) or None
        except forms.ValidationError:
            return None

    @property
    def turn(self) -> Turn:
        """The review as far as it can be read."""
        return self._turn()

    def _turn(self, *, way: bool = True) -> Turn:
        effect, change = self._read("effect"), self._change() if way else None
        outcome = self._read("outcome") if change and change.way is Way.STOP else None
        return Turn(
            kind=TurnKind.REVIEW,
            on=self.today,
            effect=Effect(effect) if effect else None,
            emptying=_yes(self._read("emptying")),
            side_effects={
                one.code: answer == "yes"
                for one in asked_effects(self.case)
                if (answer := self._read(f"effect-{one.code}"))
            },
            other=self._other(),
            change=change,
            reasons=self._reasons() if change else {},
            told=tuple(
                name.removeprefix("told-")
                for name in self.fields
                if name.startswith("told-") and self._read(name)
            ),
            outcome=Outcome(outcome) if outcome else None,
            outcome_words=(self._read("outcome_words") or "") if outcome else "",
        )

    def _other(self) -> str:
        """The words for a side effect with no name of its own, where she has one."""
        answer = self._read(f"effect-{OTHER_EFFECT}")
        return (self._read("other") or "") if answer == "yes" else ""

    def _reasons(self) -> dict[str, str]:
        """The words, by what asked for them; a ready-made reason stands as it was offered."""
        words = {
            name.removeprefix("reason-"): text
            for name in self.fields
            if name.startswith("reason-") and (text := self._read(name))
        }
        for limit in self.guideline.limits:
            if self._read(f"how-{limit.code}") == OFFERED:
                words[limit.code] = limit.offered_at_review
        return words

    def _change(self) -> Change | None:
        way = self._read("way") if "way" in self.fields else None
        if not way:
            return None
        if way == Way.STOP:
            return Change(way=Way.STOP, on=self._first_day_without())
        days = self._read("full_days")
        return Change(
            way=Way(way),
            on=self._change_day(),
            full_days=(int(days) if days else longer_by_default(self.case)) if way == Way.LONGER else None,
            last_week=self._last_week_chosen(),
            review_on=self._read("review_on"),
        )

    def _last_week_chosen(self) -> bool | None:
        """The last week, where it is chosen anew; None where it stays as it was."""
        chosen = _yes(self._read("last_week"))
        return None if chosen == has_last_week(self.case) else chosen

    def _first_day_without(self) -> date:
        """The day after the last with tablets; her first planned day where she took none."""
        start = self.plan.start or self.today
        if self._read("none_taken") or not is_begun(self.case, self.today):
            return start
        return (self._read("last_day") or last_day_taken(self.case, self.today)) + timedelta(days=1)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was posted for a field that is not asked now: it goes along unread, and stands there if it is again."""
        return [
            (name, value)
            for name in (self.data if self.is_bound else ())
            if name not in self.fields
            and (name in DETAILS or name.startswith(CALLED_UP))
            and (value := self.data.get(name, ""))
        ]

    @property
    def unasked_words(self) -> list[str]:
        """The prescriber's own words among them."""
        return [
            words for name, words in self.carried if name.startswith("reason-") or name == "outcome_words"
        ]

    # --- what is wrong ------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """That she took nothing is said by a tick, not by a slip in a date."""
        last, start = self.cleaned_data.get("last_day"), self.plan.start
        if last and start and last < start and not self.cleaned_data.get("none_taken"):
            self.add_error("last_day", COMPLAINTS[Lacking.STOP_BEFORE_START])
        return self.cleaned_data

    def complain(self, lacking: tuple[Lack, ...]) -> None:
        """Say what is missing, each at its own field."""
        for lack in lacking:
            name = lack.field if lack.field in self.fields else None
            if name is None or name not in self.errors:
                self.add_error(name, sentence(self.case, self.turn, lack))


def _with_no_to_all(data: Any, case: Case) -> Any:
    """What was posted, free to be added to; «Nei til alle» answers what has no answer yet, and changes none."""
    if data is None:
        return None
    posted = data.copy()
    if posted.get("none") == "effects":
        for effect in asked_effects(case):
            if not posted.get(f"effect-{effect.code}"):
                posted[f"effect-{effect.code}"] = "no"
    return posted


def _radio(label: Words, choices: Any) -> forms.ChoiceField:
    options = list(choices.items()) if isinstance(choices, Mapping) else list(choices)
    return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, required=False)


def _reason(label: Words, why: str = "") -> ReasonField:
    return dressed(ReasonField(label=label, help_text=why, widget=_textarea()), limit=LONGEST_REASON)


def _textarea() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3} | KEPT)


def _yes(answer: Any) -> bool | None:
    return None if answer is None else answer == "yes"
