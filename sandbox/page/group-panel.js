// Who is in a group, and what its administrators can change.

import { show } from "./actions.js";
import { api } from "./api.js";
import { attempt, confirmDialog, openDialog } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { addMember } from "./group-changes.js";
import { icon } from "./icons.js";
import { fill } from "./keyed.js";
import { t } from "./language.js";
import { openMenu } from "./menu.js";
import { avatar, chatAvatar, chatName, fullName, isAdministrator, knownPerson, roleLabel } from "./names.js";
import { on, store } from "./store.js";

let redraw = () => {};
on("chats open people", () => redraw());

/** Opens the panel of a group; it follows what changes while it is open. */
export function groupPanel(id) {
  const body = h("div", { class: "group-panel" });
  const dialog = openDialog(t("group_info"), body, { kind: "side", testid: "group-info", onclose: () => (redraw = () => {}) });
  redraw = () => {
    const chat = store.chats.get(id);
    if (chat) fill(body, content(chat, dialog));
    else dialog.close();
  };
  redraw();
}

function content(chat, dialog) {
  const boss = isAdministrator(chat);
  const order = { creator: 0, administrator: 1 };
  const members = (chat.members ?? []).toSorted((a, b) => (order[a.status] ?? 2) - (order[b.status] ?? 2));
  const wide = (label, symbol, testid, onclick, danger = false) => h("button", { type: "button", class: `panel-action ${danger ? "danger-text" : ""}`, testid, onclick }, icon(symbol), h("span", {}, label));
  return [
    h("div", { class: "card" }, chatAvatar(chat, "huge"), h("p", { class: "card-name", dir: "auto" }, chatName(chat)), h("p", { class: "faint" }, `${t(chat.is_forum ? "kind_forum" : `kind_${chat.type}`)} · ID ${chat.id}`)),
    wide(t("add_member"), "plus", "add-member", () => addMember(chat)),
    boss && chat.type === "group" && wide(t("migrate"), "forward", "migrate", () => migrate(chat, dialog)),
    h("h3", {}, t("members", { n: members.length })),
    h("ul", { class: "member-list" }, members.map((member) => memberItem(chat, member, boss))),
    wide(t("leave"), "back", "leave", () => leave(chat, dialog), true),
  ];
}

function memberItem(chat, member, boss) {
  const { user } = member;
  const changeable = boss && member.status !== "creator" && user.id !== store.me;
  const self = boss && user.id === store.me;
  return h(
    "li",
    { class: "member", testid: `member-${user.id}` },
    avatar(user.id, fullName(user), "medium"),
    h("span", { class: "choice-text" }, h("span", { class: "name", dir: "auto" }, fullName(user), user.id === store.me && h("span", { class: "faint" }, ` · ${t("you")}`)), h("span", { class: "faint" }, about(user))),
    roleLabel(member) && h("span", { class: "role" }, roleLabel(member)),
    (changeable || self) && iconButton(t("change_member", { name: fullName(user) }), icon("more"), { testid: `member-menu-${user.id}`, onclick: ({ currentTarget }) => memberMenu(chat, member, currentTarget) }),
  );
}

const about = (user) => [user.username ? `@${user.username}` : t("no_username"), knownPerson(user.id)?.note].filter(Boolean).join(" · ");

function memberMenu(chat, member, place) {
  const { user, status } = member;
  const change = (wish) => attempt(api.changeMember(chat.id, user.id, { by: store.me, ...wish }));
  const boss = status !== "member" && status !== "restricted";
  const self = user.id === store.me;
  openMenu(place, [
    !boss && { label: t("promote"), symbol: "plus", testid: "promote", run: () => change({ status: "administrator" }) },
    boss && !user.is_bot && {
      label: t(member.is_anonymous ? "show_name" : "make_anonymous"), symbol: "mask", testid: "anonymous",
      run: () => change({ status: "administrator", is_anonymous: !member.is_anonymous }),
    },
    boss && !self && { label: t("demote"), symbol: "person", testid: "demote", run: () => change({ status: "member" }) },
    !self && { label: t("remove_member"), symbol: "close", danger: true, testid: "remove", run: () => attempt(api.removeMember(chat.id, user.id, store.me)) },
  ]);
}

async function migrate(chat, dialog) {
  if (!(await confirmDialog(t("migrate_question"), t("migrate")))) return;
  dialog.close();
  await attempt(api.migrate(chat.id, store.me));
}

async function leave(chat, dialog) {
  if (!(await confirmDialog(t("leave_question", { name: chatName(chat) }), t("leave")))) return;
  dialog.close();
  const left = await attempt(api.removeMember(chat.id, store.me, store.me));
  if (left) show(null, { push: false });
}
