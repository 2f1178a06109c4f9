// Saving an indicator while it is filled in. What was not stored stays in the form.

import { el } from "./elements.js";
import { say } from "./words.js";

const form = document.getElementById("filling");
const saved = document.getElementById("saved");
const PAUSE = 700; // milliseconds after the last key

let timer = 0;
let saving = Promise.resolve();
let dirty = false;

function later() {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

/** One after the other: each save is made over the version that the one before it left. */
function save() {
  clearTimeout(timer);
  saving = saving.then(store, store);
  return saving;
}

async function store() {
  if (!dirty) return;
  dirty = false;
  tell("saving");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(form)),
      keepalive: true,
    });
    const document_ = await response.json();
    if (response.ok) {
      form.elements.version.value = document_.version;
      for (const [name, words] of Object.entries(document_.standing)) document.querySelector(`[data-standing="${name}"]`).textContent = words;
      document.getElementById("conflict")?.remove();
      tell("saved");
    } else {
      dirty = true;
      refused(document_.error);
    }
  } catch {
    dirty = true;
    tell("not_saved");
    timer = setTimeout(save, 5000);
  }
}

function tell(key) {
  saved.textContent = say(key);
}

/** Somebody else was faster, or the server refuses: say so, and let the person decide. */
function refused(error) {
  saved.textContent = "";
  document.getElementById("conflict")?.remove();
  const theirs = error.details;
  const box = el("div", { class: "problem", role: "alert", id: "conflict" }, el("p", {}, error.message));
  if (error.code === "changed_meanwhile") {
    const shown = [`${say("stored_level")}: ${theirs.level ?? "–"}`, theirs.owner, theirs.note].filter(Boolean);
    const keep = el("button", { type: "button", class: "secondary" }, say("keep_mine"));
    keep.addEventListener("click", () => {
      form.elements.version.value = theirs.version;
      dirty = true;
      save();
    });
    box.append(el("p", { class: "pre" }, shown.join("\n")), el("div", { class: "row" }, keep, el("a", { class: "quiet", href: location.pathname + location.search }, say("take_theirs"))));
  }
  form.before(box);
}

form.addEventListener("input", later);
form.addEventListener("change", save);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  dirty = true;
  save();
});
addEventListener("beforeunload", (event) => {
  if (dirty) {
    save();
    event.preventDefault();
  }
});
