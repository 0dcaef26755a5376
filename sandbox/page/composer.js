// Where one writes: the text box with its bars, buttons and keyboards.

import { block, mayBeAnonymous, say, sendCommand, speaksAsGroup, start, toggleAnonymous } from "./actions.js";
import { api } from "./api.js";
import { attachButton, offerFile } from "./attach.js";
import { attempt } from "./dialogs.js";
import { h, iconButton, isNarrow, isTouch } from "./dom.js";
import { draftOf, dropDraft, setDraft, startEdit } from "./drafts.js";
import { icon } from "./icons.js";
import { isUsed, keyboardWish, replyKeyboard } from "./keyboards.js";
import { fill, refill } from "./keyed.js";
import { language, onLanguage, t } from "./language.js";
import { authorName, authorOf, botOf, botsIn, chatAvatar } from "./names.js";
import { mayEdit, on, openChat, store, visibleMessages } from "./store.js";
import { suggestions } from "./suggestions.js";
import { summary } from "./summary.js";

const box = h("textarea", { testid: "composer", rows: "1", dir: "auto" });
const bars = h("div", { class: "bars" });
// The box itself is never moved while it is shown: that would end the choice of Chinese characters halfway.
const before = h("span", { class: "beside" });
const after = h("span", { class: "beside" });
const line = h("div", { class: "writing" }, before, box, after);
const keys = h("div", { class: "keys" });
const place = h("footer", { class: "composer" });
const hints = suggestions(box, { onCommand: (command) => (setText(""), sendCommand(openChat(), `/${command.command}`, command.bot)), onText: typed });

let shown = null; // which chat's draft the box shows
let keysHidden = null; // the wish whose keyboard was put away
let forced = null; // the newest wish for an answer that was followed

export function composer() {
  box.addEventListener("input", typed);
  box.addEventListener("keydown", keydown);
  box.addEventListener("paste", ({ clipboardData }) => clipboardData.files.length && offerFile(clipboardData.files[0]));
  on("open chats draft messages", draw);
  onLanguage(draw);
  return place;
}

function draw() {
  const chat = openChat();
  if (!chat) return;
  const draft = draftOf(store.open);
  const moved = shown !== store.open;
  if (moved) hints.load(chat);
  shown = store.open;
  const instead = insteadOfWriting(chat);
  if (instead) return fill(place, h("div", { class: "instead" }, instead));
  const wish = keyboardWish();
  followForceReply(wish);
  if (box.value !== draft.text) setText(draft.text);
  drawBars(draft);
  drawLine(chat, draft, wish);
  const shows = wish?.markup.keyboard && keysHidden !== wish.message.message_id && !isUsed(wish);
  refill(keys, shows && [chat.id, wish.message.message_id, wish.markup], () => [shows && replyKeyboard(wish, draw)]);
  if (!place.contains(box)) place.replaceChildren(hints.element, bars, line, keys);
  grow();
  if (moved && !isTouch()) box.focus({ preventScroll: true });
  return undefined;
}

/** A bar with one button where writing is not possible: a chat with a bot not begun yet, a blocked bot, a group left. */
function insteadOfWriting(chat) {
  const bot = botOf(chat);
  const wide = (label, testid, onclick) => h("button", { type: "button", class: "primary wide", testid, onclick }, label);
  if (bot && chat.blocked) return wide(t("unblock"), "unblock", () => block(bot, false));
  if (bot && !chat.last_message) return wide(t("start"), "start", () => start(chat.id));
  if (["left", "kicked"].includes(chat.my_status)) return h("p", { class: "faint" }, t("not_member"));
  return null;
}

function drawBars({ reply, editing }) {
  const about = editing ?? reply;
  const label = editing ? t("editing") : reply && t("replying", { name: authorName(authorOf(reply)) });
  refill(bars, [language(), Boolean(editing), about ?? null], () => about && [
    h(
      "div",
      { class: "bar-line", testid: editing ? "edit-bar" : "reply-bar" },
      icon(editing ? "edit" : "reply"),
      h("div", { class: "bar-text" }, h("span", { class: "bar-label", dir: "auto" }, label), h("span", { class: "bar-quote", dir: "auto" }, summary(about))),
      iconButton(t("cancel"), icon("close"), { testid: "cancel-bar", onclick: cancel }),
    ),
  ]);
}

