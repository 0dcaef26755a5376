// Which of the two languages the page speaks, and how it says a thing.

import { TEXTS } from "./texts.js";

const KEPT = "sandbox-language";
let chosen = firstChoice();
const listeners = [];

function firstChoice() {
  const wishes = [new URLSearchParams(location.search).get("lang"), localStorage.getItem(KEPT), navigator.language];
  const known = wishes.map((wish) => wish?.slice(0, 2).toLowerCase()).find((wish) => wish in TEXTS);
  return known ?? "en";
}

/** Says a text in the chosen language; `{name}` is filled in, `{n|vote|votes}` chooses by number. */
export function t(key, values = {}) {
  return TEXTS[chosen][key].replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) =>
    one === undefined ? String(values[name]) : values[name] === 1 ? one : many,
  );
}

export const language = () => chosen;
export const locale = () => (chosen === "zh" ? "zh-CN" : "en-GB");

export function onLanguage(listener) {
  listeners.push(listener);
}

/** Speaks another language from now on; the choice is kept for the next visit. */
export function setLanguage(code) {
  chosen = code;
  localStorage.setItem(KEPT, code);
  const address = new URL(location.href);
  if (address.searchParams.has("lang")) {
    address.searchParams.set("lang", code);
    history.replaceState(history.state, "", address);
  }
  announce();
}

export function announce() {
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener();
}
