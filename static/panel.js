// What a browser can do better than plain pages. Without it, everything works.

// Exact times in the reader's own time zone.
const exact = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "long" });
for (const time of document.querySelectorAll("time[datetime]")) {
  const text = exact.format(new Date(time.dateTime));
  if (time.classList.contains("exact")) time.textContent = text;
  else time.title = text;
}

// "/" goes to the search, unless somebody is typing.
const search = document.querySelector("input[type=search]");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// One box for all rows of the page.
const all = document.querySelector("#pick-all");
const picks = [...document.querySelectorAll("input[name=pick][form=selected]")];
if (all && picks.length) {
  const show = () => {
    const count = picks.filter((pick) => pick.checked).length;
    all.checked = count === picks.length;
    all.indeterminate = count > 0 && count < picks.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => picks.forEach((pick) => (pick.checked = all.checked)));
  picks.forEach((pick) => pick.addEventListener("change", show));
  show();
}

// What is shown once can be copied at a press.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}
