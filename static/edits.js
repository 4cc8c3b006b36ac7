// What somebody is typing is left alone; what was changed there meanwhile is told beside it.
import { word } from "./words.js";

const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select";

function served(field) {
  if (!field.options) return field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return chosen?.value ?? "";
}
const dirty = (field) => field.value !== served(field);
const typing = (field) => field.localName !== "select" && field === document.activeElement;

// The fields below a node that are being edited, but for those of a form that was just sent.
export function engaged(root, sent) {
  const fields = root.matches?.(FIELDS) ? [root] : [...root.querySelectorAll(FIELDS)];
  return fields.filter((field) => (!sent || field.form !== sent) && (typing(field) || dirty(field)));
}

// Says beside a field that its row or form was changed, and to what.
export function tellChanged(old, next, field) {
  untell(old);
  if (plain(old) === plain(next)) return;
  const twin = next.querySelector(`[name="${CSS.escape(field.name)}"]`);
  const other = twin && served(twin) !== served(field);
  tell(field, other ? word("changedTo", served(twin) || word("empty")) : word("changed"));
}

// Says beside a field that its row or form is no more, once.
export function tellGone(old, field) {
  const text = word(old.id.startsWith("s-") ? "goneMeanwhile" : "fateGone");
  if (old.querySelector(".meanwhile")?.textContent === text) return;
  untell(old);
  tell(field, text);
}

function tell(field, text) {
  const mark = document.createElement("span");
  mark.className = "meanwhile";
  mark.setAttribute("data-keep", "");
  mark.setAttribute("role", "status");
  field.after(mark);
  mark.textContent = text;
}

export function untell(root) {
  root.querySelectorAll(".meanwhile").forEach((mark) => mark.remove());
}

// A row as it was served, without its times, which pass by themselves.
function plain(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("[data-keep]").forEach((node) => node.remove());
  copy.querySelectorAll("time").forEach((time) => time.replaceWith(time.dateTime));
  for (const node of copy.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (name.startsWith("data-js")) node.removeAttribute(name);
  }
  return copy.innerHTML;
}
