// Fetches pages and shows them. Each is asked for in the place of one that was asked for before; what a form answers
// after somebody went elsewhere is told, but does not bring back the page that it was sent from.
import { at, inside } from "./base.js";
import { engaged } from "./edits.js";
import { fold, isEdited, place } from "./fold.js";
import { afterTicked } from "./rows.js";
import { UNDO, carryToast, fail, renewToast, showToast, toldAgain } from "./toast.js";
import { word } from "./words.js";

// How soon the page is looked at again: after the first look for a while, and while one follows the other.
const SOON = 100;
const OFTEN = 250;
const WHILE = 1000;
const UNSEEN = 5000;
const PATIENCE = 30_000;
const assets = (doc) => doc.querySelector("script[type=module]")?.getAttribute("src");

// Hears "reached" and "lost", of the server, and "out" when the login has ended.
export const page = new EventTarget();
const tell = (what) => page.dispatchEvent(new Event(what));

// The part of an address that counts here.
function clean(address) {
  const url = new URL(address, location.href);
  // With two slashes in front it would name another site.
  return url.pathname.replace(/^\/+/, "/") + url.search;
}
export const here = () => clean(location.href);
// The way back here, through a login.
export const login = () => at(`/login?next=${encodeURIComponent(inside(here()))}`);
const isLogin = (url) => url.pathname === at("/login");
let shown = here();
const isLive = () => document.getElementById("main").hasAttribute("data-live");

// `toast`: what was just done is told to somebody; any other answer leaves it to the page that is to tell it.
async function ask(address, { toast = false, id = null, ...options } = {}) {
  const limit = AbortSignal.timeout(PATIENCE);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const headers = { Accept: "text/html" };
  if (!toast) headers["X-Background"] = doubt ? `sent:${doubt.id}:` : toldAgain();
  if (id) headers["X-Request-Id"] = id;
  const answer = await fetch(address, { headers, ...options, signal });
  const text = await answer.text();
  const isPage = answer.headers.get("content-type")?.startsWith("text/html");
  const doc = isPage ? new DOMParser().parseFromString(text, "text/html") : null;
  // What stands between may answer with a page of its own.
  const ours = doc?.getElementById("main") ? doc : null;
  return { url: new URL(answer.url), status: answer.status, redirected: answer.redirected, doc: ours };
}

// The page as it is now, soon: at most four times a second, less often where that is much work.
let timer = 0;
let looking = null;
let again = false;
let pause = OFTEN;
let began = -WHILE;
let sending = 0;
// Where somebody goes is another place from when they set out, and once more when they are there.
let visit = 0;
let going = null;

// `now`: who comes back does not wait as long as it was right for a page that nobody saw.
export function refresh({ now = false } = {}) {
  if (looking || sending || going) {
    again = true;
    return;
  }
  if (now) clearTimeout(timer);
  if (now || !timer) timer = setTimeout(look, now ? 0 : Math.max(0, began + pause - performance.now()));
}

// What a form answered with stands at the form's address, which shows no page: the frame is that of where one goes back.
function frameOf() {
  const back = document.querySelector("#one [name=return]")?.value;
  return back ? at(back) : here();
}

async function look() {
  timer = 0;
  if (sending || looking || going) return refresh();
  const often = performance.now() - began > WHILE ? SOON : OFTEN;
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
  pause = Math.max(document.hidden ? UNSEEN : often, 2 * (performance.now() - began));
  if (looking?.signal === signal) looking = null;
  if (again) refresh();
}

// Nothing that was asked before is shown any more.
function forget() {
  looking?.abort();
  looking = null;
}

