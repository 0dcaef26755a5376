// Where a link leads: out to the web, or to a chat with a bot of this sandbox.

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** A link's address if it is harmless to follow. */
export function safeAddress(url) {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  try {
    const address = new URL(absolute);
    return SAFE.has(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** The id of the person that a link such as `tg://user?id=7` is about. */
export const personLink = (url) => Number(/^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1]) || null;

/** The bot's username and the payload of a deep link such as `https://t.me/jingyi_bot?start=suggest`. */
export function deepLink(url) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  if (address.protocol === "tg:" && (address.host || address.pathname.replace(/^\/*/, "")) === "resolve") {
    const username = address.searchParams.get("domain");
    return username ? { username, payload: address.searchParams.get("start") ?? "" } : null;
  }
  if (!["t.me", "telegram.me"].includes(address.host)) return null;
  const username = address.pathname.split("/")[1];
  return username ? { username, payload: address.searchParams.get("start") ?? "" } : null;
}
