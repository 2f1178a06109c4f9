// The one script tag of a portal: a launcher, and the chat in a frame of its own.
//
//   <script src="ADDRESS/embed.js" data-site="portal-kota" async></script>
//
// data-lang, data-agency, data-year, data-label; data-token or data-token-url hand over the portal's user.
(() => {
  "use strict";
  const tag = document.currentScript;
  const home = new URL(tag.src).origin;
  const { site, lang, agency, year, label, token, tokenUrl } = tag.dataset;
  if (!site) return console.error("Tanya SPBE: data-site is missing in the script tag.");
  const english = (lang ?? document.documentElement.lang ?? "").startsWith("en");
  const say = (indonesian, other) => (english ? other : indonesian);

  // Constructed style sheets and attributes set by script are allowed by any Content-Security-Policy of the portal.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; font: 600 1rem/1.4 system-ui, sans-serif; }
    .launcher { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; min-height: 3rem; padding: 0 1.25rem; border: 2px solid #fff; border-radius: 1.5rem; background: #0c5a66; color: #fff; cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / 30%); }
    .panel { position: fixed; right: 1rem; bottom: 5rem; z-index: 2147483001; display: flex; flex-direction: column; width: 26rem; height: min(42rem, calc(100vh - 6rem)); border: 1px solid #78898f; border-radius: .875rem; background: #fff; overflow: hidden; box-shadow: 0 8px 32px rgb(0 0 0 / 30%); }
    .panel[hidden] { display: none; }
    .head { display: flex; align-items: center; justify-content: space-between; gap: .5rem; padding: .25rem .25rem .25rem 1rem; background: #0c5a66; color: #fff; }
    .title { margin: 0; }
    .close { min-width: 2.75rem; min-height: 2.75rem; border: 0; border-radius: .5rem; background: transparent; color: #fff; cursor: pointer; }
    iframe { flex: 1; width: 100%; border: 0; }
    :focus-visible { outline: 3px solid #b7791f; outline-offset: 2px; }
    @media (max-width: 32rem) { .panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }
    @media print { .launcher, .panel { display: none; } }
  `);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const host = make("div", { lang: english ? "en" : "id" });
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  const launcher = make("button", { type: "button", className: "launcher", textContent: label || say("Tanya SPBE", "Ask about SPBE") });
  const panel = make("section", { className: "panel", id: "panel", hidden: true, role: "dialog" });
  const title = make("h2", { className: "title", id: "title", textContent: say("Tanya SPBE, dijawab mesin", "Tanya SPBE, answered by a machine") });
  const close = make("button", { type: "button", className: "close", textContent: "✕", ariaLabel: say("Tutup", "Close") });
  const head = make("div", { className: "head" });
  head.append(title, close);
  panel.append(head);
  panel.setAttribute("aria-labelledby", "title");
  launcher.setAttribute("aria-controls", "panel");
  launcher.setAttribute("aria-expanded", "false");
  shadow.append(launcher, panel);

  let frame = null;
  let ready = false;

  function open() {
    if (!frame) {
      const address = new URL(`/embed/${encodeURIComponent(site)}`, home);
      for (const [name, value] of Object.entries({ lang: english ? "en" : "id", agency, year })) if (value) address.searchParams.set(name, value);
      frame = make("iframe", { src: address.href, title: say("Obrolan Tanya SPBE", "Tanya SPBE chat"), referrerPolicy: "origin", allow: "clipboard-write" });
      frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals";
      panel.append(frame);
    }
    panel.hidden = false;
    launcher.setAttribute("aria-expanded", "true");
    if (ready) enter();
    else close.focus();
  }

  /** Into the question, once the frame can take it; a frame may not take the focus by itself. */
  function enter() {
    frame.focus();
    tell({ tanya: "opened" });
  }

  function shut() {
    panel.hidden = true;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  const tell = (message) => frame.contentWindow.postMessage(message, home);

  /** The portal's signed token of its user; null where a visitor reads. */
  async function user() {
    if (!tokenUrl) return token ?? null;
    try {
      const response = await fetch(tokenUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
      return response.ok ? ((await response.json()).token ?? null) : null;
    } catch {
      return null;
    }
  }

  launcher.addEventListener("click", () => (panel.hidden ? open() : shut()));
  close.addEventListener("click", shut);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && shut());
  addEventListener("message", async (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home) return;
    const said = event.data?.tanya;
    if (said === "close") shut();
    if (said === "ready") {
      ready = true;
      if (!panel.hidden) enter();
    }
    if (said === "who") tell({ tanya: "user", token: await user() });
  });
  (document.body ?? document.documentElement).append(host);
})();
