// Shows in the table of contents which part of a long page is being read. Without it the contents are plain links.
const links = new Map([...document.querySelectorAll(".mv-toc a[href^='#']")].map((link) => [link.hash.slice(1), link]));
const places = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
let waiting = false;

function show() {
  waiting = false;
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const passed = places.filter((place) => atEnd || place.getBoundingClientRect().top < innerHeight / 3);
  for (const link of links.values()) link.removeAttribute("aria-current");
  const link = passed.length ? links.get(passed.at(-1).id) : null;
  if (!link) return;
  link.setAttribute("aria-current", "true");
  const contents = link.closest(".mv-toc");
  contents.scrollTop = link.offsetTop - contents.clientHeight / 2;
}

addEventListener("scroll", () => {
  if (!waiting) requestAnimationFrame(show);
  waiting = true;
}, { passive: true });
show();
