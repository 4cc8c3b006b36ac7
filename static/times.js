// Exact times in the reader's own time zone; how long ago, told anew each minute.
import { afterFold } from "./fold.js";
import { refresh } from "./page.js";

const exact = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "long" });

export function show() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const text = exact.format(new Date(time.dateTime));
    if (!time.classList.contains("exact")) time.title = text;
    else if (time.textContent !== text) time.textContent = text;
  }
}

show();
afterFold(show);
if (document.querySelector("main[data-live]")) setInterval(() => document.hidden || refresh(), 60_000);
