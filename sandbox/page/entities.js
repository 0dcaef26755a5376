// Text with Telegram's entities as elements. Offsets count UTF-16 units, and so do JavaScript's strings.

import { follow, openPerson, sendCommand } from "./actions.js";
import { h } from "./dom.js";
import { t } from "./language.js";
import { safeAddress } from "./links.js";

/** Renders a text; `chat` is where its commands are sent when they are clicked. */
export function richText(text, entities = [], chat = null) {
  // The longest first, so that what stands inside another entity is rendered inside it.
  const sorted = entities
    .filter(({ offset, length }) => length > 0 && offset >= 0 && offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return inside(text, sorted, 0, text.length, chat);
}

function inside(text, entities, start, end, chat) {
  const nodes = [];
  let at = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    if (from > at) nodes.push(text.slice(at, from));
    nodes.push(element(entity, text.slice(from, to), inside(text, entities, from, to, chat), chat));
    // A block ends its line by itself.
    at = BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

function element(entity, text, children, chat) {
  if (entity.type in PLAIN) return h(PLAIN[entity.type], {}, children);
  const render = RENDER[entity.type];
  return render ? render(children, { entity, text, chat }) : h("span", {}, children);
}

const link = (url, children) => {
  const address = safeAddress(url);
  if (!address && !url.startsWith("tg:")) return h("span", {}, children);
  const onclick = (event) => (follow(url) || !address) && event.preventDefault();
  return h("a", { href: address ?? "#", target: "_blank", rel: "noopener noreferrer", onclick }, children);
};

const RENDER = {
  pre: (children, { entity }) =>
    h("pre", {}, entity.language && h("span", { class: "pre-language" }, entity.language), h("code", {}, children)),
  blockquote: (children) => h("blockquote", {}, children),
  expandable_blockquote: (children) => {
    const quote = h("blockquote", { class: "expandable" }, h("span", { class: "quote-text" }, children));
    const toggle = h("button", { type: "button", class: "text-button", "aria-expanded": "false" }, t("show_more"));
    toggle.addEventListener("click", () => {
      const open = quote.classList.toggle("expanded");
      toggle.textContent = open ? t("show_less") : t("show_more");
      toggle.setAttribute("aria-expanded", String(open));
    });
    quote.append(toggle);
    const text = quote.firstChild;
    requestAnimationFrame(() => (toggle.hidden = text.scrollHeight <= text.clientHeight + 1)); // all of it is seen already
    return quote;
  },
  spoiler: (children) => {
    const show = (event) => {
      if (!spoiler.classList.contains("hidden-text")) return;
      event.preventDefault();
      event.stopPropagation();
      spoiler.classList.remove("hidden-text");
      for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
    };
    const spoiler = h(
      "span",
      {
        class: "spoiler hidden-text", role: "button", tabindex: "0", "aria-label": t("spoiler"),
        onclick: show, onkeydown: (event) => ["Enter", " "].includes(event.key) && show(event),
      },
      h("span", {}, children),
    );
    return spoiler;
  },
  text_link: (children, { entity }) => link(entity.url, children),
  url: (children, { text }) => link(text, children),
  email: (children, { text }) => link(`mailto:${text}`, children),
  phone_number: (children, { text }) => link(`tel:${text}`, children),
  mention: (children, { text }) => action(children, () => openPerson({ username: text.slice(1) })),
  text_mention: (children, { entity }) => action(children, () => openPerson(entity.user)),
  bot_command: (children, { text, chat }) =>
    chat ? action(children, () => sendCommand(chat, text)) : h("span", {}, children),
  hashtag: (children) => h("span", { class: "hashtag" }, children),
  cashtag: (children) => h("span", { class: "hashtag" }, children),
};

// An anchor rather than a button: it breaks over lines and can be selected as text.
function action(children, perform) {
  const onclick = (event) => {
    event.preventDefault();
    perform();
  };
  return h("a", { href: "#", role: "button", onclick }, children);
}
