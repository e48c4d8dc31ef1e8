"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const table = byId("failed"), form = byId("filter"), said = byId("said");

  // The buttons are shown by the script before anything is drawn, so a page without it has none.
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button.copier");
    if (button) copy(button.closest(".copy").querySelector("pre"), button);
  });

  // A page from a file may be refused the clipboard: then the text is selected and copied as by hand.
  async function copy(from, button) {
    let done = true;
    try {
      await navigator.clipboard.writeText(from.textContent);
    } catch {
      getSelection().selectAllChildren(from);
      done = document.execCommand("copy");
    }
    button.textContent = said.textContent = done ? "Copied" : "Selected";
    setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 2000);
  }

  // Thousands of dots: plotly, which is in the page, pressed, draws them to zoom into and to ask.
  for (const data of document.querySelectorAll("script.figure")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Zoom in, and name the dots";
    button.addEventListener("click", () => explore(data, button));
    data.parentElement.append(button);
  }

  async function explore(data, button) {
    button.disabled = true;
    try {
      await unpack();
      const drawing = data.parentElement.querySelector(":scope > svg"), place = document.createElement("div");
      const colours = getComputedStyle(document.documentElement), { data: traces, layout } = JSON.parse(data.textContent);
      ["--good", "--bad"].forEach((name, n) => { traces[n].marker = { color: colours.getPropertyValue(name), opacity: .6 }; });
      Object.assign(layout, { height: drawing.getBoundingClientRect().height, paper_bgcolor: "transparent",
        plot_bgcolor: "transparent", font: { color: colours.getPropertyValue("--ink") } });
      drawing.replaceWith(place);
      await Plotly.newPlot(place, traces, layout, { responsive: true, displaylogo: false, plotlyServerURL: "",
        showSendToCloud: false, modeBarButtonsToRemove: ["select2d", "lasso2d"] });
      button.remove();
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    } catch (error) {
      button.textContent = "It could not be loaded";
      console.error(error);
    }
  }

  async function unpack() {
    if (window.Plotly) return;
    const source = byId("plotly"), script = document.createElement("script");
    const loaded = source.dataset.src && new Promise((done, failed) => {
      Object.assign(script, { crossOrigin: "anonymous", integrity: source.dataset.hash, src: source.dataset.src,
        onload: done, onerror: failed });
    });
    if (!loaded) {
      const bytes = Uint8Array.from(atob(source.textContent), (letter) => letter.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      script.textContent = await new Response(stream).text();
    }
    // It brings a style sheet for maps, which the policy refuses and nobody needs.
    const head = document.head;
    head.appendChild = (node) => node.tagName === "STYLE" && node.textContent ? node : Node.prototype.appendChild.call(head, node);
    head.append(script);
    await loaded;
    delete head.appendChild;
  }

  if (location.hash.startsWith("#chart-")) document.querySelector(`${location.hash} > button`)?.click();

  // A link to a cause opens its page, one to an advice what it changes.
  function open() {
    const found = byId(location.hash.slice(1));
    const folded = found?.matches("details") ? found : found?.querySelector(":scope > details.whole");
    if (folded) folded.open = true;
  }
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => document.querySelectorAll("details.whole").forEach((each) => { each.open = true; }));
  open();

  if (!table) return;
  const fields = ["q", "verdict", "cause", "file", "run", "worker"];
  const list = (cell) => cell.textContent.split(", ").filter(Boolean);
  const body = table.tBodies[0];
  let rows = [], sorted = "";

  // Thousands of rows are looked through when they are first asked for, or when there is time.
  function prepare() {
    if (rows.length) return;
    rows = [...body.rows].map((row) => ({
      row,
      text: row.textContent.toLowerCase(),
      verdict: [row.dataset.verdict],
      cause: [row.cells[1].textContent],
      file: [row.dataset.file].filter(Boolean),
      run: list(row.cells[2]),
      worker: list(row.cells[3]),
    }));
    for (const name of fields.slice(1)) {
      const counts = new Map();
      for (const each of rows) for (const value of each[name]) counts.set(value, (counts.get(value) || 0) + 1);
      const collator = new Intl.Collator("en", { numeric: true });
      const values = [...counts.keys()].sort(collator.compare);
      form[name].append(...values.map((value) => new Option(`${value.replaceAll("_", " ")} (${counts.get(value)})`, value)));
    }
  }

  form.addEventListener("focusin", prepare, { once: true });
  (window.requestIdleCallback || setTimeout)(prepare);

  function show() {
    prepare();
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = fields.slice(1).filter((name) => form[name].value);
    let shown = 0;
    for (const each of rows) {
      const fits = words.every((word) => each.text.includes(word)) &&
        asked.every((name) => each[name].includes(form[name].value));
      if (each.row.hidden === fits) each.row.hidden = !fits;
      shown += fits;
    }
    byId("count").textContent = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
  }

  function keep() {
    const view = new URLSearchParams();
    for (const name of fields) if (form[name].value) view.set(name, form[name].value);
    if (sorted) view.set("sort", sorted);
    const hash = view.size ? `#tests?${view}` : "#tests";
    if (hash !== location.hash) history.replaceState(null, "", hash);
  }

  function sort(how) {
    prepare();
    const column = Number(how.replace("-", "")), back = how.startsWith("-") ? -1 : 1;
    const heads = table.tHead.rows[0].cells;
    if (!(column >= 1 && column <= heads.length)) return;
    sorted = how;
    [...heads].forEach((head, n) => {
      if (n === column - 1) head.setAttribute("aria-sort", back < 0 ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const collator = new Intl.Collator("en", { numeric: true });
    const keyed = rows.map((each) => [each.row.cells[column - 1].textContent, each.row]);
    keyed.sort(([a], [b]) => back * (column === 5 ? (Number(a) || 0) - (Number(b) || 0) : collator.compare(a, b)));
    body.append(...keyed.map(([, row]) => row));
  }

  [...table.tHead.rows[0].cells].forEach((head, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => { sort(sorted === `${n + 1}` ? `-${n + 1}` : `${n + 1}`); keep(); });
    head.replaceChildren(button);
  });

  function restore() {
    const [place, view] = location.hash.split(/\?(.*)/s);
    if (place !== "#tests" || view === undefined) return;
    prepare();
    const wanted = new URLSearchParams(view);
    for (const name of fields) form[name].value = wanted.get(name) || "";
    for (const name of fields.slice(1)) if (form[name].selectedIndex < 0) form[name].value = "";
    if (wanted.get("sort")) sort(wanted.get("sort"));
    show();
    byId("tests").scrollIntoView();
  }

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { show(); keep(); }, 60); });
  form.addEventListener("reset", () => setTimeout(() => { show(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", restore);
  restore();
})();
