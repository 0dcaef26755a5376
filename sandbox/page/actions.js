// What a person does: open chats, write, follow links.

import { writeAddress } from "./address.js";
import { api } from "./api.js";
import { attempt, toast } from "./dialogs.js";
import { t } from "./language.js";
import { deepLink, personLink } from "./links.js";
import { loadChat, refreshChat, takeIn } from "./live.js";
import { botsIn, isGroup, memberOf } from "./names.js";
import { changed, openChat, store } from "./store.js";

let sending = Promise.resolve();

/** Shows a chat; `push` lets the browser's back button return to where one was. */
export async function show(id, { push = true } = {}) {
  if (store.open === id) return;
  store.open = id;
  store.topic = null;
  writeAddress(store.me, id, { push });
  changed("open");
  if (id) await attempt(loadChat(id));
}

/** Sends to the chat on screen. Messages go one after the other, so that they arrive in the order of writing. */
export function say({ text, reply, mentions = [], file, kind, caption }) {
  const chat = store.open;
  const body = { as: store.me };
  if (store.topic) body.thread = store.topic;
  if (reply) body.reply_to = reply;
  if (speaksAsGroup()) body.anonymous = true;
  const send = () => (file ? api.say(chat, form({ ...body, kind, caption, file })) : api.say(chat, { ...body, text, ...(mentions.length && { mentions }) }));
  const sent = sending.then(send);
  sending = sent.catch(() => {});
  return sent.then((message) => takeIn(chat, message));
}

function form(values) {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") data.append(name, value);
  }
  return data;
}

const visibly = new Set(); // chats where an anonymous administrator speaks by name

export const mayBeAnonymous = (chat) => Boolean(memberOf(chat, store.me)?.is_anonymous);
export const speaksAsGroup = () => mayBeAnonymous(openChat()) && !visibly.has(store.open);

export function toggleAnonymous() {
  if (!visibly.delete(store.open)) visibly.add(store.open);
  changed("draft");
}

/** Sends a command; where several bots listen it names the one that is meant. */
export function sendCommand(chat, command, bot = null) {
  const named = bot?.username && isGroup(chat) && botsIn(chat).length > 1 && !command.includes("@");
  return attempt(say({ text: named ? `${command}@${bot.username}` : command }));
}

/** Opens a person's chat with a bot, and starts it where a deep link says so. */
export async function openBot(bot, payload = null) {
  const chat = await attempt(api.openPrivate(store.me, bot.id));
  if (!chat) return;
  store.chats.set(chat.id, chat);
  changed("chats");
  await show(chat.id);
  if (payload) await start(chat.id, payload);
}

export async function start(chat, payload) {
  const message = await attempt(api.start(chat, { as: store.me, ...(payload && { payload }) }));
  takeIn(chat, message);
}

/** Follows a link that leads to a bot or a person of this sandbox; gives whether it did. */
export function follow(url) {
  const id = personLink(url);
  if (id) openPerson({ id });
  if (id) return true;
  const link = deepLink(url);
  const bot = link && store.bots.find(({ username }) => username?.toLowerCase() === link.username.toLowerCase());
  if (bot) openBot(bot, link.payload);
  return Boolean(bot);
}

let showCard = () => {};
/** The card of a person is drawn elsewhere; this breaks the circle of imports. */
export const onOpenPerson = (callback) => (showCard = callback);

export function openPerson({ id, username }) {
  const same = (person) => (id ? person.id === id : person.username?.toLowerCase() === username.toLowerCase());
  const person = [...store.people, ...store.bots].find(same);
  if (person) showCard(person);
  else toast(t("unknown_person"));
}

export async function block(bot, blocked) {
  await attempt(blocked ? api.block(store.me, bot.id) : api.unblock(store.me, bot.id));
  await refreshChat(store.open);
  changed("open");
}

/** Marks a chat as read as far as its newest message. */
export function markRead(chat) {
  if (!chat?.unread || !chat.last_message) return;
  store.chats.set(chat.id, { ...chat, unread: 0 });
  changed("chats");
  api.read(chat.id, store.me, chat.last_message.message_id).catch(() => {});
}
