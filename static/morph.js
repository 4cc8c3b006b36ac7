// Makes one tree like another by few changes: an element that stays is the same element, so focus, scroll and what is
// open stay with it. What scripts add carries data-keep (an element) or begins with data-js (an attribute).

const own = (node) => node.nodeType === 1 && node.hasAttribute("data-keep");

// What tells one item of a list from the next: its id, or where it leads.
export function key(node) {
  if (node.nodeType !== 1) return "";
  if (node.id) return node.id;
  const item = node.localName === "li" || (node.localName === "tr" && node.parentNode.localName === "tbody");
  const first = item && node.querySelector("[formaction], [href]");
  return first ? `${first.getAttribute("formaction") ?? first.getAttribute("href")} ${first.value ?? ""}` : "";
}

// `how` has the exceptions: keep(old, next) is true for what is done with, gone(node) for what stays nevertheless;
// came(node) and turned(button) hear of what is new.
export function morph(old, next, how) {
  if (own(old) || how.keep(old, next) || old.isEqualNode(next)) return;
  const ticked = old.defaultChecked;
  attributes(old, next, how);
  children(old, next, how);
  if (old.localName === "input" && ticked !== undefined && ticked !== next.defaultChecked) old.checked = next.checked;
  if (old.value !== next.value && /^(input|select|textarea)$/.test(old.localName)) old.value = next.value;
}

function attributes(old, next, how) {
  const before = old.localName === "button" && act(old);
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== "open" && !name.startsWith("data-js")) old.removeAttribute(name);
  }
  if (before && before !== act(old)) how.turned(old);
}

const isBefore = (one, other) => one && one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
const act = (button) => `${button.getAttribute("formaction")} ${button.name} ${button.value}`;

export function children(old, next, how) {
  const keyed = new Map();
  for (const node of old.children) {
    const name = key(node);
    if (name) keyed.set(name, [...(keyed.get(name) ?? []), node]);
  }
  const used = new Set();
  let at = old.firstChild;
  for (const want of next.childNodes) {
    while (at && (own(at) || used.has(at))) at = at.nextSibling;
    if (own(want) && document.getElementById(want.id)) continue;
    const name = key(want);
    const same = (node) => !used.has(node) && node.nodeName === want.nodeName;
    const found = name ? keyed.get(name)?.find(same) : alike(at, want, used);
    if (!found) {
      const node = document.importNode(want, true);
      old.insertBefore(node, at);
      used.add(node);
      how.came(node);
      continue;
    }
    used.add(found);
    // Only what is out of order is moved.
    if (found === at || isBefore(at, found)) at = found.nextSibling;
    else move(old, found, at);
    if (found.nodeType === 1) morph(found, want, how);
    else if (found.data !== want.data) found.data = want.data;
  }
  for (const node of [...old.childNodes]) if (!used.has(node) && !own(node) && !how.gone(node)) node.remove();
}

// Among what has no name: text for text that stands here, an element for the next of its class, or else of its kind.
function alike(at, want, used) {
  if (want.nodeType !== 1) return at?.nodeType === want.nodeType ? at : null;
  let second = null;
  for (let node = at; node; node = node.nextSibling) {
    if (node.nodeName !== want.nodeName || own(node) || used.has(node) || key(node)) continue;
    if (node.getAttribute("class") === want.getAttribute("class")) return node;
    second ??= node;
  }
  return second;
}

const move = (parent, node, before) =>
  parent.moveBefore ? parent.moveBefore(node, before) : parent.insertBefore(node, before);
