// Windows above the page: short notes that go by themselves, alerts, questions, panels.

import { h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./language.js";

const TOAST = 3500;

let toastTimer;

/** Shows a short note for a few seconds. */
export function toast(text, { error = false } = {}) {
  clearTimeout(toastTimer);
  document.querySelector(".toast")?.remove();
  const note = h("div", { class: `toast ${error ? "error" : ""}`, testid: "toast", role: "status" }, text);
  // An open dialog covers everything that is not inside it.
  (document.querySelector("dialog[open]:last-of-type") ?? document.body).append(note);
  toastTimer = setTimeout(() => note.remove(), TOAST + text.length * 30);
}

/** Awaits something that a person asked for; what goes wrong is told, and gives undefined. */
export async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error instanceof TypeError ? t("offline") : error.message, { error: true });
    return undefined;
  }
}

/** Opens a window; `kind` is `box` (in the middle), `side` (a panel at the right) or `light` (a picture). */
export function openDialog(title, content, { kind = "box", testid, onclose } = {}) {
  const dialog = h(
    "dialog",
    { class: kind, testid, "aria-label": title },
    h(
      "div",
      { class: "dialog-inside" },
      h("header", {}, h("h2", {}, title)),
      h("div", { class: "dialog-body" }, content),
      // The last in order, so that the focus starts on what the window is about.
      iconButton(t("close"), icon("close"), { onclick: () => dialog.close(), class: "close" }),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A bot's answer that wants to be read: it stays until it is closed. */
export function alertDialog(text) {
  const close = h("button", { type: "button", class: "primary", autofocus: true }, t("ok"));
  const dialog = openDialog(t("alert"), [h("p", { class: "alert-text" }, text), h("div", { class: "actions" }, close)], {
    testid: "alert",
    kind: "box small",
  });
  close.addEventListener("click", () => dialog.close());
}

/** Asks before something that can't be undone; gives whether to go on. */
export function confirmDialog(text, yes) {
  return new Promise((resolve) => {
    let agreed = false;
    const agree = h("button", { type: "button", class: "danger", testid: "confirm" }, yes);
    const cancel = h("button", { type: "button", class: "quiet", autofocus: true }, t("cancel"));
    const dialog = openDialog(text, h("div", { class: "actions" }, cancel, agree), {
      kind: "box small",
      onclose: () => resolve(agreed),
    });
    cancel.addEventListener("click", () => dialog.close());
    agree.addEventListener("click", () => {
      agreed = true;
      dialog.close();
    });
  });
}
