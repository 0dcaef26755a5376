// The sandbox's time, and the buttons that move it forward.

import { api } from "./api.js";
import { attempt, openDialog, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./keyed.js";
import { onLanguage, t } from "./language.js";
import { setClock } from "./live.js";
import { changed, now, on, store } from "./store.js";
import { clockLabel, fromInput, fullMoment, toInput, tomorrow, zone } from "./time.js";

const STUDY = "08:30"; // when a working day's study item comes
const WEEK = "09:00"; // when the week's summary comes on Mondays

const LOOK = 400; // milliseconds between two looks at the bot's calls
const QUIET_LOOKS = 4;
const MAX_LOOKS = 75;

const face = h("span", { testid: "clock" });
const moves = h("span", { class: "moves" });
const bar = h("div", { class: "clock-bar", role: "group" }, icon("clock"), face, moves);

export function clockBar() {
  on("clock", draw);
  onLanguage(draw);
  setInterval(tick, 1000);
  return bar;
}

function tick() {
  const text = store.clock.moving ? t("clock_working") : clockLabel(now());
  if (face.textContent === text) return;
  face.textContent = text;
  face.title = fullMoment(now());
}

function draw() {
  const { movable, moving } = store.clock;
  bar.setAttribute("aria-label", t("clock"));
  bar.classList.toggle("working", moving);
  tick();
  // The time of day is left out where there is no room; the button's title always has it.
  const button = (label, testid, onclick, hour) =>
    h("button", { type: "button", testid, disabled: moving, onclick, title: hour && `${label} ${hour}` }, label, hour && h("span", { class: "hour" }, ` ${hour}`));
  fill(
    moves,
    movable && [
      button(t("clock_hour"), "clock-hour", () => move({ by: 3600 })),
      button(t("clock_tomorrow"), "clock-tomorrow", () => move({ next: `${tomorrow()} ${STUDY}`, zone: zone() }), STUDY),
      button(t("clock_monday"), "clock-next-monday", () => move({ next: `monday ${WEEK}`, zone: zone() }), WEEK),
      button(t("clock_choose"), "clock-choose", choose),
    ],
  );
}

/** Moves the clock, and waits until the bot has done what fell due on the way. */
async function move(step) {
  store.clock.moving = true;
  changed("clock");
  await newCalls().catch(() => {});
  const clock = await attempt(api.moveClock(step));
  if (clock) await rest().catch(() => {});
  store.clock.moving = false;
  if (clock) setClock(clock);
  changed("clock");
  if (clock) toast(t("clock_moved", { when: clockLabel(now()) }));
}

let lastCall = 0;

/** How many calls bots have made since the last look, apart from asking for news. */
async function newCalls() {
  const calls = await api.calls(lastCall || undefined);
  lastCall = calls.at(-1)?.id ?? lastCall;
  return calls.filter(({ method }) => method.toLowerCase() !== "getupdates").length;
}

/** Waits until no bot has called for a while. */
async function rest() {
  for (let look = 0, quiet = 0; quiet < QUIET_LOOKS && look < MAX_LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    quiet = (await newCalls()) ? 0 : quiet + 1;
  }
}

function choose() {
  const input = h("input", { type: "datetime-local", required: true, value: toInput(now() + 3_600_000), min: toInput(now()), "aria-label": t("clock_choose_title"), testid: "clock-moment" });
  const go = (event) => {
    event.preventDefault();
    dialog.close();
    move({ to: fromInput(input.value) });
  };
  const dialog = openDialog(
    t("clock_choose_title"),
    h("form", { class: "fields", onsubmit: go }, h("p", { class: "faint" }, t("clock_hint", { zone: zone() })), input, h("button", { class: "primary", testid: "clock-go" }, t("clock_go"))),
    { kind: "box small" },
  );
}
