// What a browser can do better than plain pages. Without it, everything works.
import "./quick.js";
import "./live.js";
import "./look.js";
import "./keys.js";
import "./times.js";
import "./pick.js";
import "./copy.js";
import "./find.js";
import "./poll.js";
import "./rule.js";

// What stands in for scripts is hidden.
document.documentElement.setAttribute("data-js", "");
