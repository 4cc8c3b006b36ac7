// What was just done, with its undo: it goes by itself (app.css says when), unless somebody is at it.
const toasts = document.getElementById("toasts");
const said = document.getElementById("said");
const QUIET = 3000;
let saidAt = -QUIET;
let saying = 0;

// Puts what a fetched page has to tell in place of what was told before.
export function showToast(doc) {
  const toast = doc.querySelector("#toasts > .toast");
  if (toast) put(document.importNode(toast, true));
}

// Tells of a failure, which stays until it is dismissed. The way out of it is another tab: nothing is lost here.
export function fail(text, way) {
  const toast = document.getElementById("failed").content.firstElementChild.cloneNode(true);
  const said = toast.querySelector("p");
  said.textContent = text;
  if (way) {
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
