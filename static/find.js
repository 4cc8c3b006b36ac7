// Finds sessions from the field in the bar: what is found stands below it as one types. On the page of what is found,
// the page itself goes along (search.js).
import { at } from "./base.js";
import { refresh } from "./page.js";
import { say } from "./toast.js";

const REST = 80;
const form = document.querySelector(".bar .anybody");
const field = form?.elements.q;
const box = document.createElement("div");
let rest = 0;
let asking = null;

export function find() {
  field?.focus();
  field?.select();
}

function hide() {
  clearTimeout(rest);
  asking?.abort();
  box.replaceChildren();
  box.hidden = true;
}

async function look() {
  const q = field.value.trim();
  asking?.abort();
  if (!q) return hide();
  asking = new AbortController();
  const { signal } = asking;
  const headers = { Accept: "text/html", "X-Background": "true" };
  try {
    const answer = await fetch(at(`/search?${new URLSearchParams({ q })}`), { headers, signal });
    const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
    const hits = doc.getElementById("hits");
    if (signal.aborted) return;
    // The page itself finds out that the login has ended, or the folder is away.
    if (!answer.ok || !hits) return refresh();
    show(hits, doc.querySelector("main .more"));
    say(doc.querySelector("main .head p").textContent.trim());
  } catch {
    if (!signal.aborted) hide();
  }
}

// To be looked at and opened: what is done to a session is done where its row stands.
function show(hits, more) {
  hits.querySelectorAll(".row-actions").forEach((cell) => cell.remove());
  for (const node of [hits, ...hits.querySelectorAll("[id]")]) node.removeAttribute("id");
  hits.removeAttribute("data-rows");
  box.replaceChildren(document.importNode(hits, true));
  if (more) box.append(document.importNode(more, true));
  box.hidden = !form.contains(document.activeElement);
}

const stops = () => [field, ...box.querySelectorAll(":is(th, .more) > a")];

function step(by) {
  const all = stops();
  all[Math.min(Math.max(all.indexOf(document.activeElement) + by, 0), all.length - 1)].focus();
}

function pressed(event) {
  const { key, isComposing } = event;
  if (isComposing || box.hidden) return;
  if (key === "ArrowDown") step(1);
  else if (key === "ArrowUp") step(-1);
  else if (key === "Escape") {
    field.focus();
    hide();
  } else return;
  event.preventDefault();
}

function typed({ isComposing }) {
  if (isComposing) return;
  clearTimeout(rest);
  rest = setTimeout(look, REST);
}

if (field && !form.matches(".here")) {
  box.className = "found";
  box.hidden = true;
  box.setAttribute("data-keep", "");
  form.append(box);
  form.addEventListener("keydown", pressed);
  field.addEventListener("input", typed);
  field.addEventListener("compositionend", typed);
  // What was found may have changed since.
  field.addEventListener("focus", () => field.value.trim() && look());
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || box.matches(":hover") || hide());
  addEventListener("pointerdown", ({ target }) => form.contains(target) || hide());
}