function drawLine(chat, draft, wish) {
  const placeholder = wish?.markup.input_field_placeholder ?? (draft.editing ? t("editing") : speaksAsGroup() ? t("write_as_group") : t("write"));
  box.placeholder = placeholder;
  box.setAttribute("aria-label", placeholder);
  const about = [language(), chat.id, chat.title, botsIn(chat).length, mayBeAnonymous(chat), speaksAsGroup(), Boolean(draft.editing)];
  refill(before, about, () => [
    botsIn(chat).length > 0 && iconButton(t("commands"), icon("menu"), { testid: "menu-button", "aria-haspopup": "menu", onclick: () => hints.toggleCommands() }),
    mayBeAnonymous(chat) && asGroupButton(chat),
    !draft.editing && attachButton(),
  ]);
  refill(after, [...about, wish?.message.message_id], () => [
    wish?.markup.keyboard && iconButton(t("show_keys"), icon("keyboard"), { testid: "keys-button", onclick: () => toggleKeys(wish) }),
    iconButton(t(draft.editing ? "save" : "send"), icon(draft.editing ? "check" : "send"), { class: "send", testid: "send", onclick: send }),
  ]);
}

function asGroupButton(chat) {
  const asGroup = speaksAsGroup();
  const symbol = asGroup ? chatAvatar(chat, "tiny") : icon("person");
  return iconButton(t(asGroup ? "speaking_as_group" : "speaking_as_me"), symbol, { testid: "as-group", "aria-pressed": String(asGroup), onclick: toggleAnonymous });
}

function toggleKeys(wish) {
  const { message_id: id } = wish.message;
  keysHidden = keysHidden === id ? null : id;
  draw();
}

/** A bot that forces a reply has its message answered without a tap on "reply". */
function followForceReply(wish) {
  const key = wish?.markup.force_reply ? `${wish.message.chat.id}/${wish.message.message_id}` : null;
  if (!key || key === forced) return;
  forced = key;
  if (visibleMessages().some(({ mine, message_id: id }) => mine && id > wish.message.message_id)) return; // answered before
  setDraft({ reply: wish.message, editing: null });
}

function setText(text) {
  box.value = text;
  box.setSelectionRange(text.length, text.length);
  setDraft({ text }, { quietly: true });
  grow();
  hints.look();
}

function typed() {
  setDraft({ text: box.value }, { quietly: true });
  grow();
  hints.look();
}

function grow() {
  box.style.height = "auto";
  if (box.scrollHeight) box.style.height = `${box.scrollHeight}px`; // 0 while the chat is not on screen
}

function keydown(event) {
  if (event.isComposing) return; // Enter ends the choice of Chinese characters there
  if (hints.keydown(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !(isTouch() && isNarrow())) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") cancel();
  else if (event.key === "ArrowUp" && !box.value) editLast(event);
}

/** The arrow up in an empty line takes up one's last message again. */
function editLast(event) {
  const last = visibleMessages().findLast(mayEdit);
  if (!last) return;
  event.preventDefault();
  startEdit(last);
}

function cancel() {
  const { editing } = draftOf(store.open);
  setDraft({ reply: null, editing: null, ...(editing && { text: "", mentions: [] }) });
  box.focus();
}

async function send() {
  const chat = store.open;
  const draft = draftOf(chat);
  const text = draft.text.trim();
  if (!text) return;
  dropDraft(chat);
  box.focus();
  const mentions = draft.mentions.filter(({ name }) => text.includes(name)).map(({ id }) => id);
  const sent = draft.editing
    ? api.edit(chat, draft.editing.message_id, store.me, text)
    : say({ text, reply: draft.reply?.message_id, mentions });
  const done = await attempt(sent.then(() => true));
  // What could not be sent is not lost, unless something new has been begun meanwhile.
  if (!done && store.open === chat && !draftOf(chat).text) setDraft(draft);
}
