// Who this window is and which chat it shows: in its address, and kept for this window alone.

const KEPT = "sandbox-window";

/** The person and the chat that this window last had. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  const me = Number(query.get("as")) || kept.as || null;
  const samePerson = me === (kept.as ?? me);
  return { me, chat: Number(query.get("chat")) || (!query.has("as") && samePerson ? kept.chat : null) || null };
}

/** Writes both into the address; `push` makes a step that the browser's back button undoes. */
export function writeAddress(me, chat, { push = false } = {}) {
  sessionStorage.setItem(KEPT, JSON.stringify({ as: me, chat }));
  const address = new URL(location.href);
  for (const [name, value] of [["as", me], ["chat", chat]]) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href === location.href) return;
  if (push) history.pushState({ inside: true }, "", address);
  else history.replaceState(history.state, "", address);
}
