// For developers: the bot's calls as they come in, the limits of Telegram, faults on demand.

import { api } from "./api.js";
import { attempt, openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { fill } from "./keyed.js";
import { t } from "./language.js";
import { timeOfDay } from "./time.js";

const EVERY = 1500;
const KEPT = 100;
const KINDS = ["flood", "error", "timeout_before", "timeout_after", "refuse", "slow"];

/** Opens the drawer; it asks for new calls while it is open. */
export function developer() {
  const list = h("ol", { class: "calls", testid: "calls" });
  const limits = h("div", {});
  const faults = h("div", {});
  const timer = setInterval(refresh, EVERY);
  let last = 0;
  let calls = [];
  openDialog(t("developer"), h("div", { class: "developer" }, limits, faults, h("h3", {}, t("calls")), list), {
    kind: "side",
    testid: "developer-drawer",
    onclose: () => clearInterval(timer),
  });
  refresh();
  drawLimits();
  drawFaults();

  async function refresh() {
    const fresh = await api.calls(last || undefined).catch(() => []);
    if (!fresh.length) return;
    last = fresh.at(-1).id;
    calls = [...fresh.toReversed(), ...calls].slice(0, KEPT);
    fill(list, calls.map(callItem));
  }

  async function drawLimits(given) {
    const now = given ?? (await attempt(api.limits()));
    if (!now) return;
    const change = async (wish) => drawLimits(await attempt(api.setLimits({ ...now, ...wish })));
    const enforced = h("input", { type: "checkbox", checked: now.enforced, testid: "limits", onchange: () => change({ enforced: enforced.checked }) });
    fill(limits, h("h3", {}, t("limits")), h("label", { class: "check" }, enforced, t("limits_enforced")));
  }

  async function drawFaults() {
    const active = (await api.faults().catch(() => [])) ?? [];
    const method = h("input", { value: "sendMessage", "aria-label": t("fault_method"), testid: "fault-method" });
    const kind = h("select", { "aria-label": t("fault_kind"), testid: "fault-kind" }, KINDS.map((name) => h("option", { value: name }, t(`fault_${name}`))));
    const times = h("input", { type: "number", min: "1", value: "1", "aria-label": t("fault_times") });
    const add = async (event) => {
      event.preventDefault();
      const extra = { flood: { retry_after: 3 }, slow: { seconds: 3 } }[kind.value] ?? {};
      await attempt(api.addFault({ method: method.value.trim() || "*", kind: kind.value, times: Number(times.value), ...extra }));
      drawFaults();
    };
    const clear = async () => {
      await attempt(api.clearFaults());
      drawFaults();
    };
    fill(
      faults,
      h("h3", {}, t("faults")),
      active.map((fault) => h("p", { class: "fault" }, `${fault.method} · ${t(`fault_${fault.kind}`)} × ${fault.times}`)),
      h("form", { class: "fault-form", onsubmit: add }, method, kind, times, h("button", { class: "quiet" }, t("add"))),
      active.length > 0 && h("button", { type: "button", class: "text-button", onclick: clear }, t("faults_clear")),
    );
  }
}

function callItem(call) {
  const good = call.status === 200;
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h("summary", {}, h("time", { class: "faint" }, timeOfDay(Date.parse(call.at) || call.at * 1000)), h("code", {}, call.method), h("span", { class: `status ${good ? "good" : "bad"}` }, String(call.status ?? "…"))),
      h("pre", {}, JSON.stringify(call.parameters, null, 1)),
      h("pre", {}, JSON.stringify(call.response, null, 1)),
    ),
  );
}
