// More of a thing, beside it, for those who point at it or come to it by keyboard. It can be pointed at itself, and
// goes with Escape.
import { refresh } from "./page.js";

const WAIT = 300;
// By keyboard one passes over what one does not mean.
const REST = 600;
const GRACE = 200;
const texts = new Map();
let of = null;
let timer = 0;

const box = document.createElement("pre");
box.id = "peek";
box.className = "peek json";
box.popover = "manual";
box.setAttribute("role", "tooltip");
box.setAttribute("data-keep", "");
document.body.append(box);

async function show(thing) {
  if (thing.closest("[data-js-gone]")) return;
  const address = thing.dataset.peek;
  if (!texts.has(address)) {
    const answer = await fetch(address).catch(() => null);
    // The page itself finds out that the login has ended.
    if (answer?.redirected) return refresh();
    if (!answer?.ok || answer.headers.get("content-type")?.startsWith("text/html")) return;
    const note = answer.headers.get("x-document-note");
    texts.set(address, (await answer.text()) + (note ? `\n\n${decodeURIComponent(note)}` : ""));
    // What is in the files changes.
    setTimeout(() => texts.delete(address), 5000);
  }
  if (of !== thing || !thing.isConnected) return;
  box.textContent = texts.get(address);
  box.showPopover();
  const { left, top, bottom } = thing.getBoundingClientRect();
  const above = bottom + box.offsetHeight > innerHeight && top > box.offsetHeight;
  box.style.top = `${above ? top - box.offsetHeight : bottom}px`;
  // Who goes from row to row sees the names of the next ones beside it.
  const right = innerWidth - box.offsetWidth - 8;
  box.style.left = `${Math.max(8, thing === document.activeElement ? right : Math.min(left, right))}px`;
  thing.setAttribute("aria-describedby", box.id);
}

function hide() {
  clearTimeout(timer);
  of?.removeAttribute("aria-describedby");
  of = null;
  if (box.matches(":popover-open")) box.hidePopover();
}

function come({ target, type }) {
  const thing = target.closest?.("[data-peek]");
  if (target === box || thing === of && thing) return clearTimeout(timer);
  if (!thing) return;
  hide();
  of = thing;
  timer = setTimeout(() => show(thing), type === "focusin" ? REST : WAIT);
}

function leave({ target, relatedTarget }) {
  if (!of || (target !== box && !of.contains(target)) || relatedTarget === box || of.contains(relatedTarget)) return;
  clearTimeout(timer);
  timer = setTimeout(hide, GRACE);
}

addEventListener("pointerover", come);
// Where the focus is put after a change, nobody came by keyboard.
let moved = -Infinity;
addEventListener("keydown", ({ key }) => /^(Tab|j|k)$/.test(key) && (moved = performance.now()), true);
addEventListener("focusin", (event) => performance.now() - moved < 100 && event.target.matches?.(":focus-visible") && come(event));
addEventListener("pointerout", leave);
addEventListener("focusout", leave);
addEventListener("scroll", hide, { passive: true });
// Whoever does something looks elsewhere.
const KEYS_THAT_ACT = /^(.|Escape|Enter|Delete)$/;
addEventListener("keydown", ({ key, ctrlKey, metaKey }) => !ctrlKey && !metaKey && KEYS_THAT_ACT.test(key) && hide(), true);
addEventListener("click", ({ target }) => box.contains(target) || hide());
