// Small comforts; every page works without them. What is kept for Back lives in this page's memory only; papers.js has the one switch that stores anything.
(() => {
  "use strict";
  const main = document.getElementById("main");
  const own = window.homeground = { settled: () => {}, gone: () => {}, forget: () => { pages.length = 0; } };   // papers.js fills in the first two

  // Leave now: blank first, then replace this entry of the history. Shift or Escape three times does the same.
  const leave = document.querySelector("[data-leave]");
  const go = () => {
    const cover = document.createElement("div");
    cover.className = "gone";
    document.body.replaceChildren(cover);
    document.title = " ";
    pages.length = 0;
    own.gone();
    fetch(leave.href, { redirect: "manual", keepalive: true }).catch(() => {});
    location.replace(leave.dataset.leave);
  };
  leave?.addEventListener("click", (event) => { event.preventDefault(); go(); });
  let presses = 0, last = 0, key = "";
  addEventListener("keyup", (event) => {
    const now = Date.now();
    const again = event.key === key && now - last < 5000;
    presses = ["Shift", "Escape"].includes(event.key) ? (again ? presses + 1 : 1) : 0;
    [last, key] = [now, event.key];
    if (presses === 3) go();
  });
  addEventListener("pageshow", (event) => { if (event.persisted && document.querySelector(".gone")) location.replace("/"); });

  // "Where I am": the point is rounded here, before anything is sent.
  const offerPlace = () => {
    const offer = main.querySelector("[data-near-me]");
    if (!offer || !navigator.geolocation) return;
    offer.hidden = false;
    offer.onclick = () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => { document.getElementById("place").value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`; },
      () => { document.getElementById("place").focus(); });
  };
  offerPlace();

  // Questions, results and listings follow each other in one page, so that Back finds each as it was left, answers and all.
  const pages = [];
  let here = 0;
  if (history.state !== null) history.replaceState(null, "");
  const put = (nodes, title) => {
    main.replaceChildren(...nodes);
    if (title) document.title = title;
    offerPlace();
  };
  const keep = () => { pages[here] = { nodes: [...main.childNodes], title: document.title, scroll: scrollY }; };
  const step = (address) => {
    keep();
    main.replaceChildren();
    pages.length = here += 1;
    history.pushState(here, "", address);
  };
  const arriveAt = (heading) => {
    if (!heading) return;
    if (heading.localName !== "summary") heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const arrive = () => arriveAt(main.querySelector("h1"));
  addEventListener("popstate", (event) => {
    keep();
    here = event.state ?? 0;
    const page = pages[here];
    if (!page) { location.reload(); return; }
    put(page.nodes, page.title);
    own.settled(true);
    scrollTo(0, page.scroll);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status >= 400) { event.detail.shouldSwap = false; show(xhr.responseText, location.pathname); return; }
    if (event.detail.target === main) step(location.pathname);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === main) { offerPlace(); arrive(); } else if (!("quiet" in event.detail.target.dataset)) { arriveAt(event.detail.target.querySelector("h2, summary")); }
  });
  document.addEventListener("htmx:afterSettle", () => own.settled(false));
  document.addEventListener("htmx:sendError", () => { document.getElementById("ask")?.submit(); });

  // A listing opens in place; a whole page that came back (an error too) is shown by its main part.
  const show = (text, address) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = page.getElementById("main");
    if (!found) { location.assign(address); return; }
    step(address);
    put(found.childNodes, page.title);
    window.htmx?.process(main);
    own.settled(false);
    scrollTo(0, 0);
    arrive();
  };
  own.show = show;
  main.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/listings/']");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    fetch(link.href).then((answer) => answer.text()).then((text) => show(text, link.pathname)).catch(() => location.assign(link.href));
  });
})();
