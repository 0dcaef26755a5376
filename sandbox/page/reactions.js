// Emoji under a message.

import { api } from "./api.js";
import { attempt } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./language.js";
import { store } from "./store.js";

/** Those that Telegram offers first; the heart is sent as the Bot API writes it and shown in colour. */
export const OFFERED = ["👍", "❤", "🔥", "🎉", "👏", "🤝", "🤔", "👎"];

export const coloured = (emoji) => (emoji === "❤" ? "❤\uFE0F" : emoji);

const emojiOf = (reaction) => reaction.type?.emoji ?? reaction.emoji;

export const myReaction = (message) => {
  const mine = message.reactions?.find((reaction) => reaction.mine ?? reaction.chosen);
  return mine ? emojiOf(mine) : null;
};

/** Sets my reaction, or takes it back where it is mine already. */
export function react(message, emoji) {
  return attempt(api.react(message.chat.id, message.message_id, store.me, myReaction(message) === emoji ? "" : emoji));
}

export function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((reaction) => {
      const emoji = emojiOf(reaction);
      const count = reaction.total_count ?? reaction.count ?? 1;
      return h(
        "button",
        {
          type: "button", class: "reaction", testid: `reaction-${message.message_id}-${emoji}`,
          "aria-pressed": String(Boolean(reaction.mine ?? reaction.chosen)), "aria-label": t("reaction", { emoji, n: count }),
          onclick: () => react(message, emoji),
        },
        h("span", { class: "emoji" }, coloured(emoji)),
        h("span", {}, String(count)),
      );
    }),
  );
}
