"use strict";
// Filters, the keyboard, and details of the cell at hand. One listener for each kind of event; details are made when they are asked for.
// What comes from inputs is written as text nodes and attributes only.

const data = JSON.parse(document.getElementById("data").textContent);
const table = document.querySelector("table");
const body = table.tBodies[0];
const rows = [...body.rows];
const heads = table.tHead.rows[0].cells;
const details = document.getElementById("details");
const shown = document.getElementById("shown");
const chips = [...document.querySelectorAll("button[data-status]")];
const forgotten = data.statuses.findIndex((status) => status.name === "forgotten");

/** What is known of a cell, by row and column of the body. */
const factOf = (row, column) => {
  const index = data.cells[row][column];
  return index === null ? null : data.facts[index];
};

const nameOf = (fact) => {
  if (fact === null) return "not behind this authorizer";
  const word = data.statuses[fact.status].word;
  return fact.example === null ? word : `${word}, e.g. ${fact.example}`;
};

const labels = new Map();
data.facts.forEach((fact) => labels.set(fact, nameOf(fact)));
labels.set(null, nameOf(null));

rows.forEach((row, at) => {
  const route = data.routes[at].name;
  const cells = row.cells;
  for (let column = 0; column < data.policies.length; column += 1) {
    const cell = cells[column + 1];
    cell.setAttribute("role", "gridcell");
    cell.setAttribute("aria-label", `${route} under ${data.policies[column].name}: ${labels.get(factOf(at, column))}`);
  }
});

// ---- The cell at hand ----

/** Row -1 is the header, column -1 the names of the routes. */
const placeOf = (cell) => ({ row: cell.parentElement.rowIndex - 1, column: cell.cellIndex - 1 });
const cellAt = (row, column) => (row < 0 ? heads : rows[row].cells)[column + 1];

let marked = [];
const mark = (row, column) => {
  marked.forEach((head) => head.classList.remove("here"));
  marked = [heads[column + 1], row < 0 ? null : rows[row].cells[0]].filter(Boolean);
  marked.forEach((head) => head.classList.add("here"));
};

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const badge = (status) => {
  const made = element("b", data.statuses[status].letter, data.statuses[status].name);
  made.ariaHidden = "true";
  return made;
};

const aboutPolicy = (policy) => [
  element("p", `${policy.place} as the answer of ${policy.authorizer}`, "quiet"),
  element("p", policy.deployment, "quiet"),
];

const aboutCell = (row, column) => {
  const fact = factOf(row, column);
  const route = data.routes[row];
  const policy = data.policies[column];
  const title = element("h2");
  title.append(element("code", route.name), "under", element("code", policy.name));
  if (fact === null) return [title, element("p", "The route is not behind the authorizer of this response.")];
  const status = data.statuses[fact.status];
  title.prepend(badge(fact.status));
  const list = element("ul");
  for (const part of fact.parts) {
    const several = fact.parts.length > 1 ? `${part.scope}: ${data.statuses[part.status].word}: ` : "";
    for (const [outcome, request] of part.outcomes) {
      const item = element("li", `${several}${outcome}, e.g. `);
      item.append(element("code", request));
      list.append(item);
    }
    if (part.conditional) list.append(element("li", `${several}depends on a condition or a policy variable`));
  }
  const scope = fact.parts.length === 1 ? `; cache scope: ${fact.parts[0].scope}` : "";
  const sentence = element("p");
  sentence.append(element("strong", status.word), `: ${status.meaning}`);
  const place = element("p", `${route.place}; ${policy.place} as the answer of ${policy.authorizer}${scope}`, "quiet");
  return [title, sentence, list, place];
};

const aboutRoute = (row) => {
  const title = element("h2");
  title.append(element("code", data.routes[row].name));
  return [title, tally(data.policies.map((_, column) => factOf(row, column))), element("p", data.routes[row].place, "quiet")];
};

const aboutColumn = (column) => {
  const policy = data.policies[column];
  const title = element("h2");
  title.append(element("code", policy.name));
  return [title, tally(rows.map((_, row) => factOf(row, column))), ...aboutPolicy(policy)];
};

/** How many cells have each status. */
const tally = (facts) => {
  const counts = data.statuses.map((status, index) => [status.word, facts.filter((fact) => fact?.status === index).length]);
  const some = counts.filter(([, number]) => number > 0);
  return element("p", some.map(([word, number]) => `${number} ${word}`).join(", "));
};

const show = ({ row, column }) => {
  if (row < 0 && column < 0) return;
  mark(row, column);
  if (row < 0) details.replaceChildren(...aboutColumn(column));
  else if (column < 0) details.replaceChildren(...aboutRoute(row));
  else details.replaceChildren(...aboutCell(row, column));
};

// ---- The keyboard: one cell takes part in the order of Tab, the arrow keys move it ----

// What scrolls into view must not end below the header and the names, which stay.
const corner = heads[0].getBoundingClientRect();
table.parentElement.style.scrollPadding = `${corner.height}px 0 0 ${corner.width}px`;

let current = heads[1] ? (rows[0]?.cells[1] ?? heads[1]) : null;
if (current) current.tabIndex = 0;

const enter = (cell) => {
  if (current) current.tabIndex = -1;
  current = cell;
  current.tabIndex = 0;
  current.focus({ preventScroll: true });
  current.scrollIntoView({ block: "nearest", inline: "nearest" });
};

/** The next one that is not filtered out, at most `steps` away; the last one there is where fewer are left. */
const next = (from, by, steps, isShown, end) => {
  let at = from;
  for (let index = from + by; steps > 0 && index !== end; index += by) {
    if (isShown(index)) {
      at = index;
      steps -= 1;
    }
  }
  return at;
};

