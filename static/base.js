// The path below which the panel stands, with a slash at its end. The addresses in a page have it in front; forms that
// name a page to return to leave it out, as the server does.
export const base = new URL("../../", import.meta.url).pathname;

// An address of the panel.
export const at = (path) => base + path.slice(1);
// The address as a form names it.
export const inside = (address) => (address.startsWith(base) ? address.slice(base.length - 1) : "/");
// What the browser keeps under this name: it shares that with whatever else is on the host.
export const named = (name) => (base === "/" ? name : `${name} ${base}`);