function take(answer) {
  if (isLogin(answer.url)) return tell("out");
  if (isAway(answer)) return showAway(answer.doc);
  const { doc, status } = answer;
  if (!doc || status === 429 || status >= 500) return tell("lost");
  tell("reached");
  clearTimeout(awaited);
  if (!doc.querySelector("nav.main")) return;
  // The program was replaced by another version: its pages want their own scripts.
  if (assets(doc) !== assets(document)) return isEdited() || location.reload();
  const address = clean(answer.url);
  if (isLive() && address !== here()) history.replaceState(null, "", address);
  shown = here();
  document.getElementById("main").removeAttribute("data-js-away");
  // A list that is no more tells nothing of its rows.
  const frame = !isLive() || (status >= 400 && isEdited());
  const wasInDoubt = doubt !== null;
  const sent = wasInDoubt ? settleDoubt(doc) : null;
  fold(doc, { frame, fresh: !frame && status >= 400, unasked: true, sent });
  if (!wasInDoubt) renewToast(doc);
}

// What was sent and not answered: the server knows by its id what became of it, and the next page that comes tells.
let doubt = null;

// Says so in place of the doubt. Gives the form that was saved nevertheless: what was typed in it is not kept any more.
function settleDoubt(doc) {
  const { form } = doubt;
  doubt = null;
  showToast(doc);
  const saved = Boolean(doc.querySelector(`#toasts ${UNDO}`));
  if (saved) form.reset();
  return saved ? form : null;
}

// The folder is away: what was known last stays, and what is typed and ticked in it; the alarm says so above. One that is
// away for a moment is nobody's event: the page asks by itself.
const AWAY = 3000;
let awaited = 0;
const isAway = ({ status, doc }) => status === 503 && Boolean(doc?.querySelector("#alarms [data-away]"));
function showAway(doc) {
  tell("reached");
  const main = document.getElementById("main");
  if (!main.querySelector(":scope > .error")) {
    main.setAttribute("data-js-away", "");
    doc.querySelector("#alarms [data-away]").hidden = false;
  }
  fold(doc, { frame: true });
  clearTimeout(awaited);
  awaited = setTimeout(() => document.hidden || refresh(), AWAY);
}

// Goes to another state of this page. `as`: whether one goes back from it ("push", unless one is there already), over it
// ("replace"), or is there by going back ("back"). `typed` is the field whose words it is, which somebody goes on writing
// in; `unasked`: nobody pressed anything, so what cannot be had neither takes the page away nor is told off. Says whether it
// arrived; nothing, where another overtook it.
export async function go(address, { as = "push", typed = null, unasked = false } = {}) {
  forget();
  going?.abort();
  const mine = new AbortController();
  going = mine;
  visit += 1;
  busy(true);
  try {
    const answer = await ask(address, { signal: mine.signal });
    if (mine.signal.aborted) return undefined;
    visit += 1;
    if (isAway(answer)) {
      showAway(answer.doc);
      return false;
    }
    const out = isLogin(answer.url);
    if (unasked && (out || !answer.doc || answer.status >= 400)) {
      tell(out ? "out" : "lost");
      const passes = !out && (!answer.doc || answer.status === 429 || answer.status >= 500);
      return passes ? false : undefined;
    }
    if (!answer.doc || answer.url.pathname !== location.pathname) {
      location.assign(answer.doc ? answer.url : address);
      return undefined;
    }
    const there = clean(answer.url);
    if (as !== "back") history[as === "push" && there !== here() ? "pushState" : "replaceState"](null, "", there);
    shown = here();
    if (isLive() && answer.doc.getElementById("main").hasAttribute("data-live")) fold(answer.doc, { fresh: true, typed });
    else place(answer.doc);
    tell("reached");
    return true;
  } catch {
    if (mine.signal.aborted) return undefined;
    if (!unasked) fail(word("unreached"));
    tell("lost");
    return false;
  } finally {
    if (going === mine) {
      going = null;
      busy(false);
      if (again) refresh();
    }
  }
}

export const addressOf = (form, submitter) =>
  submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? here();

