// The desk reads without this file. It adds keys, the chain under the pointer, dropping of files, and closer maps.
(function () {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  function theme() {
    const button = $(".theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("reportedly-theme", root.dataset.theme); } catch (error) { /* not kept then */ }
    });
  }

  const openCells = () => $$("details[name=cell][open]");

  // What lies over the table goes when anything beside it is clicked.
  function cells() {
    document.addEventListener("click", (event) => {
      openCells().filter((cell) => !cell.contains(event.target)).forEach((cell) => { cell.open = false; });
    });
  }

  function keys() {
    const dialog = $("dialog.keys");
    const open = $(".keys-open");
    open.hidden = false;
    open.addEventListener("click", () => dialog.showModal());
    let at = -1;
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
      if (event.key === "Escape") openCells().forEach((cell) => { cell.open = false; $("summary", cell).focus(); });
      else if (event.key === "/") { event.preventDefault(); $("#find").focus(); }
      else if (event.key === "?") { event.preventDefault(); dialog.showModal(); }
      else if (event.key === "j" || event.key === "k") {
        const entries = $$(".card, .entry").filter((e) => e.offsetParent !== null);
        if (!entries.length) return;
        at = Math.max(0, Math.min(entries.length - 1, at + (event.key === "j" ? 1 : -1)));
        $$(".entry.at").forEach((e) => e.classList.remove("at"));
        const entry = entries[at];
        entry.classList.add("at");
        const target = entry.matches("a, summary") ? entry : $("summary, a, button", entry);
        if (target) target.focus();
        entry.scrollIntoView({ block: "nearest" });
      }
    });
  }

  function chains() {
    const bar = $(".chain-bar");
    if (!bar) return;
    const cards = new Map($$("[data-card]").map((card) => [card.dataset.card, card]));
    const marks = $$("[data-of]");
    function show(id) {
      $$(".lit").forEach((e) => e.classList.remove("lit"));
      const card = cards.get(id);
      if (!card) { bar.hidden = true; return; }
      card.classList.add("lit");
      marks.filter((m) => m.dataset.of.split(" ").includes(id)).forEach((m) => m.classList.add("lit"));
      $(".chain-text", bar).textContent = card.dataset.chain || "in the outlet's own words";
      $(".chain-sure", bar).textContent = card.dataset.surely;
      bar.hidden = false;
    }
    const of = (target) => {
      const card = target.closest("[data-card]");
      if (card) return card.dataset.card;
      const mark = target.closest("[data-of]");
      return mark ? mark.dataset.of.split(" ").find((id) => cards.has(id)) : null;
    };
    document.addEventListener("pointerover", (event) => { const id = of(event.target); if (id) show(id); });
    document.addEventListener("focusin", (event) => { const id = of(event.target); if (id) show(id); });
    document.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-of]");
      const id = mark && of(mark);
      if (!id || !getSelection().isCollapsed) return;
      const card = cards.get(id);
      card.open = true;
      card.scrollIntoView({ block: "nearest" });
    });
  }

  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) target.open = true;
  }

  function dropping() {
    $$(".drop").forEach((zone) => {
      const input = $("input[type=file]", zone);
      const told = zone.parentElement.querySelector(".chosen");
      const tell = () => { told.textContent = Array.from(input.files).map((f) => f.name).join(", "); };
      input.addEventListener("change", tell);
      ["dragover", "dragenter"].forEach((name) => zone.addEventListener(name, (e) => { e.preventDefault(); zone.classList.add("over"); }));
      ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
      zone.addEventListener("drop", (event) => { event.preventDefault(); input.files = event.dataTransfer.files; tell(); });
    });
  }

  function clashes(name, taken, view) {
    const a = name.getBBox();
    if (a.x < view.x || a.x + a.width > view.x + view.width) return true;
    return taken.some((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height);
  }

  function maps() {
    $$(".map").forEach((map) => {
      const svg = $("svg", map);
      const first = svg.dataset.box.split(" ").map(Number);
      const firstUnit = Math.max(first[2], first[3]) / 200;
      let box = first.slice();
      $(".map-tools", map).hidden = false;
      // Names and spots keep their size on the screen, however close the map is.
      function draw() {
        if (!svg.clientWidth || !svg.clientHeight) return;  // not laid out, as while it is printed
        svg.setAttribute("viewBox", box.join(" "));
        const unit = Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
        const size = (spot) => (5 + Number(spot.dataset.r) / firstUnit) * unit;
        $$(".spot", svg).forEach((spot) => spot.setAttribute("r", size(spot)));
        const wide = svg.clientWidth * unit;
        const view = { x: box[0] + (box[2] - wide) / 2, width: wide };
        const taken = $$(".spot", svg).map((spot) => spot.getBBox());
        $$(".spot-name", svg).forEach((name) => {
          const r = size($(".spot", name.parentElement));
          name.setAttribute("x", Number(name.dataset.x) + r + 4 * unit);
          name.setAttribute("y", Number(name.dataset.y) + 4.5 * unit);
          name.setAttribute("font-size", 13 * unit);
          name.setAttribute("text-anchor", "start");
          if (clashes(name, taken, view)) {
            name.setAttribute("x", Number(name.dataset.x) - r - 4 * unit);
            name.setAttribute("text-anchor", "end");
          }
          // What finds no room shows its name when it is pointed at, or closer by.
          const hidden = clashes(name, taken, view);
          name.classList.toggle("no-room", hidden);
          if (!hidden) taken.push(name.getBBox());
        });
      }
      function zoom(by) {
        if (!by) box = first.slice();
        else if (first[2] / (box[2] * by) < 60 && box[2] * by <= first[2] * 4) {
          box = [box[0] + box[2] * (1 - by) / 2, box[1] + box[3] * (1 - by) / 2, box[2] * by, box[3] * by];
        }
        draw();
      }
      map.addEventListener("click", (event) => {
        const button = event.target.closest("[data-zoom]");
        if (button) zoom(Number(button.dataset.zoom));
      });
      let from = null;
      svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse" && !event.target.closest("a")) from = [event.clientX, event.clientY, box[0], box[1]]; });
      window.addEventListener("pointermove", (event) => {
        if (!from) return;
        const unit = box[2] / svg.clientWidth;
        box[0] = from[2] - (event.clientX - from[0]) * unit;
        box[1] = from[3] - (event.clientY - from[1]) * unit;
        draw();
      });
      window.addEventListener("pointerup", () => { from = null; });
      window.addEventListener("resize", draw);
      draw();
    });
  }

  theme();
  keys();
  cells();
  chains();
  unfold();
  window.addEventListener("hashchange", unfold);
  dropping();
  maps();
})();
