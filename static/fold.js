// Folds a page that was just fetched into the one that is shown.
import { engaged, tellChanged, tellGone, untell } from "./edits.js";
import { children, key, morph } from "./morph.js";
import { back, forgetFates, hold, isGone, isHeld, rowsOf, strip } from "./rows.js";
import { say } from "./toast.js";
import { word } from "./words.js";

const after = [];
// When a button came to stand where it is, or to do what it does.
const turned = new WeakMap();
const JUST = 400;
// A form that holds a list's sessions by itself, or stands for all of them.
const WHOLE = "form:has(> [type=hidden][name=pick]), form.selected";
// The page whose changes are not all shown.
let owed = null;
// Rows that were there to be seen.
let seen = new Set(rowsOf(document).map(key));
// How many wait, at the beginning of a title.
const COUNT = /^\([^)]*\) /;
const count = (title) => title.match(COUNT)?.[0] ?? "";

export const afterFold = (work) => after.push(work);
export const justTurned = (button) => performance.now() - (turned.get(button) ?? -JUST) < JUST;
export const isEdited = () => engaged(document.getElementById("main")).length > 0;

// `fresh`: somebody went there, nothing is held for them but the field `typed`; `sent`: the form that it answers;
// `frame`: not its content; `unasked`: nobody went there, so the focus is left where it is; `onward`: the row to go on with.
export function fold(doc, options = {}) {
  const { fresh = false, typed = null, sent = null, frame = false, unasked = false, onward = null } = options;
  const how = Object.assign(exceptions(fresh, typed, sent), { onward });
  const focus = focused();
  const level = heldLevel();
  if (!frame) owed = null;
  document.title = frame ? count(doc.title) + document.title.replace(COUNT, "") : doc.title;
  for (const part of [".bar", "#alarms", ...(frame ? [] : ["#one", "#main"])]) {
    const [old, next] = [document, doc].map((page) => page.querySelector(part));
    if (old && next) morph(old, next, how);
  }
  prove(doc);
  how.whole.forEach(agree);
  if (how.withheld) owed = doc;
  if (!frame) news(doc, fresh);
  if (fresh && !typed) document.querySelectorAll("main [type=search]").forEach((field) => (field.value = field.defaultValue));
  forgetFates();
  after.forEach((work) => work());
  focus(how.onward);
  if (fresh && !unasked) begin(document.querySelector("#main [autofocus]"));
  level();
}

// What is typed there takes the place of what stood there.
function begin(field) {
  field?.focus();
  field?.select?.();
}

// What is kept belongs to the login of now, as of somebody who logged in again in another tab.
function prove(doc) {
  const proof = doc.querySelector("#one [name=csrf]")?.value;
  if (proof) document.querySelectorAll("[name=csrf]").forEach((field) => (field.value = proof));
}

// Another page's content in place of this one's, for the reader to begin with.
export function place(doc) {
  fold(doc, { frame: true });
  owed = null;
  document.title = doc.title;
  const [main, next] = [document, doc].map((page) => page.getElementById("main"));
  main.toggleAttribute("data-live", next.hasAttribute("data-live"));
  const ticked = new Set([...main.querySelectorAll("[name=pick]:checked")].map((box) => box.value));
  main.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  main.querySelectorAll("[name=pick][type=checkbox]").forEach((box) => (box.checked = ticked.has(box.value)));
  seen = new Set(rowsOf(document).map(key));
  after.forEach((work) => work());
  const first = main.querySelector("[autofocus], [aria-invalid=true]") ?? main.querySelector("h1") ?? main;
  if (first.matches("input, select, textarea")) return first.focus();
  first.tabIndex = -1;
  first.focus();
  scrollTo(0, 0);
}

// Shows what was held back, unless it still is to be.
export function settle(now = false) {
  if (owed) fold(owed, { fresh: now });
}

