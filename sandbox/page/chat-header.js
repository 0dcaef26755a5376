// The line above the messages: which chat it is, who is typing, its topics and its menu.

import { block, openPerson, show } from "./actions.js";
import { h, iconButton } from "./dom.js";
import { groupPanel } from "./group-panel.js";
import { icon } from "./icons.js";
import { refill } from "./keyed.js";
import { language, onLanguage, t } from "./language.js";
import { openMenu } from "./menu.js";
import { authorName, botOf, chatAvatar, chatName, isAdministrator, isGroup, topicName } from "./names.js";
import { changed, on, openChat, store } from "./store.js";
import { newTopic } from "./group-changes.js";

const header = h("header", { class: "chat-header" });
const strip = h("nav", { class: "topics", hidden: true });

export function chatHeader() {
  on("open chats typing connection", draw);
  onLanguage(draw);
  return [header, strip];
}

function draw() {
  const chat = openChat();
  if (!chat) return;
  const about = [language(), chat.id, chatName(chat), chat.type, chat.is_forum, chat.my_status, chat.blocked, chat.members?.length];
  const details = () => (isGroup(chat) ? groupPanel(chat.id) : botOf(chat) && openPerson(botOf(chat)));
  refill(header, [about, store.connected, typingIn(chat.id)], () => [
    iconButton(t("back"), icon("back"), { class: "back", testid: "back", onclick: goBack }),
    h(
      "button",
      { type: "button", class: "chat-title", testid: "chat-title", onclick: details },
      chatAvatar(chat, "medium"),
      h("span", { class: "chat-title-text" }, h("span", { class: "name", dir: "auto" }, chatName(chat)), h("span", { class: "faint status" }, status(chat))),
    ),
    iconButton(t("chat_menu"), icon("more"), { testid: "chat-menu", "aria-haspopup": "menu", onclick: (event) => chatMenu(chat, details, event.currentTarget) }),
  ]);
  drawTopics(chat);
}

/** Back to where one came from, or to the list where the chat was opened by its address. */
function goBack() {
  if (history.state?.inside) history.back();
  else show(null, { push: false });
}

function status(chat) {
  if (!store.connected) return t("connecting");
  const typing = typingIn(chat.id);
  if (typing) return h("span", { class: "typing" }, typing);
  if (chat.type === "private") return chat.blocked ? t("blocked") : t("role_bot");
  return t("members", { n: chat.members?.length ?? 0 });
}

/** Who is writing in a chat just now, as a sentence, or null. */
export function typingIn(id) {
  const typing = store.typing.get(id);
  if (!typing || typing.until < Date.now()) return null;
  const key = typing.action?.startsWith("upload") ? "sending_file" : "typing";
  return t(key, { name: authorName(typing.from) });
}

function chatMenu(chat, details, place) {
  const bot = botOf(chat);
  openMenu(place, [
    isGroup(chat) && { label: t("group_info"), symbol: "people", testid: "menu-info", run: details },
    chat.is_forum && isAdministrator(chat) && { label: t("new_topic"), symbol: "plus", testid: "menu-topic", run: () => newTopic(chat) },
    bot && !chat.blocked && { label: t("block"), symbol: "close", danger: true, testid: "menu-block", run: () => block(bot, true) },
    bot && chat.blocked && { label: t("unblock"), symbol: "check", testid: "menu-unblock", run: () => block(bot, false) },
  ]);
}

function drawTopics(chat) {
  strip.hidden = !chat.is_forum;
  if (!chat.is_forum) return;
  strip.setAttribute("aria-label", t("topics"));
  const tab = (thread, label) =>
    h(
      "button",
      { type: "button", class: "topic", testid: `topic-${thread ?? "all"}`, "aria-pressed": String(store.topic === thread), onclick: () => choose(thread) },
      label,
    );
  const others = (chat.topics ?? []).filter((topic) => topic.message_thread_id > 1);
  refill(strip, [language(), store.topic, others], () => [
    tab(null, t("topic_all")),
    tab(0, topicName(chat, 0)),
    others.map((topic) => tab(topic.message_thread_id, topic.name)),
  ]);
}

function choose(thread) {
  store.topic = thread;
  changed("messages", "open");
}
