// What can be done with a message.

import { api } from "./api.js";
import { attempt, confirmDialog, openDialog, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { replyTo, startEdit } from "./drafts.js";
import { copy } from "./keyboards.js";
import { t } from "./language.js";
import { takeIn } from "./live.js";
import { closeMenu, openMenu } from "./menu.js";
import { chatAvatar, chatName, isAdministrator } from "./names.js";
import { coloured, myReaction, OFFERED, react } from "./reactions.js";
import { mayEdit, store } from "./store.js";

export function messageMenu(message, chat, place) {
  const text = message.text ?? message.caption;
  openMenu(
    place,
    [
      { label: t("reply"), symbol: "reply", testid: "menu-reply", run: () => replyTo(message) },
      mayEdit(message) && { label: t("edit"), symbol: "edit", testid: "menu-edit", run: () => startEdit(message) },
      text !== undefined && { label: t("copy"), symbol: "copy", testid: "menu-copy", run: () => copy(text) },
      { label: t("forward"), symbol: "forward", testid: "menu-forward", run: () => chooseChat(message) },
      (message.mine || isAdministrator(chat)) && {
        label: t("delete"), symbol: "trash", danger: true, testid: "menu-delete", run: () => askAndDelete(message),
      },
    ],
    reactionRow(message),
  );
}

function reactionRow(message) {
  const mine = myReaction(message);
  return h(
    "div",
    { class: "reaction-row" },
    OFFERED.map((emoji) =>
      h(
        "button",
        {
          type: "button", role: "menuitem", testid: `react-${emoji}`, "aria-label": t("react_with", { emoji }), class: mine === emoji ? "chosen" : "",
          onclick: () => {
            closeMenu();
            react(message, emoji);
          },
        },
        coloured(emoji),
      ),
    ),
  );
}

async function askAndDelete(message) {
  if (!(await confirmDialog(t("delete_question"), t("delete")))) return;
  await attempt(api.deleteMessage(message.chat.id, message.message_id, store.me));
}

function chooseChat(message) {
  const forward = async (chat) => {
    dialog.close();
    const copied = await attempt(api.forward(message.chat.id, message.message_id, store.me, chat.id));
    if (!copied) return;
    takeIn(chat.id, copied);
    toast(t("forwarded_to", { name: chatName(chat) }));
  };
  const dialog = openDialog(
    t("forward_to"),
    h(
      "div",
      { class: "choices" },
      [...store.chats.values()].map((chat) =>
        h("button", { type: "button", class: "choice", testid: `forward-${chat.id}`, onclick: () => forward(chat) }, chatAvatar(chat, "small"), h("span", {}, chatName(chat))),
      ),
    ),
  );
}
