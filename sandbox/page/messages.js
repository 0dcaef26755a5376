// The list of messages: days, groups of one author, keeping one's place while things change.

import { markRead } from "./actions.js";
import { attempt } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { fill, keyed } from "./keyed.js";
import { language, onLanguage, t } from "./language.js";
import { loadOlder, onArrival } from "./live.js";
import { messageRow } from "./message.js";
import { authorName, authorOf } from "./names.js";
import { pollState } from "./poll.js";
import { on, openChat, openHistory, store, threadOf, visibleMessages } from "./store.js";
import { serviceText, summary } from "./summary.js";
import { dayLabel, dayOf } from "./time.js";

const TOGETHER = 300; // seconds between two messages of one author that stand together
const NEAR = 80; // pixels from the end that count as being at the end
const FAR = 400; // pixels from the start at which older messages are fetched

const list = h("div", { class: "message-list", testid: "messages", role: "log", "aria-live": "off", tabindex: "0" });
const inside = h("div", { class: "message-inside" });
const down = iconButton("", icon("down"), { class: "to-end", hidden: true, testid: "to-end", onclick: () => toEnd(true) });
const heard = h("div", { class: "unseen", role: "status", "aria-live": "polite" });

const drawInside = keyed(inside);
let shownChat = null;
let atEnd = true;
let missed = 0;
let loading = false;

export function messagesView() {
  list.append(inside);
  list.addEventListener("scroll", scrolled, { passive: true });
  // The keyboard of a phone, a growing writing line and loaded pictures all change the room; the end stays the end.
  const stay = new ResizeObserver(() => atEnd && toEnd());
  stay.observe(list);
  stay.observe(inside);
  on("open messages chats clock", draw);
  onLanguage(draw);
  onArrival(arrived);
  document.addEventListener("visibilitychange", readIfSeen);
  return h("div", { class: "messages-place" }, list, down, heard);
}

function draw() {
  const chat = openChat();
  if (shownChat !== store.open) startChat();
  if (!chat) return;
  list.setAttribute("aria-label", t("messages"));
  down.setAttribute("aria-label", t("to_end"));
  const things = arranged(visibleMessages(), chat);
  const empty = { key: "empty", signature: language(), make: () => h("p", { class: "service empty" }, h("span", {}, t("no_messages"))) };
  keepingPlace(() => drawInside(things.length || !openHistory() ? things : [empty]));
  if (atEnd) toEnd();
  readIfSeen();
}

function startChat() {
  shownChat = store.open;
  drawInside([]);
  atEnd = true;
  missed = 0;
}

/** Days and messages in order, each with a signature that changes when it has to be drawn anew. */
function arranged(messages, chat) {
  const things = [];
  let day = null;
  messages.forEach((message, index) => {
    const moment = message.date * 1000;
    if (dayOf(moment) !== day) {
      day = dayOf(moment);
      const label = dayLabel(moment);
      things.push({ key: `day ${day}`, signature: label, make: () => h("div", { class: "service day" }, h("span", {}, label)) });
    }
    const place = { first: !together(messages[index - 1], message), last: !together(message, messages[index + 1]) };
    const about = [language(), store.topic, place, chat.members?.length, chat.my_status, pollState(message), message];
    things.push({
      key: `message ${message.message_id}`,
      signature: JSON.stringify(about),
      make: () => messageRow(message, chat, place, jump),
    });
  });
  return things;
}

function together(one, next) {
  if (!one || !next || serviceText(one) !== null || serviceText(next) !== null) return false;
  return (
    authorOf(one)?.id === authorOf(next)?.id &&
    next.date - one.date < TOGETHER &&
    dayOf(one.date * 1000) === dayOf(next.date * 1000) &&
    threadOf(one) === threadOf(next)
  );
}

/** What is being read stays where it is on the screen, whatever comes before or after it. */
function keepingPlace(change) {
  const top = list.getBoundingClientRect().top;
  // A message, not a day: that moves up when older messages of the day come in.
  const anchor = atEnd ? null : [...inside.querySelectorAll("[data-id]")].find((row) => row.getBoundingClientRect().bottom > top);
  const anchorTop = anchor?.getBoundingClientRect().top;
  change();
  // It may have been drawn anew, now that it is no longer the first.
  const again = anchor && rowOf(anchor.dataset.id);
  const moved = again ? again.getBoundingClientRect().top - anchorTop : 0;
  if (moved) list.scrollTop += moved; // writing the same value would stop a scroll that is under way
}

const rowOf = (id) => inside.querySelector(`[data-id="${id}"]`);

function toEnd(smoothly = false) {
  atEnd = true;
  missed = 0;
  showDown();
  list.scrollTo({ top: list.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
}

async function scrolled() {
  atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  if (atEnd) missed = 0;
  showDown();
  readIfSeen();
  if (loading || list.scrollTop > FAR || openHistory()?.complete !== false) return;
  loading = true;
  await attempt(loadOlder(store.open));
  loading = false;
}

function showDown() {
  down.hidden = atEnd;
  fill(down, icon("down"), missed > 0 && h("span", { class: "badge" }, String(missed)));
}

function readIfSeen() {
  const seen = document.visibilityState === "visible" && atEnd && openHistory();
  if (seen) markRead(openChat());
}

function arrived(chat, message) {
  if (message.mine && chat === store.open) {
    atEnd = true;
    return;
  }
  if (chat === store.open && !atEnd) {
    missed += 1;
    showDown();
  }
  const author = authorOf(message);
  heard.textContent = `${author ? `${authorName(author)}: ` : ""}${summary(message)}`;
}

/** Shows the message that another one answers. */
async function jump(id) {
  let row = rowOf(id);
  while (!row && openHistory()?.complete === false && id < Math.min(...openHistory().messages.keys())) {
    await loadOlder(store.open);
    await Promise.resolve();
    row = rowOf(id);
  }
  if (!row) return;
  row.scrollIntoView({ block: "center", behavior: "smooth" });
  row.classList.remove("found");
  requestAnimationFrame(() => row.classList.add("found"));
}
