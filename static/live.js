// The page follows what happens. One stream of events a browser: the tab that holds the lock has it and tells the
// others. Who is not seen lets go of it, unless notifications are wanted.
import { at, named } from "./base.js";
import { isEdited } from "./fold.js";
import { isOn as notifies, notify } from "./notify.js";
import { login, lookAgain, page, refresh } from "./page.js";
import { noteFate } from "./rows.js";
import { word } from "./words.js";

const KINDS = [
  "session.created", "session.changed", "session.deleted", "session.declined", "session.undeclined", "session.noted", "app.created", "app.deleted",
  "folder.unavailable", "folder.available", "push.completed", "reset",
];
// Events of so many ms go together.
const TOGETHER = 20;
const PAUSES = [500, 30_000];
// A short break, as of a restart, is not worth a word.
const CALM = 1500;
const LOOK_AGAIN = 5000;

const shown = document.getElementById("live");
const others = "BroadcastChannel" in window ? new BroadcastChannel(named("live")) : null;

let wanted = null;
let letGo = null;
let source = null;
let retry = 0;
let pause = PAUSES[0];
// A page that could not be had is asked for again, unless a broken stream sees to that.
let lost = PAUSES[0];
const isBroken = () => source !== null && source.readyState !== EventSource.OPEN;
let looked = performance.now();

// Asks for the stream: at once where browsers have no locks, as over plain HTTP. Where no other tab has it, none has to
// be told what happened before.
function want() {
  if (wanted) return;
  wanted = new AbortController();
  if (!navigator.locks) return open(known());
  const { signal } = wanted;
  const hold = (after) => new Promise((done) => {
    letGo = done;
    open(after);
  });
  const wait = () => navigator.locks.request(named("live"), { signal }, () => hold()).catch(() => {});
  navigator.locks.request(named("live"), { ifAvailable: true }, (lock) => {
    if (signal.aborted) return undefined;
    if (lock) return hold(known());
    wait();
    return undefined;
  });
}

// The event up to which the page is true; none where it does not follow what happens.
const known = () => document.getElementById("main").dataset.live;

function stop() {
  wanted?.abort();
  wanted = null;
  source?.close();
  source = null;
  clearTimeout(retry);
  pass();
  letGo?.();
  letGo = null;
}

// Listens from what happened after this event on. `undefined`: nobody knows what was missed.
function open(after) {
  source = new EventSource(at("/api/v1/events") + (after ? `?after=${after}` : ""));
  source.onopen = () => {
    pause = PAUSES[0];
    all({ state: "on" });
    // What happened before this stream, or between it and the one of another tab. The server may say so as well.
    if (!after) gather({ kind: "reset" });
  };
  source.onerror = () => {
    source.close();
    clearTimeout(retry);
    retry = setTimeout(() => open(), pause * (0.8 + Math.random() * 0.4));
    pause = Math.min(2 * pause, PAUSES[1]);
    all({ state: "off", events: [] });
    // Whether the server is there, and the login.
    refresh();
  };
  for (const kind of KINDS) source.addEventListener(kind, ({ data }) => gather({ kind, ...JSON.parse(data) }));
}

let gathered = [];
function gather(event) {
  if (!gathered.length) setTimeout(pass, TOGETHER);
  gathered.push(event);
}

function pass() {
  const events = gathered;
  if (!events.length) return;
  gathered = [];
  all({ events });
  notify(events);
}

// To this tab and all others.
function all(message) {
  receive(message);
  others?.postMessage(message);
}

function receive({ state, events = [], seen }) {
  if (state) show(state);
  // Another tab is looked at: the stream is better there, in case this one is put to sleep.
  if (seen && document.hidden && letGo) {
    stop();
    if (notifies()) want();
  }
  for (const { kind, app, id, status, declined, actor } of events) {
    const fate = kind === "session.deleted" ? "deleted" : declined ? "declined" : status;
    if (id && kind !== "session.noted") noteFate(`s-${encode(app)}/${id}`, fate, actor?.name);
  }
  if (events.length) refresh();
}

// As the ids of rows spell it.
const percent = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, percent);

let state = "on";
let calm = 0;
function show(now) {
  if (now === state || (state === "out" && now === "off")) return;
  state = now;
  shown.dataset.state = now;
  clearTimeout(calm);
  if (now === "off") calm = setTimeout(() => (shown.textContent = word("off")), CALM);
  else if (now === "on") shown.textContent = "";
  else {
    const link = document.createElement("a");
    link.href = login();
    link.textContent = word("logIn");
    // What is typed here stays, and goes on when one comes back.
    link.addEventListener("click", () => (link.target = isEdited() ? "_blank" : ""));
    shown.replaceChildren(`${word("out")} `, link);
  }
}

function wake() {
  if (document.hidden) return;
  others?.postMessage({ seen: true });
  want();
  if (source?.readyState === EventSource.CLOSED) {
    clearTimeout(retry);
    pause = PAUSES[0];
    open();
  }
  if (performance.now() - looked < LOOK_AGAIN) return refresh({ now: true });
  looked = performance.now();
  lookAgain();
}

if (shown) {
  others?.addEventListener("message", ({ data }) => receive(data));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) wake();
    else if (!notifies()) stop();
  });
  addEventListener("focus", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", ({ persisted }) => persisted && wake());
  addEventListener("pagehide", stop);
  page.addEventListener("out", () => {
    stop();
    show("out");
    others?.postMessage({ state: "out" });
  });
  page.addEventListener("lost", () => {
    show("off");
    if (isBroken()) return;
    setTimeout(refresh, lost);
    lost = Math.min(2 * lost, PAUSES[1]);
  });
  page.addEventListener("reached", () => {
    lost = PAUSES[0];
    if (!document.hidden) want();
    if (!isBroken()) show("on");
  });
  if (!document.hidden || notifies()) want();
}
