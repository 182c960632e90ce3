"""A doctor's way through an assessment: what is pressed, chosen, ticked and typed, page by page, in the words on it.

Nothing here knows an address or the name of a field, and nothing here needs JavaScript.
"""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

GROUPS = ("Sinn og nerver", "Hjerte, lever, nyrer og annet", "Barnet")


class Walk:
    """One page in one browser, and hands on it. A step's method ends with its button."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # --- the whole pages ---------------------------------------------------------------------------------

    def home(self) -> Self:
        self.page.goto("/")
        return self

    def begin(self) -> Self:
        """From the front page to the first step."""
        self.page.get_by_role("main").get_by_role("link", name="Ny vurdering").click()
        return self.stands_at("Hva er prøvd?")

    def advice(self) -> Self:
        """All advice tried, somebody has helped, and it was not enough."""
        self.press("Alle rådene er prøvd")
        self.choose("Har noen med kunnskap om amming", "Ja")
        self.tick("uten tilstrekkelig effekt")
        return self.press("Lagre og gå til helse").stands_at("Helse og legemidler")

    def health(self, *, medicines: str = "", weight: str = "", age: str = "31") -> Self:
        """No to everything; the rest as given."""
        for group in GROUPS:
            self.press(re.compile(f"^Nei til .*{group}$"))
        self.type("Hvor gammel er hun?", age).type("Hva veier hun?", weight)
        if medicines:
            self.type("Legemidler hun bruker nå", medicines)
        else:
            self.tick("Hun bruker ingen")
        return self.press("Lagre og gå til valg").stands_at("Hva passer for henne?")

    def drug(self, name: str, *, because: str = "") -> Self:
        """One of the two, with the same words wherever a reason is asked for."""
        self.choose("Hva velger dere?", name)
        for box in self.boxes("Hvorfor likevel?"):
            box.fill(because)
        return self.press("Lagre og gå til plan").stands_at("Planen")

    def plan(self) -> Self:
        """As the page proposes it, or as it was changed before."""
        return self.press("Lagre og gå til samtale").stands_at("Samtalen med henne")

    def talk(self, *, because: str = "", wants: str = "Hun ønsker behandlingen") -> Self:
        """Everything said, the ready-made reason taken where there is one, and her own decision."""
        for box in self.page.get_by_role("checkbox").all():
            box.check()
        for offered in self.page.get_by_role("radio", name="Planen gjelder videre bare ved god effekt").all():
            offered.check()
        for box in self.boxes(""):
            box.fill(because)
        self.choose("Hva bestemmer hun?", wants)
        return self.press("Lagre og sjekk svarene").stands_at("Sjekk svarene")

    def sign(self) -> Self:
        return self.press("Signer")

    def end_otherwise(self, way: str) -> Self:
        """One of the ends without a prescription, or the wait, from where the doctor stands."""
        self.page.get_by_text("Avslutt uten resept, eller vent").click()
        self.page.get_by_role("link", name=way).click()
        return self

    # --- what follows a first plan -----------------------------------------------------------------------

    def finds(self, code: str) -> Self:
        """From the front page to a course, its code typed as it is said aloud."""
        self.home().page.get_by_role("main").get_by_role("link", name="Finn et forløp").click()
        return self.type("Kode fra arket eller notatet", code.lower().replace("-", "")).press("Finn")

    def reviews(self, code: str) -> Self:
        """To the review of a course, from its own page."""
        return self.finds(code).follow("Vurder effekt").stands_at("Vurder effekt")

    def finds_out(self, effect: str = "God", *troubles: str, emptied: str = "Ja") -> Self:
        """What she says: the effect, the troubles that she has, and no to all the others."""
        self.choose("Hvilken effekt har det hatt", effect).choose("Har hun ammet eller pumpet", emptied)
        for trouble in troubles:
            self.choose(trouble, "Ja")
        return self.press("Nei til alle").stands_at("Vurder effekt")

    def agrees(self, way: str) -> Self:
        """What now, and the plan that comes of it."""
        ways = self.question("Hva blir dere enige om?")
        ways.get_by_role(
            "radio", name=re.compile(f"^{way}")
        ).check()  # the guideline's own way says so behind
        return self.shows()

    def weighs(self, because: str) -> Self:
        """The same words wherever a reason is asked for, and everything said that she must know."""
        for box in self.under("Begrunnelser").get_by_role("textbox").all():
            box.fill(because)
        for told in self.under("Hun har fått vite").get_by_role("checkbox").all():
            told.check()
        return self

    def shows(self) -> Self:
        """The page follows the answers, by its button."""
        return self.press("Vis planen").stands_at("Vurder effekt")

    # --- hands -------------------------------------------------------------------------------------------

    def press(self, button: str | re.Pattern[str]) -> Self:
        exact = isinstance(button, str) and button == "Signer"
        self.page.get_by_role("button", name=button, exact=exact).click()
        return self

    def send(self) -> Self:
        """The step's own button, whatever stands on it."""
        return self.press(re.compile("^Lagre og "))

    def follow(self, link: str) -> Self:
        self.page.get_by_role("link", name=link).first.click()
        return self

    def choose(self, question: str, answer: str) -> Self:
        self.question(question).get_by_role("radio", name=answer, exact=True).check()
        return self

    def tick(self, words: str) -> Self:
        self.page.get_by_role("checkbox", name=words).check()
        return self

    def type(self, box: str, text: str) -> Self:
        self.page.get_by_label(box).fill(text)
        return self

    # --- eyes --------------------------------------------------------------------------------------------

    def stands_at(self, heading: str) -> Self:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    def sees(self, *words: str) -> Self:
        for one in words:
            expect(self.page.get_by_text(one).locator("visible=true").first).to_be_visible()
        return self

    def does_not_see(self, *words: str) -> Self:
        for one in words:
            expect(self.page.get_by_text(one).locator("visible=true")).to_have_count(0)
        return self

    def question(self, words: str) -> Locator:
        return self.page.get_by_role("group", name=words)

    def under(self, heading: str) -> Locator:
        """The part of the page below a heading."""
        return self.page.get_by_role("heading", name=heading, exact=True).locator(
            "xpath=ancestor::section[1]"
        )

    def boxes(self, words: str) -> list[Locator]:
        """The text boxes that stand on the page now under such words."""
        return [box for box in self.page.get_by_role("textbox", name=words).all() if box.is_visible()]

    def short_note(self) -> str:
        """The note for the journal, its lines joined."""
        return " ".join(self.page.get_by_role("group", name="Journalnotat, kort").inner_text().split())

    @property
    def code(self) -> str:
        """The course's code, as it stands on the page."""
        return self.page.locator(".mv-code").first.inner_text()
