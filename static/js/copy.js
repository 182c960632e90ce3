// Copies the text of a copy box. Where the clipboard is closed (no https), the text is marked instead. Either way the
// access log is told that it was taken.
(() => {
  const mark = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    text.focus();
  };

  const tell = (button) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!button.dataset.told || !token) return;
    const body = new URLSearchParams({ hva: button.dataset.copy, csrfmiddlewaretoken: token.value });
    fetch(button.dataset.told, { method: "POST", body, keepalive: true }).catch(() => {});
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    const said = button.closest(".mv-copy").querySelector(".mv-copy-said");
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = button.dataset.copied;
    } catch {
      mark(text);
      said.textContent = button.dataset.marked;
    }
    tell(button);
  });
})();
