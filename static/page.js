// Fetches pages and shows them: one at a time, and never an old one over a newer.
import { fold, isEdited, place } from "./fold.js";
import { fail, showToast } from "./toast.js";
import { word } from "./words.js";

const MOST_OFTEN = 1000;
const UNSEEN = 5000;
const PATIENCE = 30_000;
const TOLD = ["done", "same", "told"];
const assets = (doc) => doc.querySelector("script[type=module]")?.getAttribute("src");

// Hears "reached" and "lost", of the server, and "out" when the login has ended.
export const page = new EventTarget();
const tell = (what) => page.dispatchEvent(new Event(what));

// An address without what it says was just done.
function clean(address) {
  const url = new URL(address, location.href);
  TOLD.forEach((key) => url.searchParams.has(key) && url.searchParams.delete(key));
  return url.pathname + url.search;
}
export const here = () => clean(location.href);
let shown = here();
const isLive = () => document.getElementById("main").hasAttribute("data-live");

async function ask(address, options) {
  const limit = AbortSignal.timeout(PATIENCE);
  const signal = options?.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const answer = await fetch(address, { headers: { Accept: "text/html" }, ...options, signal });
  const text = await answer.text();
  const isPage = answer.headers.get("content-type")?.startsWith("text/html");
  const doc = isPage ? new DOMParser().parseFromString(text, "text/html") : null;
  return { url: new URL(answer.url), status: answer.status, redirected: answer.redirected, doc };
}

// The page as it is now, soon: at most once a second, less often where that is much work.
let timer = 0;
let looking = null;
let again = false;
let pause = MOST_OFTEN;
let began = -MOST_OFTEN;
let sending = 0;

export function refresh() {
  if (looking || sending) again = true;
  else timer ||= setTimeout(look, Math.max(0, began + pause - performance.now()));
}

// What a form answered with stands at the form's address, which shows no page: the frame is that of where one goes back.
const frameOf = () => document.querySelector("#one [name=return]")?.value ?? here();

async function look() {
  timer = 0;
  if (sending || looking) return refresh();
  began = performance.now();
  again = false;
  looking = new AbortController();
  const { signal } = looking;
  try {
    const answer = await ask(isLive() ? here() : frameOf(), { signal });
    if (!signal.aborted) take(answer);
  } catch {
    if (!signal.aborted) tell("lost");
  }
  pause = Math.max(document.hidden ? UNSEEN : MOST_OFTEN, 4 * (performance.now() - began));
  if (looking?.signal === signal) looking = null;
  if (again) refresh();
}

// Nothing that was asked before is shown any more.
function forget() {
  looking?.abort();
  looking = null;
}

function take(answer) {
  if (answer.url.pathname === "/login") return tell("out");
  const { doc, status } = answer;
  if (!doc || status === 429 || (status >= 500 && status !== 503)) return tell("lost");
  tell("reached");
  if (!doc.querySelector("nav.main")) return;
  // The program was replaced by another version: its pages want their own scripts.
  if (assets(doc) !== assets(document)) return isEdited() || location.reload();
  const address = clean(answer.url);
  if (isLive() && address !== here()) history.replaceState(null, "", address);
  shown = here();
  fold(doc, { frame: !isLive() || (status >= 400 && isEdited()) });
}

// Goes to another state of this page.
export async function go(address, push = true) {
  forget();
  busy(true);
  try {
    const answer = await ask(address);
    if (!answer.doc) return location.assign(address);
    if (answer.url.pathname !== location.pathname) return location.assign(answer.url);
    if (push) history.pushState(null, "", clean(answer.url));
    shown = here();
    if (isLive() && answer.doc.getElementById("main").hasAttribute("data-live")) fold(answer.doc, { fresh: true });
    else place(answer.doc);
    tell("reached");
  } catch {
    fail(word("unreached"));
    tell("lost");
  } finally {
    busy(false);
  }
}

export const addressOf = (form, submitter) =>
  submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? here();

// Sends a form. What it answers is this page, another, or a page of its own.
const underWay = new Set();
export async function send(form, submitter) {
  const address = new URL(addressOf(form, submitter), location.href);
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const deed = `${address} ${body}`;
  if (underWay.has(deed)) return;
  underWay.add(deed);
  sending += 1;
  forget();
  submitter?.setAttribute("data-js-busy", "");
  const answer = await ask(address, { method: "POST", body }).catch(() => null);
  submitter?.removeAttribute("data-js-busy");
  sending -= 1;
  underWay.delete(deed);
  if (answer) arrived(answer, form);
  else {
    fail(word("unsent"));
    tell("lost");
  }
  if (again) refresh();
}

function arrived({ url, doc, redirected }, form) {
  if (url.pathname === "/login") return location.assign(`/login?next=${encodeURIComponent(here())}`);
  if (!doc) return fail(word("unsent"));
  tell("reached");
  if (!redirected) {
    if (isLive()) history.pushState(null, "", location.href);
    return place(doc);
  }
  if (url.pathname !== location.pathname) return location.assign(url);
  form.reset();
  showToast(doc);
  history.replaceState(null, "", clean(url));
  shown = here();
  if (!isLive()) {
    // One goes on from the row that it was about.
    const row = form.closest("tr")?.id;
    place(doc);
    return row && document.getElementById(row)?.querySelector("a[href]")?.focus();
  }
  // Another change is on its way: the page after that one is the newer.
  if (sending) again = true;
  else fold(doc, { sent: form });
}

// Asks the server to look at the folder again, and shows what it found.
export async function lookAgain() {
  const form = document.getElementById("one");
  if (!form || sending) return refresh();
  forget();
  looking = new AbortController();
  const { signal } = looking;
  try {
    const answer = await ask("/refresh", { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
    const mine = clean(answer.url) === here() || answer.url.pathname === "/login";
    if (answer.redirected && mine && !signal.aborted) take(answer);
    else again = true;
  } catch {
    if (!signal.aborted) tell("lost");
  }
  if (looking?.signal === signal) looking = null;
  if (again) refresh();
}

const busy = (on) => document.getElementById("main").toggleAttribute("data-js-busy", on);

// What was just done is not done again by loading the page again.
if (here() !== location.pathname + location.search) history.replaceState(null, "", here() + location.hash);
addEventListener("popstate", () => (here() !== shown || !isLive()) && go(location.href, false));
