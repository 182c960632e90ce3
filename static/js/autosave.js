// What a page that saves itself says of it, beside the form: htmx saves, this only keeps it honest.
(() => {
  const refused = () => {
    const line = document.getElementById("saved");
    line.textContent = line.dataset.refused;
  };

  // A page that is being sent does not save itself as well.
  document.addEventListener("submit", (event) => {
    event.target.dataset.sent = "";
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if ("sent" in event.detail.elt.dataset) event.preventDefault();
  });
  // One that is typed in again was stopped on its way.
  document.addEventListener("input", (event) => {
    if (event.target.form) delete event.target.form.dataset.sent;
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  // A page that follows its answers takes none back that was given meanwhile: what it asks next brings that along.
  document.addEventListener("change", (event) => {
    if (event.target.form && "follows" in event.target.form.dataset) event.target.form.dataset.answered = "";
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    delete event.detail.elt.dataset.answered;
  });

  // The answer of another page, such as the login's, is never put into this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const { sent, answered } = requestConfig.elt.dataset;
    if (sent !== undefined || answered !== undefined) event.detail.shouldSwap = false;
    else if (new URL(xhr.responseURL).pathname !== new URL(requestConfig.path, window.location.href).pathname) {
      event.detail.shouldSwap = false;
      refused();
    }
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, refused);
})();
