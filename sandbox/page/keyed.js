// Places that are drawn often, and whose elements stay as they are unless something about them has changed. So a click or
// the keyboard's focus is not lost because a message comes in at that moment.

/** Makes a place a list of keyed elements; gives the function that draws `[{key, signature, make}]` into it. */
export function keyed(parent) {
  const known = new Map();
  return (things) => {
    const focused = focusIn(parent);
    const elements = things.map(({ key, signature, make }) => {
      const old = known.get(key);
      const element = old?.signature === signature ? old.element : make();
      known.set(key, { signature, element });
      return element;
    });
    const keys = new Set(things.map(({ key }) => key));
    for (const key of known.keys()) if (!keys.has(key)) known.delete(key);
    const wanted = new Set(elements);
    for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
    elements.forEach((element, index) => {
      if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
    });
    focusAgain(parent, focused);
  };
}

const signatures = new WeakMap();

/** Draws a place anew if its signature has changed since the last time; `make` gives its children. */
export function refill(parent, signature, make) {
  const text = JSON.stringify(signature);
  if (signatures.get(parent) === text) return;
  signatures.set(parent, text);
  fill(parent, make() || []);
}

/** Puts new children into a place, and the keyboard focus back to where it was by its test id. */
export function fill(parent, ...children) {
  const focused = focusIn(parent);
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child || child === 0));
  focusAgain(parent, focused);
}

const focusIn = (parent) => (parent.contains(document.activeElement) ? document.activeElement.dataset.testid : undefined);

function focusAgain(parent, testid) {
  if (!testid || parent.contains(document.activeElement)) return;
  parent.querySelector(`[data-testid="${CSS.escape(testid)}"]`)?.focus({ preventScroll: true });
}
