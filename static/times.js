// Points in time in the reader's own zone, written as the page writes them; how long ago, told anew each minute.
import { afterFold } from "./fold.js";
import { refresh } from "./page.js";
import { word } from "./words.js";

const months = word("months").split("|");
const zones = new Intl.DateTimeFormat(document.documentElement.lang, { timeZoneName: "short" });

const filled = (pattern, parts) => word(pattern).replace(/\$([a-z])/g, (_, name) => parts[name]);
const two = (number) => String(number).padStart(2, "0");
const date = (day, month, year) => filled("date", { d: day === 1 ? word("firstDay") : day, m: months[month], y: year });
const dateHere = (at) => date(at.getDate(), at.getMonth(), at.getFullYear());
const dateThere = (at) => date(at.getUTCDate(), at.getUTCMonth(), at.getUTCFullYear());

function exact(at) {
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  const zone = zones.formatToParts(at).find(({ type }) => type === "timeZoneName").value;
  return filled("dateTime", { d: dateHere(at), t: time, z: zone });
}

export function show() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const text = exact(at);
    if (time.classList.contains("exact")) {
      if (time.textContent !== text) time.textContent = text;
      continue;
    }
    time.title = text;
    // What was long ago is told by its day, which may be another one here.
    const [there, here] = [dateThere(at), dateHere(at)];
    if (there !== here && time.textContent.includes(there)) time.textContent = time.textContent.replace(there, here);
  }
}

if (months.length > 1) {
  show();
  afterFold(show);
}
if (document.querySelector("main[data-live]")) setInterval(() => document.hidden || refresh(), 60_000);
