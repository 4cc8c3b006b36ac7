// What stands there can be copied at a press.
import { afterFold } from "./fold.js";

const textOf = (button) => document.getElementById(button.dataset.copy).textContent;
// What each button copied: it says so until it would copy something else.
const copied = new WeakMap();

function show() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    if (copied.get(button) === textOf(button)) button.textContent = button.dataset.done;
  }
}

addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[data-copy]");
  if (!button) return;
  const text = textOf(button);
  await navigator.clipboard.writeText(text);
  copied.set(button, text);
  show();
});

show();
afterFold(show);
