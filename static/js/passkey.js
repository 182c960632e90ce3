// Asks the browser for a passkey when a form marked data-passkey is sent, and sends its answer along.
// "create" makes one, "get" shows one. Without passkeys in the browser the form stays hidden; a code does the same.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function options(kind, { publicKey: asked }) {
    const publicKey = { ...asked, challenge: bytes(asked.challenge) };
    if (kind === "create") {
      publicKey.user = { ...asked.user, id: bytes(asked.user.id) };
      publicKey.excludeCredentials = known(asked.excludeCredentials);
    } else {
      publicKey.allowCredentials = known(asked.allowCredentials);
    }
    return { publicKey };
  }

  function written(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const kind = form.dataset.passkey;
    const asked = JSON.parse(document.getElementById(form.dataset.options).textContent);
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.credential.value = written(await navigator.credentials[kind](options(kind, asked)));
        form.submit();
      } catch {
        form.querySelector("[role=status]").textContent = form.dataset.failed;
      }
    });
  }
})();
