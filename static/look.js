// What a person needs to decide on a session, beside the list it stands in.
import { inside } from "./base.js";
import { here, refresh } from "./page.js";
import { show as showTimes } from "./times.js";
import { say } from "./toast.js";
import { word } from "./words.js";

const dialog = document.createElement("dialog");
dialog.className = "drawer";
dialog.setAttribute("data-keep", "");
dialog.setAttribute("aria-labelledby", "look-title");
dialog.setAttribute("closedby", "any");
document.body.append(dialog);

async function open(address) {
  const headers = { Accept: "text/html", "X-Background": "true" };
  const answer = await fetch(address, { headers }).catch(() => null);
  const text = await answer?.text();
  const look = text && new DOMParser().parseFromString(text, "text/html").getElementById("look");
  // The page itself finds out that the login has ended, or the session is gone.
  if (!answer?.ok || !look) {
    say(word("unreached"));
    return refresh();
  }
  dialog.replaceChildren(closer(), document.importNode(look, true));
  // What is done here is done on the page below.
  dialog.querySelectorAll("[name=return]").forEach((field) => (field.value = inside(here())));
  showTimes();
  const title = dialog.querySelector("h1");
  title.tabIndex = -1;
  title.autofocus = true;
  if (!dialog.open) dialog.showModal();
  title.focus();
}

function closer() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet close";
  button.setAttribute("aria-label", word("close"));
  button.append(document.getElementById("failed").content.querySelector(".close svg").cloneNode(true));
  button.addEventListener("click", () => dialog.close());
  return button;
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-look]");
  const other = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || other || event.defaultPrevented) return;
  event.preventDefault();
  open(link.href);
});
// Beside it, where browsers do not see to it.
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
// Before it is sent: the focus is in the list again when the answer comes.
addEventListener("submit", ({ target, submitter }) => {
  if (dialog.contains(target) || dialog.contains(submitter)) dialog.close();
}, true);
