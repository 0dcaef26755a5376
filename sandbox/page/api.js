// The people's side of the sandbox over HTTP, one function a call.

/** The sandbox said no; the message is its sentence. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/sandbox/${path}`, {
    method,
    headers: body && !form ? { "Content-Type": "application/json" } : {},
    body: body && !form ? JSON.stringify(body) : body,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.error ?? `${response.status} ${response.statusText}`);
  return answer;
}

const get = (path, query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return call("GET", given.length ? `${path}?${new URLSearchParams(given)}` : path);
};
const post = (path, body = {}) => call("POST", path, body);
const patch = (path, body) => call("PATCH", path, body);
const remove = (path, query) => call("DELETE", query ? `${path}?${new URLSearchParams(query)}` : path);

const message = (chat, id) => `chats/${chat}/messages/${id}`;

export const api = {
  people: () => get("people"),
  addPerson: (person) => post("people", person),
  bots: () => get("bots"),
  block: (person, bot) => post(`people/${person}/block`, { bot }),
  unblock: (person, bot) => post(`people/${person}/unblock`, { bot }),

  chats: (me) => get("chats", { as: me }),
  chat: (chat, me) => get(`chats/${chat}`, { as: me }),
  addChat: (chat) => post("chats", chat),
  openPrivate: (me, bot) => post("chats/private", { as: me, bot }),
  addMember: (chat, user, by) => post(`chats/${chat}/members`, { user, by }),
  removeMember: (chat, user, by) => remove(`chats/${chat}/members/${user}`, { by }),
  changeMember: (chat, user, change) => patch(`chats/${chat}/members/${user}`, change),
  addTopic: (chat, by, name) => post(`chats/${chat}/topics`, { by, name }),
  migrate: (chat, by) => post(`chats/${chat}/migrate`, { by }),
  start: (chat, body) => post(`chats/${chat}/start`, body),
  commands: (chat, me) => get(`chats/${chat}/commands`, { as: me }),
  read: (chat, me, upTo) => post(`chats/${chat}/read`, { as: me, up_to: upTo }),

  messages: (chat, me, before, limit) => get(`chats/${chat}/messages`, { as: me, before, limit }),
  say: (chat, body) => post(`chats/${chat}/messages`, body),
  edit: (chat, id, me, text) => patch(message(chat, id), { as: me, text }),
  deleteMessage: (chat, id, me) => remove(message(chat, id), { as: me }),
  forward: (chat, id, me, to) => post(`${message(chat, id)}/forward`, { as: me, to }),
  press: (chat, id, me, row, column) => post(`${message(chat, id)}/press`, { as: me, row, column }),
  vote: (chat, id, me, options) => post(`${message(chat, id)}/vote`, { as: me, options }),
  react: (chat, id, me, emoji) => post(`${message(chat, id)}/react`, { as: me, emoji }),

  clock: () => get("clock"),
  moveClock: (step) => post("clock", step),
  limits: () => get("limits"),
  setLimits: (limits) => post("limits", limits),
  faults: () => get("faults"),
  addFault: (fault) => post("faults", fault),
  clearFaults: () => remove("faults"),
  calls: (after) => get("calls", { after }),
};

/** Where a file's bytes are. */
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;
/** Where the events of one person come from. */
export const eventsAddress = (me) => `/sandbox/events?as=${me}`;
