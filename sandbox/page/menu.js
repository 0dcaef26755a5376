// Menus that open at a place: of a message, of a member, of the page.

import { h } from "./dom.js";
import { icon } from "./icons.js";

let close = () => {};

/** Opens a menu at `place` ({x, y} or an element). Items: `{label, symbol?, run, danger?, testid?}`; `above` is a row before them. */
export function openMenu(place, items, above = null) {
  close();
  const before = document.activeElement;
  const buttons = items.filter(Boolean).map(({ label, symbol, run, danger, testid }) =>
    h(
      "button",
      { type: "button", role: "menuitem", class: danger ? "danger-text" : "", testid, onclick: () => (close(), run()) },
      symbol && icon(symbol),
      h("span", {}, label),
    ),
  );
  const menu = h("div", { class: "menu", role: "menu", testid: "menu" }, above, buttons);
  const outside = (event) => !menu.contains(event.target) && close();
  const keys = (event) => onKey(event, menu);
  close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
    window.removeEventListener("resize", close);
    if (document.activeElement === document.body) before?.focus?.({ preventScroll: true });
    close = () => {};
  };
  (document.querySelector("dialog[open]:last-of-type") ?? document.body).append(menu);
  put(menu, place);
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  window.addEventListener("resize", close);
  menu.querySelector("button")?.focus({ preventScroll: true });
}

export const closeMenu = () => close();

function put(menu, place) {
  const box = place instanceof Element ? place.getBoundingClientRect() : { left: place.x, right: place.x, bottom: place.y, top: place.y };
  const { offsetWidth: width, offsetHeight: height } = menu;
  const fitsRight = box.left + width < innerWidth - 8;
  const fitsBelow = box.bottom + height < innerHeight - 8;
  menu.style.left = `${Math.max(8, fitsRight ? box.left : box.right - width)}px`;
  menu.style.top = `${Math.max(8, fitsBelow ? box.bottom + 4 : box.top - height - 4)}px`;
}

function onKey(event, menu) {
  const buttons = [...menu.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (to !== undefined) buttons.at(to % buttons.length).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
