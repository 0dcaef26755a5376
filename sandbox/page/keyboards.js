// Buttons: those under a message, and those that stand in for the keyboard.

import { follow, say } from "./actions.js";
import { api } from "./api.js";
import { alertDialog, attempt, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./language.js";
import { safeAddress } from "./links.js";
import { isGroup } from "./names.js";
import { openChat, store, visibleMessages } from "./store.js";

const pressed = new Set();

/** The buttons under a message. */
export function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "keyboard" }, rows.map((row, r) => h("div", { class: "keyboard-row" }, row.map((button, c) => inlineButton(message, button, r, c)))));
}

function inlineButton(message, button, row, column) {
  const testid = `button-${message.message_id}-${row}-${column}`;
  const className = `key ${button.style ?? ""}`;
  const label = h("span", { dir: "auto" }, button.text);
  const url = button.url ?? button.login_url?.url ?? button.web_app?.url;
  if (url) {
    const address = safeAddress(url);
    const onclick = (event) => (follow(url) || !address) && event.preventDefault();
    return h("a", { class: className, testid, href: address ?? "#", target: "_blank", rel: "noopener noreferrer", onclick }, label, icon("link"));
  }
  if (button.copy_text) {
    return h("button", { type: "button", class: className, testid, onclick: () => copy(button.copy_text.text) }, label, icon("copy"));
  }
  const key = `${message.chat.id}/${testid}`;
  const waiting = pressed.has(key);
  return h(
    "button",
    { type: "button", class: `${className} ${waiting ? "waiting" : ""}`, testid, "aria-busy": waiting ? "true" : null, onclick: () => press(message, row, column, key, testid) },
    label,
  );
}

export async function copy(text) {
  await attempt(navigator.clipboard.writeText(text));
  toast(t("copied"));
}

async function press(message, row, column, key, testid) {
  if (pressed.has(key)) return;
  const mark = (waiting) => {
    // The message may have been drawn anew meanwhile, so the button is looked up each time.
    const button = document.querySelector(`[data-testid="${testid}"]`);
    button?.classList.toggle("waiting", waiting);
    button?.toggleAttribute("aria-busy", waiting);
  };
  pressed.add(key);
  mark(true);
  const answer = await attempt(api.press(message.chat.id, message.message_id, store.me, row, column));
  pressed.delete(key);
  mark(false);
  if (!answer) return;
  if (answer.timeout) toast(t("no_answer"), { error: true });
  if (answer.url && !follow(answer.url)) window.open(safeAddress(answer.url), "_blank", "noopener");
  if (answer.text) (answer.show_alert ? alertDialog : toast)(answer.text);
}

const used = new Set(); // one-time keyboards that have done their work

/** The newest wish of a bot about the keyboard of this chat: `{message, markup}` with `keyboard` or `force_reply`, or null. */
export function keyboardWish() {
  const chat = openChat();
  if (!chat) return null;
  for (const message of visibleMessages().reverse()) {
    const markup = message.reply_markup;
    if (!markup || markup.inline_keyboard || !concernsMe(message, markup)) continue;
    if (markup.remove_keyboard) return null;
    return { message, markup };
  }
  return null;
}

function concernsMe(message, markup) {
  if (!markup.selective) return true;
  const entities = message.entities ?? message.caption_entities ?? [];
  const text = message.text ?? message.caption ?? "";
  const username = store.people.find(({ id }) => id === store.me)?.username;
  return (
    message.reply_to_message?.from?.id === store.me ||
    entities.some(({ type, user, offset, length }) =>
      type === "text_mention" ? user.id === store.me : type === "mention" && text.slice(offset + 1, offset + length) === username,
    )
  );
}

export const isUsed = ({ message }) => used.has(`${message.chat.id}/${message.message_id}`);

/** The keys below the writing line. */
export function replyKeyboard({ message, markup }, done) {
  const send = (text) => {
    if (markup.one_time_keyboard) used.add(`${message.chat.id}/${message.message_id}`);
    attempt(say({ text, reply: isGroup(openChat()) ? message.message_id : undefined }));
    done();
  };
  const key = (button, r, c) => {
    const { text } = typeof button === "string" ? { text: button } : button;
    return h("button", { type: "button", class: `key ${button.style ?? ""}`, testid: `key-${r}-${c}`, onclick: () => send(text) }, h("span", { dir: "auto" }, text));
  };
  return h("div", { class: "keyboard reply-keyboard" }, markup.keyboard.map((row, r) => h("div", { class: "keyboard-row" }, row.map((button, c) => key(button, r, c)))));
}
