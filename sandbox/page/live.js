// Keeps the store true to the sandbox: reads it once, then follows the stream of events.
//
// While a snapshot is being read, events wait and are applied after it. So a snapshot never hides something newer, and a
// message that comes with both is one message, because messages are kept by their ids.

import { writeAddress } from "./address.js";
import { api, eventsAddress } from "./api.js";
import { changed, lastId, openChat, openHistory, store } from "./store.js";

const PAGE = 50;
const TYPING = 6000;
const AGAIN_AFTER = 1000;
const CLOCK_LOOK = 2000;

let source = null;
let snapshots = 0;
const waiting = [];
const arrivals = [];

/** Calls back with every message that is new to this window. */
export const onArrival = (callback) => arrivals.push(callback);

/** Runs something that reads from the sandbox while events wait. */
async function snapshot(reading) {
  snapshots += 1;
  try {
    return await reading();
  } finally {
    snapshots -= 1;
    while (!snapshots && waiting.length) apply(waiting.shift());
  }
}

/** Follows the events of the person that this window is, from now until `disconnect`. */
export function connect() {
  disconnect();
  const stream = new EventSource(eventsAddress(store.me));
  source = stream;
  stream.onopen = () => {
    setConnected(true);
    synchronise().catch(() => retry(stream));
  };
  stream.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (snapshots) waiting.push(event);
    else apply(event);
  };
  // The browser would try again by itself after a broken connection, but later, and not after an answer that is no stream.
  stream.onerror = () => retry(stream);
}

function retry(stream) {
  if (stream !== source) return;
  stream.close();
  setConnected(false);
  setTimeout(() => stream === source && connect(), AGAIN_AFTER);
}

export function disconnect() {
  source?.close();
  source = null;
  waiting.length = 0;
}

function setConnected(connected) {
  if (store.connected === connected) return;
  store.connected = connected;
  changed("connection");
}

/** Reads everything on screen afresh: at the start, and whenever the stream was broken. */
async function synchronise() {
  await loadPeople();
  // Nobody is who this window was when the sandbox has been started anew; then somebody has to be chosen again.
  if (!store.people.some(({ id }) => id === store.me)) return;
  await snapshot(async () => {
    const [chats, clock] = await Promise.all([api.chats(store.me), loadClock()]);
    store.chats = new Map(chats.map((chat) => [chat.id, chat]));
    seeWhetherClockStands(clock);
    for (const id of store.histories.keys()) if (id !== store.open) store.histories.delete(id);
    if (store.chats.has(store.open)) await loadNewest(store.open, openHistory()?.messages.size);
    else store.histories.clear();
  });
  changed("people", "chats", "open", "messages", "clock");
}

async function loadNewest(chat, atLeast = 0) {
  const limit = Math.max(PAGE, atLeast);
  const messages = await api.messages(chat, store.me, undefined, limit);
  store.histories.set(chat, { messages: byId(messages), complete: messages.length < limit });
}

const byId = (messages) => new Map(messages.map((message) => [message.message_id, message]));

/** Reads a chat's newest messages unless they are here already. */
export async function loadChat(chat) {
  if (store.histories.has(chat)) return;
  await snapshot(() => loadNewest(chat));
  changed("messages");
}

/** Reads the messages before the oldest that is here. */
export async function loadOlder(chat) {
  const history = store.histories.get(chat);
  if (!history || history.complete) return;
  const oldest = Math.min(...history.messages.keys());
  await snapshot(async () => {
    const older = await api.messages(chat, store.me, oldest, PAGE);
    for (const message of older) history.messages.set(message.message_id, message);
    history.complete = older.length < PAGE;
  });
  changed("messages");
}

export async function loadPeople() {
  [store.people, store.bots] = await Promise.all([api.people(), api.bots()]);
  changed("people", "chats");
}

/** Reads the sandbox's clock; a window that is nobody yet shows it, too. */
export async function loadClock() {
  const clock = await api.clock();
  setClock(clock);
  return clock;
}

export async function refreshChat(id) {
  const chat = await api.chat(id, store.me).catch(() => null);
  if (chat) store.chats.set(id, chat);
  changed("chats");
  return chat;
}

export function setClock({ now, movable = store.clock.movable, zone = store.clock.zone }) {
  const moment = Date.parse(now);
  Object.assign(store.clock, { ahead: moment - Date.now(), standing: store.clock.standing && moment, movable, zone });
  changed("clock");
}

/** A sandbox's clock may stand still between moves; two looks at it show whether it does. */
async function seeWhetherClockStands(first) {
  await new Promise((resolve) => setTimeout(resolve, CLOCK_LOOK));
  const second = await api.clock().catch(() => null);
  store.clock.standing = second?.now === first.now ? Date.parse(first.now) : null;
  if (second) setClock(second);
}

/** Takes in a message that this window has sent, unless the stream was quicker. */
export function takeIn(chat, message) {
  if (message?.message_id && !store.histories.get(chat)?.messages.has(message.message_id)) {
    apply({ type: "message", chat_id: chat, message });
  }
}

const handlers = {
  message({ chat_id: id, message }) {
    const history = store.histories.get(id);
    const isNew = !history?.messages.has(message.message_id);
    history?.messages.set(message.message_id, message);
    store.typing.delete(id);
    const chat = store.chats.get(id);
    if (!chat) refreshChat(id);
    else if (message.message_id > lastId(chat)) {
      store.chats.set(id, { ...chat, last_message: message, unread: (chat.unread ?? 0) + (message.mine ? 0 : 1) });
    }
    changed("chats", "messages", "typing");
    if (isNew) arrivals.forEach((callback) => callback(id, message));
  },
  edited({ chat_id: id, message }) {
    const messages = store.histories.get(id)?.messages;
    if (messages?.has(message.message_id)) messages.set(message.message_id, message);
    const chat = store.chats.get(id);
    if (chat && lastId(chat) === message.message_id) store.chats.set(id, { ...chat, last_message: message });
    changed("chats", "messages");
  },
  deleted({ chat_id: id, message_ids: ids }) {
    for (const gone of ids) store.histories.get(id)?.messages.delete(gone);
    const chat = store.chats.get(id);
    if (chat && ids.includes(lastId(chat))) refreshChat(id);
    changed("messages");
  },
  chat({ chat }) {
    store.chats.set(chat.id, chat);
    changed("chats", ...(chat.id === openChat()?.id ? ["open"] : []));
  },
  left({ chat_id: id }) {
    store.chats.delete(id);
    store.histories.delete(id);
    changed("chats", "open");
  },
  async migrated({ from, to }) {
    store.histories.delete(from);
    store.chats.delete(from);
    await refreshChat(to);
    if (store.open !== from) return;
    store.open = to;
    writeAddress(store.me, to);
    await loadChat(to);
    changed("open");
  },
  typing({ chat_id: id, from, action }) {
    store.typing.set(id, { from, action, until: Date.now() + TYPING });
    setTimeout(() => changed("typing"), TYPING + 50);
    changed("typing");
  },
  clock(event) {
    setClock(event);
  },
  people() {
    loadPeople();
  },
};

function apply(event) {
  handlers[event.type]?.(event);
}
