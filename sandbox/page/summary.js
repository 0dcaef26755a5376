// A message in one line of plain text: in the chat list, in quotes, and the centred lines of what happened in a group.

import { t } from "./language.js";
import { authorName, authorOf, fullName } from "./names.js";

/** The sentence of a service message, or null for one that somebody wrote. */
export function serviceText(message) {
  const actor = authorOf(message) ? authorName(authorOf(message)) : "";
  if (message.new_chat_members) {
    const names = message.new_chat_members.map(fullName).join(t("list_separator"));
    const self = message.new_chat_members.length === 1 && message.new_chat_members[0].id === message.from?.id;
    return self ? t("service_joined", { name: names }) : t("service_added", { actor, name: names });
  }
  if (message.left_chat_member) {
    const name = fullName(message.left_chat_member);
    return message.left_chat_member.id === message.from?.id ? t("service_left", { name }) : t("service_removed", { actor, name });
  }
  if (message.group_chat_created || message.supergroup_chat_created) return t("service_created", { actor });
  if (message.new_chat_title) return t("service_title", { actor, title: message.new_chat_title });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("service_migrated");
  if (message.pinned_message) return t("service_pinned", { actor, text: summary(message.pinned_message) });
  if (message.forum_topic_created) return t("service_topic", { actor, name: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("service_topic_edited", { actor, name: message.forum_topic_edited.name ?? "" });
  if (message.forum_topic_closed) return t("service_topic_closed", { actor });
  if (message.forum_topic_reopened) return t("service_topic_reopened", { actor });
  if (message.new_chat_photo || message.delete_chat_photo) return t("service_photo", { actor });
  return null;
}

const labelled = (label, text) => (text ? `${label} ${text}` : label);

/** A message's content in one line. */
export function summary(message) {
  if (message.text !== undefined) return message.text.replace(/\s+/g, " ");
  const caption = message.caption?.replace(/\s+/g, " ");
  if (message.photo) return labelled("🖼", caption ?? t("photo"));
  if (message.document) return labelled("📎", caption ?? message.document.file_name ?? t("file"));
  if (message.poll) return labelled("📊", message.poll.question);
  return serviceText(message) ?? t("unsupported");
}

/** A message in the chat list: who and what. */
export function preview(message, chat) {
  const text = summary(message);
  if (serviceText(message) !== null || !authorOf(message)) return { who: "", text };
  if (message.mine && !message.sender_chat) return { who: t("you"), text };
  return { who: chat.type === "private" ? "" : authorName(authorOf(message)), text };
}
