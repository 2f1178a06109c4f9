// The chat inside a portal's page: asks with a visitor token, and talks with the page around it.

import { identifyWith } from "./stream.js";
import { say } from "./words.js";

const { site, origins } = JSON.parse(document.getElementById("embed").textContent);
const asking = document.getElementById("asking-as");
const EARLY = 60_000; // ms before its end that a token is renewed

let held = { header: null, until: 0 };
let opening = null;
let heard = () => {};

addEventListener("message", (event) => {
  if (event.source !== parent || !origins.includes(event.origin)) return;
  if (event.data?.tanya === "user") heard(event.data.token);
  if (event.data?.tanya === "opened") document.getElementById("question")?.focus();
});

/** The portal's token of its user; null where it has none or does not answer. */
function user() {
  return new Promise((resolve) => {
    heard = resolve;
    setTimeout(resolve, 5000, null);
    tell("who");
  });
}

// What is told holds nothing secret, and the browser lets only listed sites frame this page.
const tell = (said) => parent !== window && parent.postMessage({ tanya: said }, "*");

async function open() {
  const token = parent === window ? null : await user();
  let made = await fetchToken(token);
  if (made.status === 401 && token) {
    asking.textContent = `${say("frame_refused")} `;
    made = await fetchToken(null);
  } else if (made.ok) asking.textContent = made.body.role === "visitor" ? "" : `${say("frame_known")} `;
  if (!made.ok) return {}; // the question itself is refused then, with the reason
  held = { header: `Bearer ${made.body.token}`, until: Date.now() + made.body.expires_in * 1000 - EARLY };
  return held;
}

async function fetchToken(token) {
  const response = await fetch(`/embed/${site}/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(token ? { token } : {}),
  });
  return { ok: response.ok, status: response.status, body: response.ok ? await response.json() : null };
}

identifyWith(async () => {
  if (Date.now() > held.until) await (opening ??= open().finally(() => (opening = null)));
  return { "Tanya-Site": site, ...(held.header && { Authorization: held.header }) };
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) tell("close");
});
document.getElementById("context")?.removeAttribute("open");
tell("ready");
