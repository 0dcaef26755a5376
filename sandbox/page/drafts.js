// What has been begun in each chat and not been sent: text, the message answered or edited, people named.

import { changed, store } from "./store.js";

const drafts = new Map();

const EMPTY = { text: "", reply: null, editing: null, mentions: [] };

export const draftOf = (chat) => drafts.get(chat) ?? EMPTY;

/** Changes the draft of the chat on screen; `quietly` while typing, when the box already shows it. */
export function setDraft(change, { quietly = false } = {}) {
  drafts.set(store.open, { ...draftOf(store.open), ...change });
  if (!quietly) changed("draft");
}

export function dropDraft(chat) {
  drafts.delete(chat);
  changed("draft");
}

export const forgetDrafts = () => drafts.clear();

export const replyTo = (message) => setDraft({ reply: message, editing: null });

/** Starts the edit of an own message; the text begun before is given up, as in Telegram. */
export const startEdit = (message) =>
  setDraft({ editing: message, reply: null, text: message.text ?? message.caption ?? "", mentions: [] });
