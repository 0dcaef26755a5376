// The only way that elements are made here: text goes in as text, never as HTML.

/** Makes an element. `testid`, `on…` handlers, `data-`/`aria-` attributes, style variables and plain attributes are understood. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "testid") element.dataset.testid = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

/** A round button that shows an icon and says its name. */
export function iconButton(label, symbol, props = {}) {
  const { class: extra = "", ...rest } = props;
  return h("button", { type: "button", class: `icon-button ${extra}`, "aria-label": label, title: label, ...rest }, symbol);
}

export const isNarrow = () => matchMedia("(max-width: 719px)").matches;
export const isTouch = () => matchMedia("(pointer: coarse)").matches;
