"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const table = byId("failed"), form = byId("filter"), said = byId("said");

  // Without this script the page has no buttons that would do nothing.
  for (const box of document.querySelectorAll(".copy")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(box.querySelector("pre"), button));
    box.append(button);
  }

  async function copy(from, button) {
    try {
      await navigator.clipboard.writeText(from.textContent);
    } catch {
      getSelection().selectAllChildren(from);
      document.execCommand("copy");
    }
    button.textContent = said.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 2000);
  }

  // A link to a cause opens its page.
  function open() {
    const found = location.hash.length > 1 && byId(location.hash.slice(1));
    if (found && found.tagName === "DETAILS") found.open = true;
  }
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => document.querySelectorAll("details.page").forEach((page) => { page.open = true; }));
  open();

  if (!table) return;
  const fields = ["q", "verdict", "cause", "file", "run", "worker"];
  const list = (cell) => cell.textContent.split(", ").filter(Boolean);
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    verdict: [row.dataset.verdict],
    cause: [row.cells[1].textContent],
    file: [row.dataset.file].filter(Boolean),
    run: list(row.cells[2]),
    worker: list(row.cells[3]),
  }));
  let sorted = "";

  for (const name of fields.slice(1)) {
    const counts = new Map();
    for (const each of rows) for (const value of each[name]) counts.set(value, (counts.get(value) || 0) + 1);
    const values = [...counts.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    for (const value of values) form[name].append(new Option(`${value.replaceAll("_", " ")} (${counts.get(value)})`, value));
    if (values.length < 2) form[name].parentElement.hidden = values.length === 0;
  }
  form.hidden = false;

  function show() {
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
