// The path of the panel, with a slash at its end: addresses in a page have it, forms that name one leave it out.
export const base = new URL("../../", import.meta.url).pathname;

export const at = (path) => base + path.slice(1);
export const inside = (address) => (address.startsWith(base) ? address.slice(base.length - 1) : "/");
// The browser shares names among all that is on a host.
export const named = (name) => (base === "/" ? name : `${name} ${base}`);
