// One letter does what a press does. Whoever wants the letters for something else switches them off.
import { find } from "./find.js";
import { lookAgain } from "./page.js";
import { rowsOf } from "./rows.js";
import { UNDO, recall } from "./toast.js";

const OFF = "keys-off";
const help = document.getElementById("keys");
const off = document.getElementById("keys-off");
const filter = () => document.querySelector("main input[type=search]");

const current = () => document.activeElement?.closest("table[data-rows] > tbody > tr");
const link = (row) => row.querySelector("th a[href], a[href]");

function step(by) {
  const rows = rowsOf(document).filter((row) => link(row));
  const at = rows.indexOf(current());
  const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (!row) return;
  link(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// What is done, is done to the current row, or to what the page is about.
function within(css) {
  const place = current() ?? (rowsOf(document).length ? null : document.getElementById("main"));
  return place?.querySelector(css);
}

// What is ticked comes before what has the focus.
function withTicked(action) {
  if (!document.querySelector("main input[name=pick]:checked")) return false;
  document.querySelector(`#selected button[value=${action}]`)?.click();
  return true;
}

function setStatus(status, action) {
  if (withTicked(action)) return;
  const button = within(`button[name=status][value=${status}]:not(:disabled, [data-plain])`);
  if (button) return button.click();
  const choice = within("select[name=status]:not(:disabled)");
  if (!choice || choice.value === status || !choice.querySelector(`[value=${status}]`)) return;
  choice.value = status;
  choice.form.requestSubmit([...choice.form.elements].find((element) => element.hasAttribute("data-plain")));
}

function select() {
  const box = current()?.querySelector("input[name=pick]");
  box?.click();
}

function edit() {
  const way = within("[data-edit]");
  if (way) way.click();
  else document.querySelector("main #email")?.focus();
}

function remove() {
  if (withTicked("delete")) return;
  const button = within("[data-delete], button[formaction$='/delete']");
  if (button) return button.click();
  current()?.querySelector("input[name=pick]")?.click();
  withTicked("delete");
}

// Nothing is undone that one does not see.
function undo() {
  const button = document.querySelector(`#toasts ${UNDO}`);
  if (button) button.click();
  else recall();
}

const KEYS = {
  "/": find,
  f: () => filter()?.select(),
  j: () => step(1),
  k: () => step(-1),
  o: () => within("a[data-look]")?.click(),
  x: select,
  a: () => setStatus("accepted", "accept"),
  p: () => setStatus("pending", "pending"),
  d: () => setStatus("declined", "decline"),
  e: edit,
  Delete: remove,
  u: undo,
  r: lookAgain,
  "?": () => help.togglePopover(),
};

// Who types goes on typing, also where the field went away meanwhile: what is typed then is no command, until a key or
// a press has ended it.
const TEXT = "input:not([type=checkbox], [type=radio]), textarea, [contenteditable]";
const ENDS = ["Enter", "Escape", "Tab"];
let writes = false;
const ends = ({ key, target }) => ENDS.includes(key) || (key.startsWith("Arrow") && target.matches?.("[type=search]"));

function astray(event) {
  const { key, target } = event;
  const lost = writes && !target.closest?.(TEXT) && (key.length === 1 || ["Enter", "Delete", "Backspace"].includes(key));
  if (ends(event)) writes = false;
  if (!lost || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

addEventListener("keydown", astray, true);
addEventListener("pointerdown", () => (writes = false), true);
for (const kind of ["focusin", "input"]) {
  addEventListener(kind, ({ target }) => (writes ||= Boolean(target.closest?.(TEXT))), true);
}

const isOff = () => localStorage.getItem(OFF) === "yes";

if (help) {
  off.checked = isOff();
  off.parentNode.hidden = false;
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF)));
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    const elsewhere = event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
    const held = event.repeat && !/^[jk]$/.test(key);
    const typing = target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    const closes = key === "?" && target.closest("dialog");
    if (!KEYS[key] || elsewhere || held || (typing && !closes) || (isOff() && key !== "Delete")) return;
    event.preventDefault();
    KEYS[key]();
  });
}
