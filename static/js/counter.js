// Says beside a text box how many characters are left. It stops nobody: the form does that, and keeps the text.
(() => {
  const count = (box) => {
    const line = document.getElementById(box.dataset.counter);
    const left = Number(line.dataset.limit) - box.value.length;
    line.textContent = `${Math.abs(left)} ${left < 0 ? line.dataset.over : line.dataset.left}`;
    line.dataset.state = left < 0 ? "over" : "under";
    if (left < 0) line.setAttribute("role", "status");
    else line.removeAttribute("role");
  };

  document.addEventListener("input", (event) => {
    if (event.target.dataset?.counter) count(event.target);
  });
  for (const box of document.querySelectorAll("[data-counter]")) if (box.value) count(box);
})();
