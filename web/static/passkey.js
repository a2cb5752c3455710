// Passkeys: hands what the server asks to the browser, and sends what the browser answers as an ordinary form. Nothing else needs this script.
(() => {
  "use strict";
  if (!globalThis.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const add = async (options) => {
    const made = await navigator.credentials.create({ publicKey: {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: keys(options.excludeCredentials),
    } });
    return { id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
      response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) } };
  };
  const show = async (options) => {
    const got = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: keys(options.allowCredentials) } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = got.response;
    return { id: got.id, rawId: text(got.rawId), type: got.type, clientExtensionResults: {},
      response: { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature),
        userHandle: userHandle ? text(userHandle) : null } };
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    for (const part of form.querySelectorAll("[data-shown]")) part.hidden = false;
    form.querySelector("[data-without]").hidden = true;
    const problem = form.querySelector("[data-problem]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        const options = JSON.parse(form.dataset.options);
        form.elements.answer.value = JSON.stringify(await (form.dataset.passkey === "add" ? add(options) : show(options)));
        form.submit();
      } catch {
        problem.hidden = false;   // the person said no, or the device knows no such passkey
      }
    });
  }
})();
