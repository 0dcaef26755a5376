// The list of chats, with who one is above it.

import { openBot, show } from "./actions.js";
import { h, iconButton } from "./dom.js";
import { newGroup } from "./group-changes.js";
import { typingIn } from "./chat-header.js";
import { developer } from "./developer.js";
import { icon } from "./icons.js";
import { keyed, refill } from "./keyed.js";
import { language, onLanguage, setLanguage, t } from "./language.js";
import { openMenu } from "./menu.js";
import { avatar, botOf, chatAvatar, chatName, fullName } from "./names.js";
import { choosePerson } from "./people.js";
import { me, now, on, store, totalUnread } from "./store.js";
import { preview } from "./summary.js";
import { dayOf, shortMoment } from "./time.js";

const top = h("header", { class: "list-header" });
const list = h("ul", { class: "chats" });
const drawList = keyed(list);

export function chatList() {
  on("people chats open typing clock", draw);
  onLanguage(draw);
  return h("aside", { class: "sidebar" }, top, h("nav", { class: "chats-place" }, list));
}

function draw() {
  drawTop();
  const chats = [...store.chats.values()].sort((a, b) => date(b) - date(a));
  const begun = new Set(chats.map(botOf).filter(Boolean).map(({ id }) => id));
  const others = store.bots.filter(({ id }) => !begun.has(id));
  list.parentElement.setAttribute("aria-label", t("chats"));
  const item = (key, about, make) => ({ key, signature: JSON.stringify([language(), about]), make });
  const items = [
    ...chats.map((chat) => item(`chat ${chat.id}`, [chat, store.open === chat.id, typingIn(chat.id), dayOf(now())], () => chatItem(chat))),
    ...others.map((bot) => item(`bot ${bot.id}`, bot, () => botItem(bot))),
  ];
  drawList(items.length ? items : [item("none", null, () => h("li", { class: "faint none" }, t("no_chats")))]);
  const unread = totalUnread();
  document.title = `${unread ? `(${unread}) ` : ""}${me() ? `${fullName(me())} · ` : ""}${t("title")}`;
}

const date = (chat) => chat.last_message?.date ?? 0;

function drawTop() {
  const person = me();
  refill(top, [language(), person], () => [
    h(
      "button",
      { type: "button", class: "who", testid: "who", "aria-label": t("you_are", { name: person ? fullName(person) : "" }), onclick: () => choosePerson() },
      person && avatar(person.id, fullName(person), "medium"),
      h("span", { class: "who-text" }, h("span", { class: "name", dir: "auto" }, person ? fullName(person) : ""), h("span", { class: "faint" }, t("switch_person"))),
    ),
    h(
      "button",
      { type: "button", class: "language", testid: "language", title: t("other_language"), "aria-label": t("other_language"), onclick: () => setLanguage(language() === "zh" ? "en" : "zh") },
      language() === "zh" ? "EN" : "中",
    ),
    iconButton(t("page_menu"), icon("menu"), {
      testid: "page-menu", "aria-haspopup": "menu",
      onclick: ({ currentTarget }) =>
        openMenu(currentTarget, [
          { label: t("new_group"), symbol: "people", testid: "new-group", run: newGroup },
          { label: t("new_window"), symbol: "link", testid: "new-window", run: () => choosePerson({ inNewWindow: true }) },
          { label: t("developer"), symbol: "tools", testid: "developer", run: developer },
        ]),
    }),
  ]);
}

function chatItem(chat) {
  const { last_message: last } = chat;
  const typing = typingIn(chat.id);
  const { who, text } = last ? preview(last, chat) : { who: "", text: t("no_messages") };
  const current = store.open === chat.id;
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: `chat-item ${current ? "current" : ""}`, testid: `chat-${chat.id}`, "aria-current": current ? "true" : null, onclick: () => show(chat.id) },
      chatAvatar(chat, "large"),
      h(
        "span",
        { class: "chat-text" },
        h("span", { class: "chat-line" }, h("span", { class: "name", dir: "auto" }, chatName(chat)), last && h("time", { class: "faint" }, shortMoment(last.date * 1000))),
        h(
          "span",
          { class: "chat-line" },
          typing ? h("span", { class: "preview typing" }, typing) : h("span", { class: "preview", dir: "auto" }, who && h("span", { class: "preview-who" }, `${who}${t("colon")}`), text),
          chat.unread > 0 && h("span", { class: "badge", testid: `unread-${chat.id}`, "aria-label": t("unread", { n: chat.unread }) }, String(chat.unread)),
        ),
      ),
    ),
  );
}

/** A bot that one has not spoken to yet stands in the list too, so that it is found. */
function botItem(bot) {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "chat-item", testid: `bot-${bot.id}`, onclick: () => openBot(bot) },
      avatar(bot.id, fullName(bot), "large"),
      h("span", { class: "chat-text" }, h("span", { class: "chat-line" }, h("span", { class: "name" }, fullName(bot))), h("span", { class: "preview" }, t("tap_to_begin"))),
    ),
  );
}
