// Moments in words, in the sandbox's zone where it names one, else in the browser's.

import { locale, t } from "./language.js";
import { now, store } from "./store.js";

const formats = new Map();

function format(options) {
  const key = JSON.stringify([locale(), store.clock.zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale(), { timeZone: store.clock.zone, ...options }));
  }
  return formats.get(key);
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = 86_400_000;

export const zone = () => store.clock.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
export const timeOfDay = (moment) => format(CLOCK).format(moment);
export const fullMoment = (moment) => format({ dateStyle: "long", timeStyle: "short", hourCycle: "h23" }).format(moment);

/** A key that is the same for all moments of one day. */
export const dayOf = (moment) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);

export function dayLabel(moment) {
  if (dayOf(moment) === dayOf(now())) return t("today");
  if (dayOf(moment) === dayOf(now() - DAY)) return t("yesterday");
  const year = format({ year: "numeric" });
  const sameYear = year.format(moment) === year.format(now());
  return format({ month: "long", day: "numeric", weekday: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(moment);
}

/** As short as a chat list wants it: the time today, the weekday this week, else the date. */
export function shortMoment(moment) {
  if (dayOf(moment) === dayOf(now())) return timeOfDay(moment);
  if (now() - moment < 6 * DAY) return format({ weekday: "short" }).format(moment);
  return format({ month: "numeric", day: "numeric" }).format(moment);
}

export const clockLabel = (moment) =>
  `${format({ month: "short", day: "numeric", weekday: "short" }).format(moment)} ${timeOfDay(moment)}`;

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Tomorrow's weekday as the sandbox's clock calls it. */
export function tomorrow() {
  const name = new Intl.DateTimeFormat("en-GB", { timeZone: store.clock.zone, weekday: "long" }).format(now() + DAY);
  return WEEKDAYS.find((day) => day === name.toLowerCase());
}

/** A moment as an `<input type="datetime-local">` writes it. */
export function toInput(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: store.clock.zone, year: "numeric", month: "2-digit", day: "2-digit", ...CLOCK,
  }).formatToParts(moment);
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The moment that such an input means, as ISO 8601. */
export function fromInput(text) {
  const wanted = Date.parse(`${text}Z`);
  const offset = (moment) => Date.parse(`${toInput(moment)}Z`) - moment;
  // Twice, because the offset is the one at the moment that is looked for.
  const guess = wanted - offset(wanted);
  return new Date(wanted - offset(guess)).toISOString();
}
