// Three small comforts; every page works without them. Nothing is stored.
(() => {
  "use strict";
  const leave = document.querySelector("[data-leave]");
  const go = () => {
    const cover = document.createElement("div");
    cover.className = "gone";
    document.body.replaceChildren(cover);
    document.title = " ";
    fetch(leave.href, { redirect: "manual", keepalive: true }).catch(() => {});
    location.replace(leave.dataset.leave);
  };
  leave.addEventListener("click", (event) => { event.preventDefault(); go(); });
  let presses = 0, last = 0;
  addEventListener("keyup", (event) => {
    const now = Date.now();
    presses = event.key === "Shift" ? (now - last < 5000 ? presses + 1 : 1) : 0;
    last = now;
    if (presses === 3) go();
  });

  // "Where I am": the point is rounded here, before anything is sent.
  const offerPlace = () => {
    const offer = document.querySelector("[data-near-me]");
    if (!offer || !navigator.geolocation) return;
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => { document.getElementById("place").value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`; },
      () => { document.getElementById("place").focus(); }));
  };
  offerPlace();

  // Results come into this page; Back brings the questions as they were left. Both live in memory only.
  const main = document.getElementById("main");
  let asked = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) event.detail.shouldSwap = true;
    if (asked === null) { asked = document.createDocumentFragment(); asked.append(...main.childNodes); history.pushState("found", ""); }
  });
  document.addEventListener("htmx:afterSwap", () => { offerPlace(); document.getElementById("found")?.focus({ preventScroll: true }); });
  addEventListener("popstate", () => { if (asked !== null) { main.replaceChildren(asked); asked = null; scrollTo(0, 0); } });
})();
