/* A page that is being sent does not save itself as well. */
document.addEventListener("submit", (event) => {
  event.target.dataset.sent = "";
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if ("sent" in event.detail.elt.dataset) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
