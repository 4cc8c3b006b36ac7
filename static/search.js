// A search goes along with what is typed, when it rests. One goes back over all that was typed at once.
import { engaged } from "./edits.js";
import { addressOf, go } from "./page.js";
import { say } from "./toast.js";

const REST = 150;
const AGAIN = 3000;
let rest = 0;
// Whether what is typed here has an entry of its own in the history.
let entered = false;

// Where a form that asks leads, sent by this button.
export function asked(form, submitter) {
  const { pathname } = new URL(addressOf(form), location.href);
  const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  if (submitter?.name) said.append(submitter.name, submitter.value);
  return said.size ? `${pathname}?${said}` : pathname;
}

// Somebody goes elsewhere, or sends it themselves.
export const forgetSearch = () => clearTimeout(rest);

function typed({ target: field, isComposing }) {
  if (!field.matches?.("main [type=search], .here [type=search]") || !field.form || isComposing) return;
  clearTimeout(rest);
  rest = setTimeout(search, REST, field);
}

async function search(field) {
  const others = engaged(document.getElementById("main")).some((other) => other !== field);
  // What is half typed elsewhere would go with the list: Enter says that it may.
  if (!field.isConnected || others || field.value.trim() === field.defaultValue.trim()) return;
  const arrived = await go(asked(field.form), { as: entered ? "replace" : "push", typed: field, unasked: true });
  if (arrived) {
    entered = true;
    say(document.querySelector("main .head p")?.textContent.trim() ?? "");
  } else if (arrived === false) {
    clearTimeout(rest);
    rest = setTimeout(search, AGAIN, field);
  }
}

addEventListener("input", typed);
addEventListener("compositionend", typed);
addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[type=search]")) entered = false;
});
addEventListener("popstate", () => {
  forgetSearch();
  entered = false;
});
