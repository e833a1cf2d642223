// Asks the browser for a passkey and hands its answer to the form. The question stands in the page as JSON; nothing else is read.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const source = document.getElementById("passkey-options");
  if (!form || !source) return;
  const says = form.querySelector("[data-says]");
  if (!window.PublicKeyCredential) {
    says.textContent = form.dataset.failed;
    return;
  }
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const asked = () => {
    const options = JSON.parse(source.textContent).publicKey;
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.excludeCredentials, options.allowCredentials]) {
      for (const one of list ?? []) one.id = bytes(one.id);
    }
    return options;
  };
  const answered = (found) => {
    const said = found.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (said[part]) response[part] = text(said[part]);
    }
    return { id: found.id, rawId: text(found.rawId), type: found.type, response, clientExtensionResults: {} };
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    says.textContent = "";
    try {
      const found = await navigator.credentials[form.dataset.passkey]({ publicKey: asked() });
      form.querySelector("[name=answer]").value = JSON.stringify(answered(found));
      form.submit();
    } catch {
      says.textContent = form.dataset.failed;
    }
  });
})();