function exceptions(fresh, typed, sent) {
  const how = {
    withheld: false,
    // The forms that are held, and what they would be.
    whole: new Map(),
    sent,
    keep(old, next) {
      if (old.localName === "time" && old.dateTime === next.dateTime) {
        if (!old.classList.contains("exact")) old.textContent = next.textContent;
        return true;
      }
      if (old.hasAttribute("data-js-gone")) back(old);
      if (old === typed) {
        old.defaultValue = next.defaultValue;
        return true;
      }
      if (fresh) return false;
      // What acts on a whole list waits for what the list does not show yet.
      if (old !== sent && old.matches(WHOLE) && (isHeld(old) || heldBody())) {
        if (!old.isEqualNode(next)) how.withheld = true;
        how.whole.set(old, next);
        return true;
      }
      if (old.matches("tr, form[method=post]")) {
        const [field] = engaged(old, sent);
        if (field) tellChanged(old, next, field);
        else untell(old);
        if (field) how.withheld = true;
        return Boolean(field);
      }
      if (old.matches("input, textarea, select")) return engaged(old, sent).length > 0;
      if (!old.matches("table[data-rows] > tbody")) return false;
      if (!isHeld(old)) {
        strip(old.parentNode, 0);
        return false;
      }
      if (hold(old, next, how)) how.withheld = true;
      return true;
    },
    gone(node) {
      if (fresh || node.nodeType !== 1) return false;
      const body = [...node.querySelectorAll("table[data-rows] > tbody")].find(isHeld);
      if (body) hold(body, document.createElement("tbody"), how);
      const [field] = engaged(node, sent);
      const stays = Boolean(body || field);
      if (field && (node.matches("form") || (node.matches("tr") && isGone(node)))) tellGone(node, field);
      if (stays) how.withheld = true;
      else if (node.matches("table[data-rows]")) strip(node, 0);
      return stays;
    },
    came(node) {
      if (node.nodeType !== 1) return;
      if (node.localName === "button") how.turned(node);
      node.querySelectorAll("button").forEach(how.turned);
      if (!fresh && node.matches("table[data-rows] > tbody > tr")) node.setAttribute("data-js-new", "");
    },
    turned: (button) => turned.set(button, performance.now()),
  };
  return how;
}

// A form for all that wait says how many it is for: those of its rows that wait still.
function agree(next, form) {
  const picks = (of) => [...of.querySelectorAll(":scope > [type=hidden][name=pick]")];
  const waiting = new Set(rowsOf(document).filter((row) => !row.hasAttribute("data-js-gone")).map((row) => row.dataset.pick));
  const [mine, served] = [picks(form), picks(next)];
  if (!mine.length) return;
  mine.filter((pick) => !waiting.has(pick.value)).forEach((pick) => pick.remove());
  const values = picks(form).map((pick) => pick.value).sort();
  const same = values.join("\n") === served.map((pick) => pick.value).sort().join("\n");
  const [button, other] = [form, next].map((of) => of.querySelector("button"));
  button.textContent = same && other ? other.textContent : word("these", values.length);
}

// New rows are told to those who do not see them.
function news(doc, fresh) {
  const rows = rowsOf(doc).map(key);
  const count = rows.filter((row) => !seen.has(row)).length;
  if (count && !fresh) say(word("news", count));
  seen = new Set(rows);
}

// The focus stays where it was, or near it; and so does what is selected in a field.
const inside = (item) => (item?.isConnected ? item.querySelector("a[href], button") : null);
function focused() {
  const was = document.activeElement;
  if (!was || was === document.body) return () => {};
  const item = was.closest("tr, li, fieldset, form, section");
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const [cell, row] = [was.closest("td, th"), was.closest("tr")];
  const at = was.selectionStart ?? null;
  const range = at === null ? [] : [at, was.selectionEnd];
  return (onward) => {
    const isThere = was.isConnected && was.checkVisibility() && !onward;
    if (document.activeElement === was && isThere) return;
    const twin = was.id ? document.getElementById(was.id) : null;
    const near = isThere ? was : inside(onward) ?? twin ?? inside(item) ?? inside(cell) ?? inside(next) ?? inside(row);
    (near ?? document.getElementById("main")).focus({ preventScroll: true });
    if (near === was && range.length) was.setSelectionRange(...range);
  };
}

const heldBody = () => [...document.querySelectorAll("table[data-rows] > tbody")].find(isHeld);

// A list that somebody points at stays at its height in the window. Where the page is scrolled, browsers see to that.
function heldLevel() {
  const body = heldBody();
  if (!body || scrollY > 0) return () => {};
  const top = body.getBoundingClientRect().top;
  return () => body.isConnected && scrollBy(0, body.getBoundingClientRect().top - top);
}

let soon = 0;
const look = () => {
  clearTimeout(soon);
  soon = setTimeout(settle, 120);
};
for (const left of ["pointerout", "focusout", "change"]) addEventListener(left, () => owed && look());
addEventListener("click", ({ target }) => target.closest?.(".strip") && settle(true));
