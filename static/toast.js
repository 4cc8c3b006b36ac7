// What was just done, with its undo: it goes by itself (app.css says when), unless somebody is at it.
import { named } from "./base.js";

const toasts = document.getElementById("toasts");
const said = document.getElementById("said");
const QUIET = 3000;
const LAST = named("last");
const CARRIED = named("carried");
export const UNDO = "button[formaction$='/undo']";
const KEPT = 5 * 60_000;
let saidAt = -QUIET;
let saying = 0;

// Puts what a fetched page has to tell in place of what was told before.
export function showToast(doc) {
  const toast = doc.querySelector("#toasts > .toast");
  if (!toast) return;
  put(document.importNode(toast, true));
  keep(toast);
}

// What is asked again of what the toast tells, while that goes on.
const goesOn = () => document.querySelector("#toasts > .toast[data-again]");
export const toldAgain = () => goesOn()?.dataset.again ?? "true";

// Tells how far it is by now: one that was sent away does not come back.
export function renewToast(doc) {
  const [old, next] = [goesOn(), doc.querySelector("#toasts > .toast")];
  if (!old || !next || old.textContent === next.textContent) return;
  if (next.dataset.again && next.dataset.again !== old.dataset.again) return;
  put(document.importNode(next, true));
  keep(next);
}

// Leaves it to the page that this tab goes to.
export function carryToast(doc) {
  const toast = doc.querySelector("#toasts > .toast");
  if (toast) sessionStorage.setItem(CARRIED, toast.outerHTML);
}

const me = () => document.querySelector(".menu summary bdi").textContent;
const last = () => JSON.parse(sessionStorage.getItem(LAST) ?? "null");

// What can be undone is kept for a while, for whoever did it, on this tab's other pages too.
function keep(toast) {
  const undo = toast.querySelector(UNDO)?.getAttribute("formaction");
  if (undo) sessionStorage.setItem(LAST, JSON.stringify({ undo, toast: toast.outerHTML, by: me(), at: Date.now() }));
}

// Shows once more what was done last, with its undo.
export function recall() {
  const kept = last();
  if (!kept || kept.by !== me() || Date.now() - kept.at > KEPT) return;
  const doc = new DOMParser().parseFromString(kept.toast, "text/html");
  put(document.importNode(doc.querySelector(".toast"), true));
}

// Tells of a failure, which stays until it is dismissed. The way out of it is a button, or another tab: nothing is lost here.
export function fail(text, way) {
  const toast = document.getElementById("failed").content.firstElementChild.cloneNode(true);
  const said = toast.querySelector("p");
  said.textContent = text;
  if (way?.press) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = way.text;
    button.addEventListener("click", way.press);
    said.after(button);
  } else if (way) {
    const link = document.createElement("a");
    link.href = way.href;
    link.target = "_blank";
    link.textContent = way.text;
    said.append(" ", link);
  }
  put(toast);
}

export function dismiss(of = toasts.firstElementChild) {
  if (!of) return;
  if (of.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
  of.remove();
}

// Tells those who do not see the page, one thing at a time; of what comes meanwhile, the last.
export function say(text) {
  if (!said) return;
  clearTimeout(saying);
  said.textContent = "";
  saying = setTimeout(() => {
    saidAt = performance.now();
    said.textContent = text;
  }, Math.max(50, saidAt + QUIET - performance.now()));
}

function put(toast) {
  const focus = toasts.contains(document.activeElement);
  toasts.replaceChildren(toast);
  if (focus) toast.querySelector("button, a").focus({ preventScroll: true });
}

toasts?.addEventListener("click", (event) => {
  if (!event.target.closest(".close")) return;
  event.preventDefault();
  dismiss();
});
toasts?.addEventListener("animationend", (event) => dismiss(event.target.closest(".toast")));
const carried = sessionStorage.getItem(CARRIED);
sessionStorage.removeItem(CARRIED);
if (toasts && carried) showToast(new DOMParser().parseFromString(`<div id="toasts">${carried}</div>`, "text/html"));
else if (toasts?.firstElementChild) keep(toasts.firstElementChild);
if (!toasts) sessionStorage.removeItem(LAST);
// What is being undone, here or in the journal, is not offered again.
addEventListener("submit", ({ submitter }) => {
  const undo = submitter?.getAttribute("formaction");
  if (undo && undo === last()?.undo) sessionStorage.removeItem(LAST);
});
