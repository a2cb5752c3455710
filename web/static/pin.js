// Moving a pin by hand or with the arrow keys. Without this script the same is done by the buttons and the two numbers.
(() => {
  "use strict";
  const DEGREE = 111195, RING = 104, WIDE = 160, HIGH = 120;
  const WAYS = { north: [0, 1], south: [0, -1], east: [1, 0], west: [-1, 0] };
  const KEYS = { ArrowUp: "north", ArrowDown: "south", ArrowRight: "east", ArrowLeft: "west" };

  const start = (place) => {
    const map = place.querySelector("svg"), pin = map.querySelector(".pin"), told = place.querySelector("[data-told]");
    const [latitude, longitude] = ["latitude", "longitude"].map((name) => document.getElementById(`place-${place.dataset.pin}-${name}`));
    const step = place.querySelector("select"), marks = [...map.querySelectorAll(".mark")], far = [...map.querySelectorAll(".far")];
    const scales = map.dataset.scales.split(" ").map(Number);
    const home = [Number(latitude.value), Number(longitude.value)], along = Math.cos(home[0] * Math.PI / 180);
    let metres = Number(map.dataset.metres), east = 0, north = 0, middle = [0, 0], waiting = 0;

    const at = (x, y) => [(x - middle[0]) * RING / metres, (middle[1] - y) * RING / metres];
    const words = (length) => (length < 1000 ? `${Math.round(length)} m` : `${Number((length / 1000).toFixed(1))} km`);
    const draw = () => {
      const [here, there] = at(east, north);
      pin.setAttribute("transform", `translate(${here} ${there})`);
      const kept = [[here - 13, there - 34, here + 13, there + 4], ...[RING / 2, RING].map((r) => [-0.7 * r - 15, 0.7 * r - 6, -0.7 * r + 15, 0.7 * r + 6])];
      const room = ([a, b, c, d]) => a >= -WIDE && c <= WIDE && b >= -HIGH && d <= HIGH && !kept.some(([e, f, g, h]) => a < g && e < c && b < h && f < d);
      for (const mark of marks) {
        const [x, y] = at(Number(mark.dataset.east), Number(mark.dataset.north)), name = mark.querySelector("text");
        const wide = 6.4 * name.textContent.length + 8, sides = [[x - 5, y - 7.5, x + wide, y + 7.5], [x - wide, y - 7.5, x + 5, y + 7.5]];
        const side = sides.findIndex(room);
        if (side >= 0) kept.push(sides[side]);
        mark.setAttribute("transform", `translate(${x} ${y})`);
        mark.setAttribute("display", side < 0 ? "none" : "inline");
        name.setAttribute("x", side ? -7 : 7);
        name.setAttribute("text-anchor", side ? "end" : "start");
      }
      far[0].textContent = words(metres / 2);
      far[1].textContent = words(metres);
    };
    const follow = () => {   // the drawing follows a pin that would leave it
      const [x, y] = at(east, north);
      if (Math.abs(x) > WIDE - 15 || y < 40 - HIGH || y > HIGH - 5) middle = [east, north];
      draw();
    };
    const tell = () => {
      const parts = [[north, "north", "south"], [east, "east", "west"]].filter(([by]) => Math.abs(by) >= 1);
      const moved = parts.map(([by, there, back]) => `${words(Math.abs(by))} ${by > 0 ? there : back}`).join(", ");
      told.textContent = moved ? place.dataset.said.replace("{}", moved) : "";
    };
    const write = () => {
      latitude.value = Number((home[0] + north / DEGREE).toFixed(6));
      longitude.value = Number((home[1] + east / DEGREE / along).toFixed(6));
    };
    const keep = () => { write(); tell(); latitude.dispatchEvent(new Event("change", { bubbles: true })); };
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(keep, 600); };
    const move = (way, by) => { east += WAYS[way][0] * by; north += WAYS[way][1] * by; write(); follow(); soon(); };

    for (const button of place.querySelectorAll("[data-way]")) {
      button.type = "button";
      button.addEventListener("click", () => move(button.dataset.way, Number(step.value)));
    }
    for (const button of place.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => {
        metres = scales[Math.min(scales.length - 1, Math.max(0, scales.indexOf(metres) + Number(button.dataset.zoom)))];
        middle = [east, north];
        draw();
      });
    }
    map.addEventListener("keydown", (event) => {
      if (!(event.key in KEYS)) return;
      event.preventDefault();
      move(KEYS[event.key], event.shiftKey ? 100 : 10);
    });
    let held = null;
    pin.addEventListener("pointerdown", (event) => {
      held = [event.clientX, event.clientY, east, north, map.getBoundingClientRect().width / (2 * WIDE)];
      pin.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    pin.addEventListener("pointermove", (event) => {
      if (!held) return;
      const unit = metres / RING / held[4];
      east = held[2] + (event.clientX - held[0]) * unit;
      north = held[3] - (event.clientY - held[1]) * unit;
      write();
      draw();
    });
    for (const end of ["pointerup", "pointercancel"]) pin.addEventListener(end, () => { if (held) { held = null; follow(); keep(); } });
    for (const field of [latitude, longitude]) {
      field.addEventListener("change", (event) => {
        const typed = [latitude, longitude].map((one) => Number(one.value.replace(",", ".")));
        if (!event.isTrusted || !typed.every(Number.isFinite)) return;
        north = (typed[0] - home[0]) * DEGREE;
        east = (typed[1] - home[1]) * DEGREE * along;
        middle = [east, north];
        follow();
        tell();
      });
    }
    map.setAttribute("tabindex", "0");
    map.setAttribute("role", "application");
    map.setAttribute("aria-label", `${map.getAttribute("aria-label")} ${place.querySelector("[data-how]").textContent}`);
    for (const hidden of place.querySelectorAll("[hidden]")) hidden.hidden = false;
    place.classList.add("ready");
  };
  for (const place of document.querySelectorAll("[data-pin]")) start(place);
})();
