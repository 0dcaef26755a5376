// Polls and quizzes: voting, taking a vote back, results as bars.

import { api } from "./api.js";
import { attempt, openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { richText } from "./entities.js";
import { icon } from "./icons.js";
import { t } from "./language.js";
import { fullName } from "./names.js";
import { changed, store } from "./store.js";
import { clockLabel } from "./time.js";

const chosen = new Map(); // message key → the options ticked so far, where several may be
const sending = new Set(); // message keys whose vote is on its way
const shown = new Map(); // message key → percentages last shown, from which bars grow

const keyOf = (message) => `${message.chat.id}/${message.message_id}`;

/** What of a poll beyond the message changes its look; the list of messages compares it. */
export const pollState = (message) =>
  message.poll ? [[...(chosen.get(keyOf(message)) ?? [])], sending.has(keyOf(message))] : null;

/** The inside of a poll's bubble. */
export function pollView(message) {
  const { poll } = message;
  const view = stateOf(message);
  return h(
    "div",
    { class: `poll ${view.open ? "open" : "results"}`, role: "group", "aria-label": poll.question },
    h("h3", { dir: "auto" }, richText(poll.question, poll.question_entities)),
    poll.description && h("p", { class: "poll-description" }, richText(poll.description, poll.description_entities)),
    h("div", { class: "poll-kind" }, kindLabel(poll)),
    h("div", { class: "poll-options" }, poll.options.map((option, index) => optionView(message, option, index, view))),
    view.reveals && poll.explanation && h(
      "p",
      { class: "explanation" },
      icon("bulb"),
      h("span", {}, richText(poll.explanation, poll.explanation_entities)),
    ),
    footer(message, view),
  );
}

function stateOf(message) {
  const { poll } = message;
  const mine = poll.my_options ?? [];
  const answered = mine.length > 0;
  // A poll that hides its results until it closes counts its voters, but gives nobody's vote to an option.
  const hidden = !poll.is_closed && answered && poll.options.every(({ voter_count: votes }) => !votes);
  const percents = poll.options.map(({ voter_count: votes = 0 }) =>
    poll.total_voter_count ? Math.round((votes / poll.total_voter_count) * 100) : 0,
  );
  return {
    mine,
    answered,
    hidden,
    percents,
    before: shown.get(keyOf(message)) ?? percents.map(() => 0),
    open: !poll.is_closed && !answered,
    counts: (poll.is_closed || answered) && !hidden,
    reveals: (poll.is_closed || answered) && poll.correct_option_ids !== undefined,
    busy: sending.has(keyOf(message)),
  };
}

function kindLabel(poll) {
  if (poll.is_closed) return t(poll.type === "quiz" ? "poll_closed_quiz" : "poll_closed");
  const kind = poll.type === "quiz" ? "quiz" : "poll";
  return t(`${kind}_${poll.is_anonymous ? "anonymous" : "public"}`);
}

function optionView(message, option, index, view) {
  const { poll } = message;
  const testid = `poll-${message.message_id}-option-${index}`;
  const text = h("span", { class: "option-text", dir: "auto" }, richText(option.text, option.text_entities));
  if (view.open) {
    const ticked = chosen.get(keyOf(message))?.has(index) ?? false;
    return h(
      "button",
      {
        type: "button", class: `option ${poll.allows_multiple_answers ? "several" : "one"}`, testid,
        role: poll.allows_multiple_answers ? "checkbox" : "radio", "aria-checked": String(ticked), disabled: view.busy,
        onclick: () => (poll.allows_multiple_answers ? tick(message, index) : vote(message, [index])),
      },
      h("span", { class: "tick" }, ticked && icon("check")),
      text,
    );
  }
  const mine = view.mine.includes(index);
  const right = view.reveals ? poll.correct_option_ids.includes(index) : undefined;
  const verdict = right ? "right" : mine && right === false ? "wrong" : "";
  const symbol = mine || right ? icon(verdict === "wrong" ? "close" : "check") : null;
  const label = [mine && t("your_choice"), right && t("right_answer"), verdict === "wrong" && t("wrong_answer")].filter(Boolean);
  return h(
    "div",
    { class: `option done ${mine ? "chosen" : ""} ${verdict}`, testid },
    h("span", { class: "percent" }, view.counts && `${view.percents[index]}%`),
    text,
    h("span", { class: "verdict", role: "img", "aria-label": label.join(", ") || null, "aria-hidden": label.length ? null : "true" }, symbol),
    view.counts && bar(view, index, message),
    view.counts && h("span", { class: "votes" }, option.voter_count || ""),
    poll.voters?.[index].length > 0 && h("span", { class: "voters", dir: "auto" }, shortly(poll.voters[index])),
  );
}

function bar(view, index, message) {
  const line = h("span", { class: "bar", style: { "--share": `${view.before[index] ?? 0}%` } });
  requestAnimationFrame(() => {
    line.style.setProperty("--share", `${view.percents[index]}%`);
    shown.set(keyOf(message), view.percents);
  });
  return line;
}

function footer(message, view) {
  const { poll, message_id: id } = message;
  const count = poll.total_voter_count;
  const line = h("span", {}, count ? t(wording(poll, "votes", "answers"), { n: count }) : t(wording(poll, "no_votes", "no_answers")));
  const ticked = chosen.get(keyOf(message))?.size ?? 0;
  return h(
    "footer",
    {},
    view.open && poll.allows_multiple_answers && h(
      "button",
      {
        type: "button", class: "poll-vote", testid: `poll-${id}-vote`, disabled: !ticked || view.busy,
        onclick: () => vote(message, [...chosen.get(keyOf(message))].sort((a, b) => a - b)),
      },
      t(wording(poll, "vote", "answer")),
    ),
    h(
      "div",
      { class: "poll-line" },
      line,
      view.answered && view.hidden && h("span", {}, t("results_hidden")),
      !poll.is_closed && poll.close_date && h("span", {}, t("poll_closes", { when: clockLabel(poll.close_date * 1000) })),
      poll.voters && count > 0 && h("button", { type: "button", class: "text-button", testid: `poll-${id}-voters`, onclick: () => showVoters(poll) }, t("who_voted")),
      view.answered && !poll.is_closed && poll.allows_revoting !== false && h(
        "button",
        { type: "button", class: "text-button", testid: `poll-${id}-retract`, disabled: view.busy, onclick: () => vote(message, []) },
        t(wording(poll, "retract_vote", "retract_answer")),
      ),
    ),
  );
}

/** A poll is voted in, a quiz is answered. */
const wording = (poll, vote, answer) => (poll.type === "quiz" ? answer : vote);

const MAX_NAMES = 4;
const namesOf = (people) => people.map(fullName).join(t("list_separator"));

/** The names below an option, the first few where there are many. */
function shortly(people) {
  if (people.length <= MAX_NAMES) return namesOf(people);
  return t("and_others", { names: namesOf(people.slice(0, MAX_NAMES - 1)), n: people.length });
}

/** Everybody who voted in a named poll, by option. */
function showVoters(poll) {
  const group = (option, index) => [
    h("h3", { dir: "auto" }, richText(option.text, option.text_entities), h("span", { class: "faint" }, ` · ${poll.voters[index].length}`)),
    h("p", { class: poll.voters[index].length ? "" : "faint", dir: "auto" }, poll.voters[index].length ? namesOf(poll.voters[index]) : t("nobody")),
  ];
  openDialog(poll.question, h("div", { class: "voter-list" }, poll.options.map(group)), { kind: "box small", testid: "voters" });
}

function tick(message, index) {
  const options = chosen.get(keyOf(message)) ?? new Set();
  if (!options.delete(index)) options.add(index);
  chosen.set(keyOf(message), options);
  changed("messages");
}

// The stream brings the new counts: they come in order there, and a call's answer might be older than the last event.
async function vote(message, options) {
  const key = keyOf(message);
  sending.add(key);
  changed("messages");
  await attempt(api.vote(message.chat.id, message.message_id, store.me, options));
  sending.delete(key);
  chosen.delete(key);
  changed("messages");
}
