// Copies the text of a copy box. Where the clipboard is closed (no https), the text is marked instead.
(() => {
  const mark = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    text.focus();
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
  });
})();
