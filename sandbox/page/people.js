// Choosing who one is, and the card of a person.

import { onOpenPerson, openBot } from "./actions.js";
import { api } from "./api.js";
import { attempt, openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { refill } from "./keyed.js";
import { t } from "./language.js";
import { loadClock, loadPeople } from "./live.js";
import { avatar, fullName, statusLabel } from "./names.js";
import { store } from "./store.js";

const ASK_AGAIN = 2000;

let become = () => {};
export const onChoose = (callback) => (become = callback);

/** Opens the picker of people; without anybody chosen it stays until somebody is. */
export function choosePerson({ inNewWindow = false } = {}) {
  const choose = (person) => {
    if (inNewWindow) window.open(`?as=${person.id}`, "_blank", "noopener");
    else become(person.id);
    dialog.close();
  };
  const people = h("div", { class: "choices" });
  const show = () => refill(people, [store.people, store.me], () => choices(choose));
  show();
  const body = h("div", {}, h("p", { class: "faint" }, t(inNewWindow ? "new_window_hint" : "picker_hint")), people, newPerson(choose));
  // A window that is nobody yet hears no events, so it asks who has come meanwhile and what time it is.
  const asking = setInterval(() => Promise.all([loadPeople(), loadClock()]).then(show, () => {}), ASK_AGAIN);
  const dialog = openDialog(t("who_are_you"), body, {
    testid: "person-picker",
    onclose: () => {
      clearInterval(asking);
      if (!store.me) choosePerson();
    },
  });
}

function choices(choose) {
  return store.people.map((person) =>
    h(
      "button",
      { type: "button", class: `choice ${person.id === store.me ? "current" : ""}`, testid: `person-${person.id}`, onclick: () => choose(person) },
      avatar(person.id, fullName(person), "medium"),
      h(
        "span",
        { class: "choice-text" },
        h("span", { class: "choice-name" }, h("span", { class: "name", dir: "auto" }, fullName(person)), h("span", { class: "faint" }, usernameOf(person))),
        h("span", { class: "faint", dir: "auto" }, standing(person)),
      ),
      person.id === store.me && icon("check"),
    ),
  );
}

const usernameOf = (person) => (person.username ? `@${person.username}` : t("no_username"));

/** What a person is: the note on them, and their groups with the role that they have there. */
function standing({ note, groups = [] }) {
  const place = ({ title, status }) => t(status === "member" ? "in_group" : "in_group_as", { title, role: statusLabel(status) });
  return [note, ...groups.map(place)].filter(Boolean).join(" · ");
}

function newPerson(choose) {
  const field = (name, required = false) => h("input", { name, required, placeholder: t(name), "aria-label": t(name), autocomplete: "off", maxlength: "64" });
  const add = async (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
    const person = await attempt(api.addPerson(given));
    if (!person) return;
    await loadPeople();
    choose(person);
  };
  return h(
    "details",
    { class: "more-people", open: !store.people.length },
    h("summary", { testid: "new-person" }, t("new_person")),
    h("form", { class: "fields", onsubmit: add }, field("first_name", true), field("last_name"), field("username"), h("button", { class: "primary" }, t("add"))),
  );
}

onOpenPerson((person) => {
  const write = h("button", { type: "button", class: "primary", testid: "write-to-bot" }, t("open_chat"));
  const dialog = openDialog(
    fullName(person),
    h(
      "div",
      { class: "card" },
      avatar(person.id, fullName(person), "huge"),
      h("p", { class: "card-name", dir: "auto" }, fullName(person)),
      h("p", { class: "faint" }, person.is_bot ? `${t("role_bot")} · @${person.username}` : usernameOf(person)),
      person.note && h("p", { class: "faint", dir: "auto" }, person.note),
      h("p", { class: "faint" }, `ID ${person.id}`),
      person.is_bot && h("div", { class: "actions" }, write),
    ),
    { kind: "box small", testid: "card" },
  );
  write.addEventListener("click", () => {
    for (const open of document.querySelectorAll("dialog[open]")) open.close();
    openBot(person);
  });
});
