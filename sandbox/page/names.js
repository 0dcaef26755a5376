// What people and chats are called, and the round picture with their initials.

import { h } from "./dom.js";
import { t } from "./language.js";
import { store } from "./store.js";

const HUES = [4, 28, 150, 178, 208, 262, 330];

const CHINESE = /^[\u3400-\u9fff]+$/;

/** 王芳, and Wang Fang: Chinese names stand without a space. */
export function fullName({ first_name: first = "", last_name: last = "" }) {
  return CHINESE.test(first) && CHINESE.test(last) ? first + last : [first, last].filter(Boolean).join(" ");
}

/** The bot that a private chat is with. */
export const botOf = (chat) =>
  chat.type === "private" ? chat.members?.map(({ user }) => user).find((user) => user.is_bot) : undefined;

export function chatName(chat) {
  if (chat.type !== "private") return chat.title;
  return fullName(botOf(chat) ?? chat);
}

/** Who wrote a message: a chat for anonymous administrators, else a person or a bot. */
export const authorOf = (message) => message.sender_chat ?? message.from;

export const authorName = (author) => (author.title ? author.title : fullName(author));

export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, "").trim().split(/\s+/);
  const [first = "", second = ""] = words;
  if (/[\u3400-\u9fff]/.test(first)) return first.length > 3 ? first.slice(0, 1) : first.slice(-2);
  return ([...first][0] ?? "·").toUpperCase() + ([...second][0] ?? "").toUpperCase();
}

export const hueOf = (id) => HUES[Math.abs(id) % HUES.length];

export function avatar(id, name, size = "") {
  return h("span", { class: `avatar ${size}`, style: { "--hue": hueOf(id) }, "aria-hidden": "true" }, initials(name));
}

export const chatAvatar = (chat, size) => avatar((botOf(chat) ?? chat).id, chatName(chat), size);

/** A status that is worth a word. */
export const statusLabel = (status) => ({ creator: t("role_owner"), administrator: t("role_administrator") })[status] ?? "";

/** What a person is in a chat, where it is worth a word. */
export function roleLabel(member) {
  if (member.status === "administrator" && member.is_anonymous) return t("role_anonymous");
  if (statusLabel(member.status)) return statusLabel(member.status);
  return member.user.is_bot ? t("role_bot") : "";
}

export const memberOf = (chat, id) => chat?.members?.find(({ user }) => user.id === id);
export const isAdministrator = (chat) => ["creator", "administrator"].includes(chat?.my_status);
export const isGroup = (chat) => chat?.type === "group" || chat?.type === "supergroup";
export const botsIn = (chat) => (chat?.members ?? []).map(({ user }) => user).filter((user) => user.is_bot);

/** The name of a forum's topic. */
export function topicName(chat, thread) {
  if (!thread) return t("topic_general");
  return chat.topics?.find((topic) => topic.message_thread_id === thread)?.name ?? `#${thread}`;
}

export const knownPerson = (id) => [...store.people, ...store.bots].find((person) => person.id === id);
