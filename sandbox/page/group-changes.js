// The small forms that change groups: a new group, a new topic, a new member.

import { show } from "./actions.js";
import { api } from "./api.js";
import { attempt, openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./language.js";
import { avatar, fullName, memberOf } from "./names.js";
import { changed, store } from "./store.js";

/** Asks for a new group's title, kind and members. */
export function newGroup() {
  const title = h("input", { name: "title", required: true, maxlength: "128", "aria-label": t("group_title"), placeholder: t("group_title"), testid: "group-title", autocomplete: "off" });
  const kinds = h("select", { name: "type", "aria-label": t("group_kind"), testid: "group-kind" }, ["supergroup", "group", "forum"].map((kind) => h("option", { value: kind }, t(`kind_${kind}`))));
  const tick = (person, list) => h("label", { class: "choice" }, h("input", { type: "checkbox", name: list, value: String(person.id), checked: list === "bots" }), avatar(person.id, fullName(person), "small"), h("span", {}, fullName(person)));
  const create = async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const chosen = (list) => data.getAll(list).map(Number);
    const forum = kinds.value === "forum";
    const chat = await attempt(api.addChat({
      type: forum ? "supergroup" : kinds.value, title: title.value.trim(), by: store.me, members: chosen("members"), bots: chosen("bots"), ...(forum && { is_forum: true }),
    }));
    if (!chat) return;
    dialog.close();
    store.chats.set(chat.id, chat);
    changed("chats");
    show(chat.id);
  };
  const form = h(
    "form",
    { class: "fields", onsubmit: create },
    title,
    kinds,
    h("fieldset", {}, h("legend", {}, t("members_list")), store.people.filter(({ id }) => id !== store.me).map((person) => tick(person, "members"))),
    store.bots.length > 0 && h("fieldset", {}, h("legend", {}, t("bots")), store.bots.map((bot) => tick(bot, "bots"))),
    h("button", { class: "primary", testid: "create-group" }, t("create")),
  );
  const dialog = openDialog(t("new_group"), form);
  title.focus();
}

/** Asks for a new topic's name. */
export function newTopic(chat) {
  const name = h("input", { required: true, maxlength: "128", "aria-label": t("topic_name"), placeholder: t("topic_name"), testid: "topic-name", autocomplete: "off" });
  const create = async (event) => {
    event.preventDefault();
    const topic = await attempt(api.addTopic(chat.id, store.me, name.value.trim()));
    if (!topic) return;
    dialog.close();
    store.topic = topic.message_thread_id;
    changed("open", "messages");
  };
  const dialog = openDialog(t("new_topic"), h("form", { class: "fields", onsubmit: create }, name, h("button", { class: "primary" }, t("create"))), { kind: "box small" });
  name.focus();
}

/** Offers those who are not in a group yet. */
export function addMember(chat) {
  const absent = [...store.people, ...store.bots].filter(({ id }) => !memberOf(chat, id));
  const add = async (person) => {
    dialog.close();
    await attempt(api.addMember(chat.id, person.id, store.me));
  };
  const choice = (person) => h("button", { type: "button", class: "choice", testid: `add-${person.id}`, onclick: () => add(person) }, avatar(person.id, fullName(person), "small"), h("span", {}, fullName(person)));
  const dialog = openDialog(t("add_member"), h("div", { class: "choices" }, absent.length ? absent.map(choice) : h("p", { class: "faint" }, t("nobody_left"))));
}
