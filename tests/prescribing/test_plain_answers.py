"""What the pages of an assessment say to somebody in a hurry: where a no leads, what is left, what a figure means."""

import html
import re

import pytest
from django.utils import timezone

from accounts.models import User
from prescribing.answers import Reply
from tests.cast import as_user
from tests.journeys.prepared import SUNDAY
from tests.prescribing.consultation import Consultation, ready_to_sign


@pytest.fixture
def consultation(lege: User, monkeypatch: pytest.MonkeyPatch) -> Consultation:
    """A well woman's first step, with all advice tried, on a Sunday."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: SUNDAY)
    return Consultation(lege).advice()


def text(consultation: Consultation, step: str) -> str:
    """What a page says, without its tags, each run of blanks as one."""
    said = re.sub(r"<[^>]+>", " ", consultation.get(step).content.decode())
    return re.sub(r"\s+", " ", html.unescape(said))


def test_her_no_leads_to_the_end_that_says_so(consultation: Consultation) -> None:
    consultation.health().choice().plan().step("samtale", {"wants": "no"})

    assert consultation.last.url.endswith("/avslutt/onsker-ikke")
    lines = consultation.get("sjekk").context["lines"]
    assert [(line.sentence, line.url) for line in lines] == [
        ("Hun ønsker det ikke: avslutt med det", f"/vurdering/{consultation.code}/avslutt/onsker-ikke")
    ]


def test_the_choice_offers_neither_of_them_in_plain_sight(consultation: Consultation) -> None:
    page = consultation.health().get("valg").content.decode()

    for end in ("ikke-aktuelt", "onsker-ikke"):
        assert page.count(f'href="/vurdering/{consultation.code}/avslutt/{end}"') == 1
    assert page.index("Ingen av dem: ikke aktuelt") < page.index("Avslutt uten resept")


def test_the_choice_says_which_advice_is_left(consultation: Consultation) -> None:
    assert "Råd gjenstår" not in text(consultation.health(), "valg")

    consultation.advice(A1="not-tried", insufficient_effect="")

    said = text(consultation, "valg")
    assert re.search(r"Råd gjenstår Ikke prøvd: [^.]+\. Det er ikke bekreftet", said)
    assert re.search(r"Ikke prøvd: [^.]+\.", text(consultation, "avslutt/ikke-enna"))


def test_dont_know_is_in_the_journal_line_before_a_drug_is_chosen(consultation: Consultation) -> None:
    consultation.health(**{"long-qt": "unknown"})
    assert consultation.draft.as_record().answers.replies["long-qt"] is Reply.UNKNOWN

    assert "Svart «vet ikke»:" in text(consultation, "parker")


def test_what_is_unclear_does_not_read_as_met(consultation: Consultation) -> None:
    said = text(consultation.health(**{"long-qt": "unknown"}), "valg")

    assert "Du svarte «vet ikke», eller har ikke svart. Avklar før du signerer." in said


@pytest.mark.parametrize(("drug", "shown"), [("metoklopramid", True), ("domperidon", False)])
def test_only_a_drug_with_a_ceiling_by_weight_shows_hers(
    consultation: Consultation, drug: str, shown: bool
) -> None:  # S-SPC-M 4.2
    consultation.health(weight="52").choice(drug).plan()

    said = text(consultation, "plan").replace("\xa0", " ")
    asked = text(consultation, "samtale").replace("\xa0", " ")

    assert ("Hennes eget tak: 2 tabletter" in said) is shown
    assert ("10 mg × 3 er over hennes tak på 2 tabletter i døgnet." in said) is shown
    assert ("Hvorfor 10 mg × 3 når taket er 2 tabletter?" in asked) is shown


def test_a_dose_within_her_ceiling_is_not_over_it(consultation: Consultation) -> None:
    consultation.health(weight="52").choice().plan(doses="2")

    assert "er over hennes tak" not in text(consultation, "plan").replace("\xa0", " ")


def test_a_limit_without_words_leads_to_the_ready_made_ones(consultation: Consultation) -> None:
    consultation.health().choice().plan()

    page = consultation.get("samtale").content.decode()
    lines = [line for line in consultation.get("sjekk").context["lines"] if "grensen" in line.sentence]

    assert lines
    for line in lines:
        assert f'id="{line.url.partition("#")[2]}"' in page


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({}, "Vurderingen mandag 30. november 2026 er dag 8. Hun tar full dose i 7 dager først."),
        ({"length": "try"}, "28.–29. november: ingen tabletter før vurderingen."),
    ],
)
def test_the_plan_says_what_a_later_review_means(
    consultation: Consultation, plan: dict[str, str], says: str
) -> None:  # G5
    said = text(consultation.health().choice().plan(**plan), "plan").replace("\xa0", " ")

    assert says in said
    assert "0 tabletter, bare etter avtale" not in said


def test_no_to_a_group_goes_on_to_the_next_one(consultation: Consultation) -> None:
    page = consultation.get("helse").content.decode()
    groups = re.findall(r'name="none" value="([^"]+)"', page)

    for here, following in zip(groups, [*groups[1:], "measures"], strict=True):
        consultation.step("helse", {"none": here})
        assert consultation.last.url == f"/vurdering/{consultation.code}/helse#{following}"
        assert f'id="{following}"' in page


def test_nothing_missing_is_said_at_the_top(consultation: Consultation) -> None:
    assert "Alt er besvart." not in text(consultation, "sjekk")

    consultation.health().choice().plan().talk()

    assert "Alt er besvart." in text(consultation, "sjekk")


def test_a_source_beside_a_question_opens_in_a_tab_of_its_own(consultation: Consultation) -> None:
    badges = re.findall(
        r'<a href="[^"]+"[^>]*class="mv-source"', consultation.get("samtale").content.decode()
    )
    badges += re.findall(r'<a href="[^"]+"[^>]*class="mv-source"', consultation.get("helse").content.decode())

    assert any('target="_blank" rel="noopener"' in badge for badge in badges)


def test_domperidone_brings_the_exemption_along(lege: User) -> None:  # M3
    texts = {}
    for drug in ("metoklopramid", "domperidon"):
        code = ready_to_sign(lege, drug).signed().course.code
        texts[drug] = as_user(lege).get(f"/forlop/{code}").content.decode()
        assert re.search(rf"<h1>.*: {drug}</h1>", texts[drug])

    assert 'id="godkjenningsfritak"' in texts["domperidon"]
    assert 'id="godkjenningsfritak"' not in texts["metoklopramid"]


def test_a_midwife_prints_from_the_sheet_itself(lege: User, jordmor: User) -> None:
    code = ready_to_sign(lege).signed().course.code

    page = as_user(jordmor).get(f"/forlop/{code}/1/ark").content.decode()

    for paper in ("handout", "handout-large"):
        assert f'action="/forlop/{code}/1/skriv-ut/{paper}"' in page


def test_a_midwife_is_told_that_a_course_does_not_run(lege: User, jordmor: User, lege3: User) -> None:
    consultation = Consultation(lege).advice(A1="not-tried")
    consultation.end("ikke-enna")

    told = as_user(jordmor).post("/forlop/finn", {"code": consultation.code}).content.decode()
    elsewhere = as_user(lege3).post("/forlop/finn", {"code": consultation.code}).content.decode()

    assert "Koden gjelder et forløp som ikke pågår." in told
    assert "Koden gjelder et forløp som ikke pågår." not in elsewhere
