// Forms and links of this page without loading it again.
import { at } from "./base.js";
import { justTurned } from "./fold.js";
import { addressOf, go, send } from "./page.js";
import { dropFate, noteFate } from "./rows.js";
import { asked, forgetSearch } from "./search.js";

// The second click of two, or a key that is pressed again, was meant for what stood there before.
let clicks = 0;
addEventListener("click", ({ detail }) => (clicks = detail), true);

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const action = new URL(addressOf(form, submitter), location.href);
  if (event.defaultPrevented || action.pathname === at("/logout")) return;
  if ((form.getAttribute("method") ?? "get").toLowerCase() === "get") {
    if (action.pathname !== location.pathname) return;
    event.preventDefault();
    forgetSearch();
    const typed = document.activeElement?.form === form && document.activeElement.matches("[type=search]");
    go(asked(form, submitter), { typed: typed ? document.activeElement : null });
  } else if (form.id === "one" || form.hasAttribute("data-quick")) {
    event.preventDefault();
    // Enter in a field presses no button.
    const typed = document.activeElement?.matches("input:not([type=checkbox]), textarea");
    if (submitter && !typed && clicks !== 1 && justTurned(submitter)) return;
    const row = (submitter ?? form).closest("tr") ?? document.getElementById(form.dataset.row ?? "");
    if (row) foresee(row, action, submitter?.name === "status" ? submitter.value : new FormData(form).get("status"));
    send(form, submitter).then((done) => done || !row || dropFate(row.id));
  }
});

// What will become of a row, before anybody tells.
function foresee(row, action, status) {
  if (action.pathname.endsWith("/delete")) noteFate(row.id, "deleted");
  else if (status) noteFate(row.id, status);
}

// A link to this page with another filter, order or place.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const other = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || other || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  const mine = link.closest("main") && link.origin === location.origin && link.pathname === location.pathname;
  if (!mine || link.type || (link.hash && link.search === location.search)) return;
  event.preventDefault();
  forgetSearch();
  go(link.href).then(() => link.closest(".pages") && scrollTo(0, 0));
});

// Escape gives up what is being edited.
addEventListener("keydown", ({ key, target, isComposing }) => {
  if (key === "Escape" && !isComposing) target.closest?.("form")?.querySelector("[data-cancel]")?.click();
});

// A choice is its own button. By keyboard it is made when it rests: the arrows pass over what is not meant.
const REST = 700;
let byKey = false;
let rest = 0;
addEventListener("keydown", () => (byKey = true), true);
addEventListener("pointerdown", () => (byKey = false), true);
addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-submits]") || !target.form) return;
  const form = target.form;
  const button = [...form.elements].find((element) => element.hasAttribute("data-plain"));
  clearTimeout(rest);
  rest = setTimeout(() => form.requestSubmit(button), byKey ? REST : 0);
});
