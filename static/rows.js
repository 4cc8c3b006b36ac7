// Nothing jumps under the pointer: while somebody points at a list, or is in it by keyboard, rows that would go stay
// and say what became of them, and rows that would come in between wait.
import { engaged, tellGone } from "./edits.js";
import { key, morph } from "./morph.js";
import { word } from "./words.js";

// A finger leaves nothing that points.
let points = false;
// What became of sessions, by the id of their row: "deleted", or the status they have now; and the words for it.
const fates = new Map();
const FATES = {
  accepted: "fateAccepted", pending: "fatePending", declined: "fateDeclined", deleted: "fateDeleted",
};

export const rowsOf = (root) => [...root.querySelectorAll("table[data-rows] > tbody > tr:not(.under)")];
export const isHeld = (body) => (points && body.matches(":hover")) || Boolean(body.querySelector(":focus-visible"));

export function noteFate(row, fate, by) {
  if (!document.getElementById(row)) return;
  const text = word(FATES[fate] ?? "fateGone");
  const self = document.querySelector(".menu summary bdi").textContent;
  fates.set(row, { fate, text: by && by !== self ? `${text} · ${by}` : text });
  const shown = document.getElementById(row)?.querySelector(":scope .fate");
  if (shown) shown.textContent = fates.get(row).text;
}

// What was foreseen did not come about.
export const dropFate = (row) => fates.delete(row);

// Of rows that are not there any more.
export function forgetFates() {
  for (const row of fates.keys()) if (!document.getElementById(row)) fates.delete(row);
}

// The statuses that a list is about; none where it is about all.
function statusesOf(row) {
  if (row.closest("table.queue")) return ["pending"];
  const asked = new URLSearchParams(location.search);
  if (asked.get("declined") === "true") return ["declined"];
  return (asked.get("status") ?? "").split(",").filter(Boolean);
}

// Whether a session that its list shows no more has left it for good, rather than for another page of it.
export function isGone(row) {
  const fate = fates.get(row.id)?.fate;
  if (!fate || fate === "deleted") return Boolean(fate);
  const statuses = statusesOf(row);
  return statuses.length > 0 && !statuses.includes(fate in FATES ? fate : "other");
}

// How many rows wait to be shown; `null` where nothing is withheld.
export function hold(body, next, how) {
  const wanted = [...next.rows];
  const there = new Set([...body.rows].map(key));
  let withheld = false;
  for (const row of [...body.rows]) {
    const want = wanted.find((want) => key(want) === key(row));
    if (want) morph(row, want, how);
    else withheld = leave(row, how);
  }
  // What comes after all that is there moves nothing.
  const end = wanted.findLastIndex((row) => there.has(key(row))) + 1;
  for (const row of wanted.slice(end)) {
    const node = document.importNode(row, true);
    body.append(node);
    how.came(node);
  }
  const waiting = wanted.slice(0, end).filter((row) => !there.has(key(row))).length;
  strip(body.closest("table"), waiting);
  return withheld || waiting > 0;
}

function leave(row, how) {
  if (row.hasAttribute("data-js-gone") || !isGone(row)) return true;
  // Nobody's field is taken while they type, nor put out of use.
  const [field] = engaged(row, how.sent);
  if (field) {
    tellGone(row, field);
    return true;
  }
  if (row.contains(document.activeElement)) {
    row.querySelector("a[href]")?.focus({ preventScroll: true });
    // Whoever deleted it goes on with the next row.
    if (how.sent && fates.get(row.id).fate === "deleted") how.onward = nextRow(row);
  }
  row.setAttribute("data-js-gone", "");
  for (const field of row.querySelectorAll("button, input, select")) {
    field.disabled = true;
    field.checked = false;
  }
  const fate = document.createElement("span");
  fate.className = "fate";
  fate.setAttribute("data-keep", "");
  fate.textContent = fates.get(row.id).text;
  (row.querySelector(".row-actions") ?? row.lastElementChild).append(fate);
  return true;
}

// The row to go on with after this one.
export function nextRow(row) {
  const rows = rowsOf(document);
  const at = rows.indexOf(row);
  const stays = (other) => other !== row && !other.hasAttribute("data-js-gone");
  return rows.slice(at).find(stays) ?? rows.slice(0, at).findLast(stays) ?? null;
}

// The row to go on with when something was done to all that are ticked.
export function afterTicked() {
  const isTicked = (row) => row.querySelector("[name=pick]:checked");
  const rows = rowsOf(document);
  const last = rows.findLastIndex(isTicked);
  return rows[last + 1] ?? rows.findLast((row) => !isTicked(row)) ?? null;
}

// A row that had gone is there again.
export function back(row) {
  row.removeAttribute("data-js-gone");
  row.querySelector(".fate")?.remove();
}

export function strip(table, waiting) {
  let strip = table.previousElementSibling;
  if (!strip?.matches(".strip")) {
    if (!waiting) return;
    strip = document.createElement("div");
    strip.className = "strip";
    strip.setAttribute("data-keep", "");
    strip.append(document.createElement("button"));
    strip.firstChild.type = "button";
    table.before(strip);
  }
  if (waiting) strip.firstChild.textContent = word("strip", waiting);
  else strip.remove();
}

addEventListener("pointerover", ({ pointerType }) => (points = pointerType === "mouse"));
