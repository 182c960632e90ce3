// What a page that saves itself says of it, beside the form: htmx saves, this only keeps it honest.
(() => {
  const refused = () => {
    const line = document.getElementById("saved");
    line.textContent = line.dataset.refused;
  };

  const isOwn = (xhr, form) => new URL(xhr.responseURL).pathname === new URL(form.action).pathname;

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

  // What is typed and not saved is left only where the browser has asked. A page that follows its answers saves none.
  const unsaved = new Map(); // of forms: how often something was typed, as far as nobody has saved it
  const asked = new WeakMap(); // of requests: how often something had been typed when it was sent
  document.addEventListener("input", ({ target: { form } }) => {
    if (form?.method === "post" && form.closest("main")) unsaved.set(form, (unsaved.get(form) ?? 0) + 1);
  });
  document.addEventListener("htmx:beforeSend", ({ detail: { elt, xhr } }) => asked.set(xhr, unsaved.get(elt)));
  document.addEventListener("htmx:beforeSwap", ({ detail: { xhr, requestConfig: { elt } } }) => {
    const saved = xhr.status === 200 && !("follows" in elt.dataset) && isOwn(xhr, elt);
    if (!saved || asked.get(xhr) !== unsaved.get(elt)) return;
    unsaved.delete(elt);
    delete elt.dataset.unsaved;
  });
  window.addEventListener("beforeunload", (event) => {
    const left = [...unsaved.keys(), ...document.querySelectorAll("form[data-unsaved]")];
    if (left.some((form) => form.isConnected && !("sent" in form.dataset))) event.preventDefault();
  });

  // The answer of another page, such as the login's, is never put into this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const { sent, answered } = requestConfig.elt.dataset;
    if (sent !== undefined || answered !== undefined) event.detail.shouldSwap = false;
    else if (!isOwn(xhr, requestConfig.elt)) {
      event.detail.shouldSwap = false;
      refused();
    }
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, refused);
})();
