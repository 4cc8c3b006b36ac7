// What a rule would act on now goes along with what is chosen and typed, when it rests.
import { addressOf } from "./page.js";

const REST = 300;
let rest = 0;
let asking = null;

function changed({ target, isComposing }) {
  const form = target.closest?.("form[data-preview]");
  if (!form || isComposing || target.matches("[name=name], [name=note], [name=expires], [name=enabled]")) return;
  clearTimeout(rest);
  rest = setTimeout(show, REST, form);
}

async function show(form) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const body = new URLSearchParams(new FormData(form));
  body.append("do", "preview");
  const headers = { Accept: "text/html", "X-Background": "" };
  try {
    const answer = await fetch(new URL(addressOf(form), location.href), { method: "POST", body, headers, signal });
    const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, next] = [document, doc].map((page) => page.getElementById("preview"));
    if (signal.aborted || !old || !next) return;
    next.removeAttribute("autofocus");
    old.replaceWith(document.importNode(next, true));
  } catch {
    // The button is still there.
  }
}

addEventListener("input", changed);
addEventListener("change", changed);
addEventListener("compositionend", changed);
