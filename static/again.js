// A page of something that goes on is looked at again, until it has ended.
import { afterFold } from "./fold.js";
import { refresh } from "./page.js";

let timer = 0;
function look() {
  const going = document.querySelector("main [data-again]");
  clearTimeout(timer);
  if (going) timer = setTimeout(refresh, going.dataset.again * 1000);
}

look();
afterFold(look);
