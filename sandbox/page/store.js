// What this window knows, and who is told when it changes.

export const store = {
  me: null, // the person's id
  people: [],
  bots: [],
  chats: new Map(), // chat id → ChatView
  histories: new Map(), // chat id → {messages: Map of id → MessageView, complete: no older ones}
  open: null, // id of the chat on screen
  topic: null, // message_thread_id of the topic on screen; 0 is General, null is all
  typing: new Map(), // chat id → {from, until}
  connected: true,
  clock: { ahead: 0, standing: null, movable: false, zone: undefined, moving: false },
};

const listeners = [];
let pending = null;

/** Calls back after any of the named things has changed: people, chats, open, messages, typing, clock, connection. */
export function on(topics, callback) {
  listeners.push({ topics: topics.split(" "), callback });
}

/** Says that things have changed; all that happens in one go is told once. */
export function changed(...topics) {
  if (!pending) {
    pending = new Set();
    queueMicrotask(tell);
  }
  topics.forEach((topic) => pending.add(topic));
}

function tell() {
  const topics = pending;
  pending = null;
  for (const listener of listeners) {
    if (listener.topics.some((topic) => topics.has(topic))) listener.callback(topics);
  }
}

export const openChat = () => store.chats.get(store.open);
export const openHistory = () => store.histories.get(store.open);
export const me = () => store.people.find((person) => person.id === store.me);

/** The sandbox's time, in milliseconds. */
export const now = () => store.clock.standing ?? Date.now() + store.clock.ahead;

/** The messages on screen, oldest first. */
export function visibleMessages() {
  const history = openHistory();
  if (!history) return [];
  const all = [...history.messages.values()].sort((a, b) => a.message_id - b.message_id);
  return store.topic === null ? all : all.filter((message) => threadOf(message) === store.topic);
}

/** The topic that a message stands in; 0 is General. */
export const threadOf = (message) => (message.is_topic_message ? message.message_thread_id : 0);

/** Whether this person may change a message's words. */
export const mayEdit = (message) => message.mine && (message.text ?? message.caption) !== undefined && !message.forward_origin;

export const lastId = (chat) => chat.last_message?.message_id ?? 0;

export const totalUnread = () => [...store.chats.values()].reduce((sum, chat) => sum + (chat.unread ?? 0), 0);
