// What a browser can do better than plain pages. Without it, everything works.
import "./quick.js";
import "./live.js";
import "./keys.js";
import "./times.js";
import "./pick.js";
import "./copy.js";
import "./find.js";
import "./peek.js";
import "./poll.js";

// What stands in for scripts is hidden.
document.documentElement.setAttribute("data-js", "");
