// One message as a bubble.

import { openPerson } from "./actions.js";
import { h, iconButton, isNarrow, isTouch } from "./dom.js";
import { richText } from "./entities.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./keyboards.js";
import { t } from "./language.js";
import { file, photo } from "./media.js";
import { messageMenu } from "./message-menu.js";
import { authorName, authorOf, avatar, fullName, hueOf, isGroup, memberOf, roleLabel, topicName } from "./names.js";
import { pollView } from "./poll.js";
import { reactions } from "./reactions.js";
import { store, threadOf } from "./store.js";
import { serviceText, summary } from "./summary.js";
import { fullMoment, timeOfDay } from "./time.js";

/** A centred line about what happened in the chat. */
export function serviceLine(message, text) {
  return h("div", { class: "service", testid: `message-${message.message_id}`, "data-id": message.message_id }, h("span", {}, text));
}

/** A message with what belongs to it; `first` and `last` tell its place among its author's messages in a row. */
export function messageRow(message, chat, { first, last }, jump) {
  const service = serviceText(message);
  if (service !== null) return serviceLine(message, service);
  const author = authorOf(message);
  const others = isGroup(chat) && !message.mine;
  return h(
    "div",
    {
      class: ["row", message.mine && "mine", first && "first", last && "last"].filter(Boolean).join(" "),
      testid: `message-${message.message_id}`, "data-id": message.message_id,
    },
    others && (last ? avatarButton(author) : h("span", { class: "avatar-space" })),
    h(
      "div",
      { class: "stack" },
      h("div", { class: "bubble-line" }, bubble(message, chat, { showsAuthor: first && (others || message.sender_chat) }, jump), moreButton(message, chat)),
      inlineKeyboard(message),
      reactions(message),
    ),
  );
}

function avatarButton(author) {
  const name = authorName(author);
  return h(
    "button",
    { type: "button", class: "avatar-button", "aria-label": name, disabled: Boolean(author.title), onclick: () => openPerson(author) },
    avatar(author.id, name, "small"),
  );
}

function moreButton(message, chat) {
  return iconButton(t("more"), icon("more"), {
    class: "more", "aria-haspopup": "menu", testid: `more-${message.message_id}`,
    onclick: (event) => messageMenu(message, chat, event.currentTarget),
  });
}

function bubble(message, chat, { showsAuthor }, jump) {
  const bare = message.photo && !message.caption && !showsAuthor && !message.reply_to_message && !message.forward_origin;
  const element = h(
    "article",
    { class: ["bubble", message.photo && "with-photo", bare && "bare", message.poll && "with-poll"].filter(Boolean).join(" ") },
    showsAuthor && authorLine(message, chat),
    topicLine(message, chat),
    forwardLine(message),
    quote(message, jump),
    content(message, chat),
    meta(message),
  );
  const openMenu = (event) => {
    event.preventDefault();
    messageMenu(message, chat, { x: event.clientX, y: event.clientY });
  };
  element.addEventListener("contextmenu", (event) => !event.target.closest("a[href^=http]") && openMenu(event));
  element.addEventListener("click", (event) => {
    if ((isTouch() || isNarrow()) && !event.target.closest("a, button, [role=button]") && getSelection().isCollapsed) openMenu(event);
  });
  return element;
}

function authorLine(message, chat) {
  const author = authorOf(message);
  const member = memberOf(chat, author.id);
  const role = message.sender_chat ? (message.author_signature ?? t("role_anonymous")) : member && roleLabel(member);
  return h(
    "header",
    { class: "author", style: { "--hue": hueOf(author.id) } },
    h("span", { class: "author-name", dir: "auto" }, authorName(author)),
    role && h("span", { class: "role" }, role),
  );
}

const topicLine = (message, chat) =>
  store.topic === null && threadOf(message) !== 0 && h("div", { class: "in-topic" }, `# ${topicName(chat, threadOf(message))}`);

function forwardLine({ forward_origin: origin }) {
  if (!origin) return null;
  const from = origin.sender_user ? fullName(origin.sender_user) : (origin.sender_user_name ?? (origin.sender_chat ?? origin.chat)?.title ?? "");
  return h("div", { class: "forwarded" }, t("forwarded_from", { name: from }));
}

function quote(message, jump) {
  const { reply_to_message: original, quote: part } = message;
  // In a forum every message answers its topic's first one; that is no quote.
  if (!original || original.forum_topic_created) return null;
  const author = authorOf(original);
  return h(
    "button",
    { type: "button", class: "quote", style: { "--hue": hueOf(author?.id ?? 0) }, onclick: () => jump(original.message_id) },
    h("span", { class: "quote-name", dir: "auto" }, author ? authorName(author) : ""),
    h("span", { class: "quote-line", dir: "auto" }, part?.text ?? summary(original)),
  );
}

function content(message, chat) {
  if (message.poll) return pollView(message);
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const words = text !== undefined && h("div", { class: "text", dir: "auto" }, richText(text, entities, chat), space(message));
  const media = message.photo ? photo(message) : message.document ? file(message) : null;
  if (!media && text === undefined) return h("div", { class: "text faint" }, t("unsupported"), space(message));
  return message.show_caption_above_media ? [words, media] : [media, words];
}

const ticks = (message) => message.mine && h("span", { class: `ticks ${message.read ? "read" : ""}`, role: "img", "aria-label": t(message.read ? "read" : "sent") }, icon("check"), message.read && icon("check"));

const meta = (message) =>
  h(
    "span",
    { class: "meta" },
    message.silent && h("span", { class: "silent", role: "img", "aria-label": t("silent"), title: t("silent") }, icon("muted")),
    message.edit_date && h("span", { class: "edited" }, t("edited")),
    h("time", { title: fullMoment(message.date * 1000) }, timeOfDay(message.date * 1000)),
    ticks(message),
  );

// Keeps room for the time at the end of the last line, or on a line of its own where the text fills the last one. The style
// sheet writes into it, so that it is no part of the text.
function space(message) {
  const words = [message.silent && "〇", message.edit_date && t("edited"), timeOfDay(message.date * 1000), message.mine && "✓✓"];
  return h("span", { class: "meta-space", "aria-hidden": "true", "data-width": words.filter(Boolean).join(" ") });
}