// Sends a form, and says whether it was done. What it answers is this page, another, or a page of its own.
const underWay = new Set();
export async function send(form, submitter) {
  const address = new URL(addressOf(form, submitter), location.href);
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const action = `${address} ${body}`;
  if (underWay.has(action)) return true;
  underWay.add(action);
  const at = visit;
  sending += 1;
  forget();
  submitter?.setAttribute("data-js-busy", "");
  const id = idOf(address);
  const answer = await ask(address, { method: "POST", body, toast: true, id }).catch(() => null);
  submitter?.removeAttribute("data-js-busy");
  sending -= 1;
  underWay.delete(action);
  const done = answer?.doc ? arrived(answer, form, going || visit !== at) : unanswered(!answer, form, id);
  if (again) refresh();
  return done;
}

// Of a change of sessions, which is in the journal with it. Plain HTTP has no `randomUUID`.
function idOf({ pathname }) {
  if (!/\/(sessions|changes)\//.test(pathname)) return null;
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// It may have been done nevertheless.
function unanswered(lost, form, id) {
  if (id) doubt = { id, form };
  fail(word(id ? "unsure" : "unanswered"), { press: () => refresh({ now: true }), text: word("check") });
  if (lost) tell("lost");
  again = true;
  return false;
}

function arrived(answer, form, isOld) {
  const { url, doc, redirected } = answer;
  if (isLogin(url)) {
    fail(word("loggedOut"), { href: login(), text: word("logIn") });
    tell("out");
    return false;
  }
  tell("reached");
  if (!redirected) return refused(answer, form, isOld);
  if (isOld) {
    showToast(doc);
    again = true;
    return true;
  }
  if (url.pathname !== location.pathname) {
    carryToast(doc);
    location.assign(url);
    return true;
  }
  const onward = form.id === "selected" ? afterTicked() : null;
  form.reset();
  showToast(doc);
  history.replaceState(null, "", clean(url));
  shown = here();
  if (!isLive()) {
    // One goes on from the row that it was about.
    const row = form.closest("tr")?.id;
    place(doc);
    if (row) document.getElementById(row)?.querySelector("a[href]")?.focus();
  } else if (sending) {
    // Another change is on its way: the page after that one is the newer.
    again = true;
  } else fold(doc, { sent: form, onward });
  return true;
}

// What was typed stays where it is, unless the page that answers has it too.
function refused(answer, form, isOld) {
  const { doc } = answer;
  const typed = engaged(form).find((field) => !field.options);
  const same = (shown) => (shown.value ?? shown.textContent) === typed.value;
  if (isAway(answer)) {
    // A choice that was not made is not shown.
    if (!typed && form.querySelector("select")) form.reset();
    fail(word(typed ? "away" : "awayAction"));
    showAway(doc);
  } else if (isOld || (typed && ![...doc.querySelectorAll("main [name], .compare bdi")].some(same))) {
    const why = doc.querySelector("main .wrong, main .notice :is(h2, b)") ?? doc.querySelector("h1");
    fail(word("refused", why.textContent.trim()));
    again = true;
  } else {
    visit += 1;
    if (isLive()) history.pushState(null, "", location.href);
    place(doc);
  }
  return false;
}

// Asks the server to look at the folder again, and shows what it found.
export async function lookAgain() {
  const form = document.getElementById("one");
  if (!form || sending || going) return refresh();
  let now = false;
  forget();
  looking = new AbortController();
  const { signal } = looking;
  try {
    const answer = await ask(at("/refresh"), { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
    const mine = clean(answer.url) === here() || isLogin(answer.url);
    if (answer.redirected && mine && !signal.aborted) take(answer);
    // As of a login that is another one now: the page that comes knows it.
    else again = now = true;
  } catch {
    if (!signal.aborted) tell("lost");
  }
  if (looking?.signal === signal) looking = null;
  if (again) refresh({ now });
}

const busy = (on) => document.getElementById("main").toggleAttribute("data-js-busy", on);

addEventListener("popstate", () => (here() !== shown || !isLive()) && go(location.href, { as: "back" }));