const rowShown = (row) => row < 0 || !rows[row].hidden;
const columnShown = (column) => column < 0 || !heads[column + 1].hidden;
const across = (from, by, steps) => next(from, by, steps, columnShown, by < 0 ? -2 : data.policies.length);
const down = (from, by, steps) => next(from, by, steps, rowShown, by < 0 ? -2 : rows.length);
const PAGE = 12;

const moves = {
  ArrowLeft: ({ row, column }) => [row, across(column, -1, 1)],
  ArrowRight: ({ row, column }) => [row, across(column, 1, 1)],
  ArrowUp: ({ row, column }) => [down(row, -1, 1), column],
  ArrowDown: ({ row, column }) => [down(row, 1, 1), column],
  PageUp: ({ row, column }) => [down(row, -1, PAGE), column],
  PageDown: ({ row, column }) => [down(row, 1, PAGE), column],
  Home: ({ row }, all) => [all ? down(-1, 1, 1) : row, across(-1, 1, 1)],
  End: ({ row }, all) => [all ? down(row, 1, Infinity) : row, across(-1, 1, Infinity)],
  f: (from) => nextForgotten(from),
};

/** Row by row, and from the end back to the beginning. */
const nextForgotten = ({ row, column }) => {
  const width = data.policies.length;
  const start = Math.max(row, 0) * width + Math.max(column, row < 0 ? -1 : column);
  for (let step = 1; step <= rows.length * width; step += 1) {
    const at = (start + step) % (rows.length * width);
    const place = [Math.floor(at / width), at % width];
    if (factOf(...place)?.status === forgotten && rowShown(place[0]) && columnShown(place[1])) return place;
  }
  return [row, column];
};

table.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td, th");
  if (!cell || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    show(placeOf(cell));
    return;
  }
  const move = moves[event.key];
  if (!move || (event.ctrlKey && !["Home", "End"].includes(event.key))) return;
  event.preventDefault();
  const [row, column] = move(placeOf(cell), event.ctrlKey);
  if (row < 0 && column < 0) return;
  enter(cellAt(row, column));
});
table.addEventListener("focusin", (event) => show(placeOf(event.target.closest("td, th"))));
table.addEventListener("pointerover", (event) => {
  const cell = event.target.closest("td, th");
  if (cell) show(placeOf(cell));
});
table.addEventListener("pointerleave", () => {
  if (current && current === document.activeElement) show(placeOf(current));
});
table.addEventListener("click", (event) => {
  const cell = event.target.closest("td, th");
  if (cell && cell !== heads[0]) enter(cell);
});

// ---- Filters ----

const routeFilter = document.getElementById("route-filter");
const policyFilter = document.getElementById("policy-filter");
const routeTexts = data.routes.map((route) => `${route.name} ${route.place}`.toLowerCase());
const policyTexts = data.policies.map((policy) => Object.values(policy).join(" ").toLowerCase());
const words = (input) => input.value.toLowerCase().split(/\s+/).filter(Boolean);
const holds = (text, wanted) => wanted.every((word) => text.includes(word));

const filter = () => {
  const pressed = chips.filter((chip) => chip.ariaPressed === "true").map((chip) => chip.dataset.status);
  const wanted = new Set(pressed.map((name) => data.statuses.findIndex((status) => status.name === name)));
  const isWanted = (row, column) => wanted.has(factOf(row, column)?.status);
  const [routeWords, policyWords] = [words(routeFilter), words(policyFilter)];
  let columns = policyTexts.map((text) => holds(text, policyWords));
  let kept = routeTexts.map((text) => holds(text, routeWords));
  if (wanted.size > 0) {
    const some = data.policies.map(() => false);
    kept = kept.map((keep, row) => {
      let any = false;
      for (let column = 0; keep && column < columns.length; column += 1) {
        if (columns[column] && isWanted(row, column)) any = some[column] = true;
      }
      return any;
    });
    columns = columns.map((keep, column) => keep && some[column]);
  }
  apply(kept, columns);
  table.classList.toggle("only", wanted.size > 0);
  for (const { name } of data.statuses) table.classList.toggle(`only-${name}`, pressed.includes(name));
};

const apply = (kept, columns) => {
  rows.forEach((row, at) => {
    if (row.hidden === kept[at]) row.hidden = !kept[at];
  });
  columns.forEach((keep, column) => {
    if (heads[column + 1].hidden !== keep) return;
    heads[column + 1].hidden = !keep;
    for (const row of rows) row.cells[column + 1].hidden = !keep;
  });
  const count = (list) => list.filter(Boolean).length;
  const isAll = kept.every(Boolean) && columns.every(Boolean);
  shown.value = isAll ? "all shown" : `${count(kept)} of ${kept.length} routes, ${count(columns)} of ${columns.length} policies`;
  keepCurrent(kept, columns);
};

/** The cell that Tab reaches must be one that can be seen. */
const keepCurrent = (kept, columns) => {
  if (!current || (!current.hidden && !current.parentElement.hidden)) return;
  const [row, column] = [kept.indexOf(true), columns.indexOf(true)];
  if (row < 0 && column < 0) return;
  current.tabIndex = -1;
  current = cellAt(row, column);
  current.tabIndex = 0;
};

document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
[routeFilter, policyFilter].forEach((input) => input.addEventListener("input", filter));
chips.forEach((chip) => chip.addEventListener("click", () => {
  chip.ariaPressed = chip.ariaPressed === "true" ? "false" : "true";
  filter();
}));
filter();
