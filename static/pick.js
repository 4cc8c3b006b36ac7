// One box for all rows of the page; with Shift, all from the last one to this.
import { afterFold } from "./fold.js";

const boxes = () => [...document.querySelectorAll("main input[name=pick][type=checkbox]:not(:disabled)")];
let last = null;

function show() {
  const all = document.getElementById("pick-all");
  if (!all) return;
  const count = boxes().filter((box) => box.checked).length;
  all.hidden = false;
  all.checked = count > 0 && count === boxes().length;
  all.indeterminate = count > 0 && !all.checked;
}

addEventListener("click", ({ target, shiftKey }) => {
  if (target.id === "pick-all") boxes().forEach((box) => (box.checked = target.checked));
  else if (target.name !== "pick") return;
  else if (shiftKey && last?.isConnected) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(target)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((box) => (box.checked = target.checked));
  }
  if (target.name === "pick") last = target;
  show();
});

show();
afterFold(show);
