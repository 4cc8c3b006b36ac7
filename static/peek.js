// More of a thing, beside it, for those who point at it or come to it by keyboard. It can be pointed at itself, and
// goes with Escape.
const WAIT = 300;
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
    if (!answer?.ok) return;
    texts.set(address, await answer.text());
    // What is in the files changes.
    setTimeout(() => texts.delete(address), 5000);
  }
  if (of !== thing || !thing.isConnected) return;
  box.textContent = texts.get(address);
  box.showPopover();
  const { left, top, bottom } = thing.getBoundingClientRect();
  const above = bottom + box.offsetHeight > innerHeight && top > box.offsetHeight;
  box.style.top = `${above ? top - box.offsetHeight : bottom}px`;
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  thing.setAttribute("aria-describedby", box.id);
}

function hide() {
  clearTimeout(timer);
  of?.removeAttribute("aria-describedby");
  of = null;
  if (box.matches(":popover-open")) box.hidePopover();
}

function come({ target }) {
  const thing = target.closest?.("[data-peek]");
  if (target === box || thing === of && thing) return clearTimeout(timer);
  if (!thing) return;
  hide();
  of = thing;
  timer = setTimeout(() => show(thing), WAIT);
}

function leave({ target, relatedTarget }) {
  if (!of || (target !== box && !of.contains(target)) || relatedTarget === box || of.contains(relatedTarget)) return;
  clearTimeout(timer);
  timer = setTimeout(hide, GRACE);
}

addEventListener("pointerover", come);
addEventListener("focusin", (event) => event.target.matches?.(":focus-visible") && come(event));
addEventListener("pointerout", leave);
addEventListener("focusout", leave);
addEventListener("scroll", hide, { passive: true });
addEventListener("keydown", (event) => event.key === "Escape" && hide());
