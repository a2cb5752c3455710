// My papers travel in the forms of this page, and live in its memory only. One switch, off by default, keeps them on this device.
(() => {
  "use strict";
  const NAME = "notes";
  const main = document.getElementById("main");
  const fields = () => [...main.querySelectorAll("input[name=papers]")];
  let papers = "", raise = { whom: "", lines: [] };

  const kept = () => { try { return localStorage.getItem(NAME); } catch { return null; } };
  const store = () => { if (kept() !== null) try { localStorage.setItem(NAME, JSON.stringify({ papers, raise })); } catch { /* full, or not allowed */ } };
  const forget = () => { papers = ""; raise = { whom: "", lines: [] }; try { localStorage.removeItem(NAME); } catch { /* not allowed */ } };
  const held = kept();
  if (held !== null) try { ({ papers, raise } = { papers, raise, ...JSON.parse(held) }); } catch { forget(); }

  // What an answer brought is what counts; a page that was only read is filled in, and so is one that Back brings again.
  const settle = (again) => {
    for (const field of fields()) if (field.value && !again) papers = field.value;
    for (const field of fields()) field.value = papers;
    store();
    dress();
  };
  const fill = (event) => {
    const sheet = main.querySelector("[data-raise]");
    if (!sheet?.contains(event.target)) return;
    const [whom, ...lines] = [...sheet.querySelectorAll("input, textarea")].map((one) => one.value);
    raise = { whom, lines };
    store();
  };
  const dress = () => {
    for (const one of main.querySelectorAll("[data-print], [data-raise-save], [data-raise-open], [data-device]")) one.hidden = false;
    if ("BarcodeDetector" in window) for (const one of main.querySelectorAll("[data-photo]")) one.hidden = false;
    const here = main.querySelector("[data-keep-here]");
    if (here) here.checked = kept() !== null;
    main.querySelectorAll("[data-raise] input, [data-raise] textarea").forEach((one, at) => { one.value = (at ? raise.lines[at - 1] : raise.whom) ?? ""; });
  };

  const { show } = window.homeground;
  const body = (extra = {}) => new URLSearchParams({ papers, ...extra });
  const post = (path) => fetch(path, { method: "POST", body: body() }).then((answer) => answer.text()).then((text) => show(text, path));
  const INSIDE = /^\/(?:$|(?:papers|strengths|browse|urgent|about|privacy|sources|help|listings)(?:\/|$))/;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/']");
    if (!link || !papers || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const path = link.getAttribute("href");
    if (!INSIDE.test(path)) return;
    event.preventDefault();
    if (path === "/papers" || path === "/strengths") post(path).catch(() => location.assign(path));
    else fetch(path).then((answer) => answer.text()).then((text) => show(text, path)).catch(() => location.assign(path));
  });
  main.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    if (event.target.closest("[data-raise-save]")) save({ version: 1, to_raise: raise });
    if (event.target.closest("[data-clear]")) { forget(); window.homeground.forget(); location.replace("/papers"); }
  });
  main.addEventListener("input", fill);
  main.addEventListener("change", (event) => {
    if (event.target.matches("[data-keep-here]")) {
      if (event.target.checked) { try { localStorage.setItem(NAME, ""); } catch { event.target.checked = false; } store(); } else try { localStorage.removeItem(NAME); } catch { /* not allowed */ }
    }
    if (event.target.id === "photo" && event.target.files[0]) look(event.target.files[0], event.target.form);
    if (event.target.id === "raise-file") event.target.files[0]?.text().then((text) => { take(text); dress(); });
  });

  // A photo of a code is looked at here; what is sent is the code.
  const look = async (photo, form) => {
    const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(photo)).catch(() => []);
    form.querySelector("#photo-error").hidden = found.length > 0;
    if (found.length) { form.querySelector("#code").value = found[0].rawValue; form.requestSubmit(); }
  };

  // What somebody wants to raise is taken out of a file before anything of it is sent.
  const take = (text) => {
    let given;
    try { given = JSON.parse(text); } catch { return text; }
    if (!given || typeof given !== "object" || !given.to_raise) return text;
    const { whom = "", lines = [] } = given.to_raise;
    if (whom || lines.length) { raise = { whom: String(whom), lines: [...lines].map(String) }; store(); }
    delete given.to_raise;
    return JSON.stringify(given);
  };
  main.addEventListener("submit", (event) => {
    if (!event.target.matches(".papers-open")) return;
    const file = event.target.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    const form = new FormData(event.target);
    file.text().then((text) => {
      form.set("file", new Blob([take(text)], { type: "application/json" }), "notes.json");
      return fetch("/papers/open", { method: "POST", body: form });
    }).then((answer) => answer.text()).then((text) => show(text, "/papers")).catch(() => event.target.submit());
  });
  const save = (value) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
    link.download = "notes.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  window.homeground.settled = settle;
  window.homeground.gone = forget;
  const blank = fields().every((field) => !field.value);
  const asked = location.pathname;
  settle(false);
  if (papers && blank && (asked === "/papers" || asked === "/strengths")) post(asked).catch(() => {});
})();
