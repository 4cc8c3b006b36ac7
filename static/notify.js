// A notification of the browser when somebody starts waiting, for those who switched it on.
import { at, named } from "./base.js";

const NAME = named("notify");
const can = "Notification" in window;
const box = document.getElementById("notify");

export const isOn = () => can && localStorage.getItem(NAME) === "on" && Notification.permission === "granted";

// Called in one tab alone: the one that has the stream.
export function notify(events) {
  const waits = events.find(({ kind, status, previous_status, declined, actor }) =>
    /^session\.(created|changed)$/.test(kind) && status === "pending" && previous_status !== "pending" &&
    !declined && !actor);
  const words = document.getElementById("words").dataset;
  if (!waits || !isOn() || (!document.hidden && document.hasFocus())) return;
  try {
    const icon = document.querySelector("link[rel=icon]").href;
    const note = new Notification(words.waits, { body: waits.app, tag: "waits", icon });
    note.onclick = () => {
      window.focus();
      if (location.pathname !== at("/")) location.assign(at("/"));
      note.close();
    };
  } catch {
    // Some browsers of phones have the word, but not the thing.
  }
}

if (box && can) {
  const button = box.querySelector("button");
  const show = () => {
    box.hidden = false;
    button.textContent = isOn() ? button.dataset.on : button.dataset.off;
    box.querySelector(".wrong").hidden = Notification.permission !== "denied";
  };
  button.addEventListener("click", async () => {
    if (isOn()) localStorage.removeItem(NAME);
    else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(NAME, "on");
    show();
  });
  show();
}
