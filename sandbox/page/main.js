// Puts the page together: who this window is, the list, the chat, and the stream that keeps them true.

import { show } from "./actions.js";
import { readAddress, writeAddress } from "./address.js";
import { takeDrops } from "./attach.js";
import { chatHeader } from "./chat-header.js";
import { chatList } from "./chat-list.js";
import { clockBar } from "./clock-bar.js";
import { composer } from "./composer.js";
import { attempt } from "./dialogs.js";
import { h } from "./dom.js";
import { forgetDrafts } from "./drafts.js";
import { announce, onLanguage, t } from "./language.js";
import { connect, disconnect, loadClock, loadPeople } from "./live.js";
import { messagesView } from "./messages.js";
import { choosePerson, onChoose } from "./people.js";
import { changed, on, store } from "./store.js";

const nothing = h("p", { class: "nothing" }, h("span", {}));
const chat = h("main", { class: "chat" }, chatHeader(), messagesView(), composer());
const app = h("div", { class: "app" }, clockBar(), h("div", { class: "panes" }, chatList(), chat, nothing));

/** Becomes a person in this window alone. */
function become(id, chatId = null) {
  disconnect();
  forgetDrafts();
  Object.assign(store, { me: id, open: chatId, topic: null, chats: new Map(), histories: new Map() });
  writeAddress(id, chatId);
  changed("people", "chats", "open", "messages");
  connect();
}

function arrange() {
  const open = store.chats.has(store.open);
  app.classList.toggle("in-chat", open);
  chat.hidden = !open;
  nothing.hidden = open;
}

async function begin() {
  const wanted = readAddress();
  await attempt(Promise.all([loadPeople(), loadClock()]));
  if (store.people.some(({ id }) => id === wanted.me)) become(wanted.me, wanted.chat);
  else choosePerson();
}

on("open chats", arrange);
// A person who is no longer there (the sandbox was started anew) has to be chosen again.
on("people", () => {
  if (!store.me || store.people.some(({ id }) => id === store.me)) return;
  disconnect();
  Object.assign(store, { me: null, open: null, chats: new Map(), histories: new Map() });
  changed("people", "chats", "open");
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  choosePerson();
});
onLanguage(() => (nothing.firstChild.textContent = t("choose_chat")));
onChoose((id) => id !== store.me && become(id));
window.addEventListener("popstate", () => {
  const { me, chat: id } = readAddress();
  if (me !== store.me && me) become(me, id);
  else show(new URLSearchParams(location.search).has("chat") ? id : null, { push: false });
});

document.body.append(app);
takeDrops(chat);
announce();
arrange();
begin();
