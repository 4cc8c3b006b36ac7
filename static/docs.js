// Sends the requests on the page of the API with the login of the panel, and shows what is answered.
import { at } from "./base.js";
import { word } from "./words.js";

// So much of an answer is shown.
const LONGEST = 100_000;

// What was filled in: "path", "query", "header" or "body".
const filled = (form, place) => [...form.querySelectorAll(`[data-in=${place}]`)].filter(({ value }) => value);
const pairs = (fields) => fields.map(({ dataset, value }) => [dataset.name, value]);

async function ask(form) {
  let { method, path } = form.dataset;
  for (const [name, value] of pairs(filled(form, "path"))) path = path.replace(`{${name}}`, encodeURIComponent(value));
  const query = new URLSearchParams(pairs(filled(form, "query")));
  const headers = new Headers(pairs(filled(form, "header")));
  const body = filled(form, "body")[0]?.value;
  if (body) headers.set("Content-Type", "application/json");
  const answer = await fetch(at(`${path}?${query}`), { method, headers, body });
  const text = await answer.text();
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  return `${answer.status}\n\n${isJson ? JSON.stringify(JSON.parse(text), null, 2) : text}`.slice(0, LONGEST);
}

addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-try]");
  if (!form) return;
  event.preventDefault();
  const output = form.querySelector("output");
  output.textContent = await ask(form).catch(() => word("unanswered"));
  output.hidden = false;
  // Before others take it for a form of the panel.
}, true);
