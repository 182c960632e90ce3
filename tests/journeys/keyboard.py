"""Hands on the keys alone: Tab and Shift+Tab to where the doctor means to go, Space, arrows and Enter there.

What has the focus is read from the page, as the eye does; nothing is ever clicked, filled or focused by the test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Page, expect

FAR = 150  # presses of Tab after which nobody would believe that it is still to come

# The words of what has the focus and of the question around it; whether any of it is hidden behind something else.
FOCUS = """() => {
  const here = document.activeElement;
  const control = here.matches("a, button, summary, input, select, textarea");
  const label = here.labels && here.labels[0];
  const whole = label && label.contains(here) ? label : here;
  const box = whole.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  const legend = here.closest("fieldset") && here.closest("fieldset").querySelector("legend");
  return {
    words: control ? ((label || here).innerText || here.getAttribute("aria-label") || "").trim() : "",
    question: legend ? legend.innerText.trim() : "",
    kind: control ? here.type || here.tagName.toLowerCase() : "",
    seen: !control || (Boolean(hit) && (whole.contains(hit) || hit.contains(whole))),
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What has the focus: its words, the question it answers, the kind of control; `seen`: nothing lies over it."""

    words: str
    question: str
    kind: str
    seen: bool

    def is_(self, words: str, question: str) -> bool:
        return words in self.words and question in self.question


class Keyboard:
    """One page, and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # --- moving ------------------------------------------------------------------------------------------

    @property
    def focus(self) -> Focus:
        return Focus(**self.page.evaluate(FOCUS))

    def to(self, words: str = "", *, question: str = "", key: str = "Tab") -> Self:
        """Tab until what has the focus says `words`, in a question that says `question`."""
        passed = []
        for _ in range(FAR):
            focus = self.focus
            assert focus.seen, f"the focus is hidden: {focus}"
            if focus.is_(words, question) and (focus.words or focus.question):
                return self
            passed.append(focus.words or focus.question)
            self.page.keyboard.press(key)
        raise AssertionError(f"{words or question!r} was not reached from {passed[0]!r}: {passed}")

    def back_to(self, words: str) -> Self:
        return self.to(words, key="Shift+Tab")

    def past_the_menu(self) -> Self:
        """By the link that the first Tab meets, straight to the page's own content."""
        self.page.keyboard.press("Tab")
        assert self.focus.words == "Hopp til innholdet"
        self.page.keyboard.press("Enter")
        return self

    # --- acting ------------------------------------------------------------------------------------------

    def press(self, button: str) -> Self:
        """Enter on a button or a link."""
        self.to(button)
        assert self.focus.kind in {"submit", "button", "a", "summary"}, self.focus
        self.page.keyboard.press("Enter")
        return self

    def choose(self, question: str, answer: str) -> Self:
        """Tab into the group, arrows to the answer."""
        self.to(question=question)
        while self.focus.kind != "radio":  # the sources beside the question come first
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(5):
            if self.focus.words == answer:
                return self
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"{question!r} has no answer {answer!r}")

    def tick(self, words: str) -> Self:
        self.to(words)
        assert self.focus.kind == "checkbox", self.focus
        self.page.keyboard.press("Space")
        return self

    def tick_every(self, heading: str) -> Self:
        """Each box under a heading, in the order in which Tab meets them."""
        section = self.page.get_by_role("heading", name=heading, exact=True).locator(
            "xpath=ancestor::section[1]"
        )
        for label in section.locator("label").all_inner_texts():
            self.tick(label.strip())
        return self

    def type(self, box: str, text: str) -> Self:
        """Into a box, over what stands there."""
        self.to(box)
        assert self.focus.kind in {"text", "textarea", "password"}, self.focus
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        return self

    def stands_at(self, heading: str) -> Self:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state()
        return self
