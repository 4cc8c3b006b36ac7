// A page of something that goes on is looked at again, until it has ended.
import { afterFold } from "./fold.js";
import { refresh } from "./page.js";

let timer = 0;
function look() {
  const going = document.querySelector("main [data-poll]");
  clearTimeout(timer);
  if (going) timer = setTimeout(refresh, going.dataset.poll * 1000);
}

look();
afterFold(look);
