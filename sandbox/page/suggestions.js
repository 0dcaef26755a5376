// What the writing line offers while one writes: members after "@", commands after "/".

import { api } from "./api.js";
import { h } from "./dom.js";
import { draftOf, setDraft } from "./drafts.js";
import { fill } from "./keyed.js";
import { t } from "./language.js";
import { avatar, fullName } from "./names.js";
import { openChat, store } from "./store.js";

/** The list above the text box. `onCommand` runs a chosen command; `onText` hears that the text was changed. */
export function suggestions(box, { onCommand, onText }) {
  const element = h("div", { class: "suggestions", role: "listbox", hidden: true });
  let commands = [];
  let active = 0;
  let menuOpen = false;

  async function load(chat) {
    commands = [];
    menuOpen = false;
    commands = await api.commands(chat.id, store.me).catch(() => []);
  }

  function look() {
    const before = box.value.slice(0, box.selectionStart);
    const command = /^\/([^\s@]*)$/.exec(before);
    const mention = /(?:^|\s)@([^\s@]*)$/.exec(before);
    if (box.value && !command) menuOpen = false;
    if (menuOpen || command) offerCommands(command?.[1] ?? "");
    else if (mention) offerMembers(mention[1]);
    else show([]);
  }

  function offerCommands(begun) {
    const fitting = commands.filter(({ command }) => command.startsWith(begun.toLowerCase()));
    const item = (entry) => ({
      pick: () => (hide(), onCommand(entry)),
      testid: `command-${entry.command}`,
      content: [h("span", { class: "command-name" }, `/${entry.command}`), h("span", { class: "faint" }, entry.description)],
    });
    if (menuOpen && !commands.length) show([{ pick: hide, content: [h("span", { class: "faint" }, t("no_commands"))] }], "command-menu");
    else show(fitting.map(item), "command-menu");
  }

  function offerMembers(begun) {
    const wanted = begun.toLowerCase();
    const people = (openChat()?.members ?? []).map(({ user }) => user).filter(({ id }) => id !== store.me);
    const fits = (user) => fullName(user).toLowerCase().includes(wanted) || user.username?.toLowerCase().startsWith(wanted);
    const item = (user) => ({
      pick: () => mention(user, begun),
      testid: `mention-${user.id}`,
      content: [avatar(user.id, fullName(user), "tiny"), h("span", {}, fullName(user)), user.username && h("span", { class: "faint" }, `@${user.username}`)],
    });
    show(people.filter(fits).slice(0, 8).map(item), "mention-menu");
  }

  // People without a username are named by their name, and the message says who is meant.
  function mention(user, begun) {
    const at = box.selectionStart - begun.length - 1;
    const name = user.username ? `@${user.username}` : fullName(user);
    box.setRangeText(`${name} `, at, box.selectionStart, "end");
    if (!user.username) setDraft({ mentions: [...draftOf(store.open).mentions, { id: user.id, name }] }, { quietly: true });
    onText();
    box.focus();
  }

  let offered = [];

  function show(items, testid) {
    offered = items;
    active = 0;
    element.hidden = !items.length;
    if (testid) element.dataset.testid = testid;
    element.setAttribute("aria-label", t(testid === "command-menu" ? "commands" : "members_list"));
    fill(element, items.map(({ pick, testid: id, content }, index) =>
      h("button", { type: "button", role: "option", testid: id, "aria-selected": String(index === active), onclick: pick, onpointerdown: (event) => event.preventDefault() }, content),
    ));
  }

  function hide() {
    menuOpen = false;
    show([]);
  }

  function move(step) {
    active = (active + step + offered.length) % offered.length;
    [...element.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === active)));
    element.children[active].scrollIntoView({ block: "nearest" });
  }

  /** Takes the keys that move in the list and choose from it; gives whether it took one. */
  function keydown(event) {
    if (element.hidden) return false;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape") hide();
    else if (event.key === "Tab" && element.dataset.testid === "command-menu") complete();
    else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey) offered[active].pick();
    else return false;
    event.preventDefault();
    return true;
  }

  // Tab writes the command without sending it, so that what belongs to it can follow.
  function complete() {
    box.value = `${element.children[active].querySelector(".command-name")?.textContent ?? "/"} `;
    onText();
  }

  function toggleCommands() {
    menuOpen = element.hidden || element.dataset.testid !== "command-menu";
    if (menuOpen) load(openChat()).then(() => ((menuOpen = true), look()));
    else hide();
    box.focus({ preventScroll: true });
  }

  document.addEventListener("pointerdown", ({ target }) => {
    if (!element.hidden && !target.closest(".composer")) hide();
  });

  return { element, load, look, keydown, toggleCommands };
}
