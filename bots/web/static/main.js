// The page: a question goes out, its turn grows, the address follows.

import * as address from "./address.js";
import * as agencies from "./agencies.js";
import { Blocks, rest } from "./answer.js";
import { el } from "./elements.js";
import { conversation, offer } from "./forgetting.js";
import { Problem, ask } from "./stream.js";
import { say } from "./words.js";

const form = document.getElementById("ask");
const question = document.getElementById("question");
const send = document.getElementById("send");
const turns = document.getElementById("turns");

let busy = false;

async function turn(text) {
  if (busy || !text.trim()) return;
  const context = agencies.context();
  const id = `turn-${turns.childElementCount + 1}`;
  address.write({ q: text, ...context }, id);
  shown = location.search;
  document.getElementById("welcome").hidden = true;
  document.getElementById("talk").hidden = false;
  document.body.classList.add("talking");
  const body = el("div", { class: "answer", "aria-busy": "true" });
  const article = el("article", { class: "turn", id }, el("h2", { class: "asked" }, el("span", { class: "sr" }, `${say("you_asked")}: `), text), body);
  turns.append(article);
  article.scrollIntoView({ block: "start" });
  await fillIn(body, text, context);
}

async function fillIn(body, text, context) {
  setBusy(true);
  const link = location.href;
  const blocks = new Blocks();
  const waiting = el("p", { class: "busy", role: "status" }, el("span", { class: "dots", "aria-hidden": "true" }), say("busy"));
  body.replaceChildren(el("h3", { class: "sr" }, say("answer")), waiting, blocks.element);
  try {
    const answer = await ask(
      { message: text, conversation: conversation(), ...(context.agency && { agency: context.agency }), ...(context.year && { year: Number(context.year) }), ...(address.language() && { lang: address.language() }) },
      (block) => {
        waiting.remove();
        blocks.add(block);
      },
    );
    blocks.element.lang = answer.language;
    blocks.cite(answer.citations);
    body.append(...rest(answer, { question: text, onAsk: turn, link: () => link }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    body.replaceChildren(problem(error, () => fillIn(body, text, context), context));
  } finally {
    waiting.remove();
    body.setAttribute("aria-busy", "false");
    setBusy(false);
    offer(begin);
  }
}

/** The page as it was before the first question. */
function begin() {
  turns.replaceChildren();
  address.write(agencies.context());
  shown = location.search;
  document.getElementById("welcome").hidden = false;
  document.getElementById("talk").hidden = true;
  document.body.classList.remove("talking");
  question.focus();
}

/** What went wrong and what to do: names to choose from where the server offers them, else try again. */
function problem(error, retry) {
  const refused = error.code !== "unreachable" && error.status !== 503 && error.status < 500 && error.code !== "internal_error";
  const nearest = Array.isArray(error.details.nearest) ? error.details.nearest : [];
  return el(
    "div",
    { class: "problem", role: "alert" },
    el("p", {}, el("strong", {}, refused ? `${say("refused")}. ` : ""), error.message || say("failed")),
    refused ? null : el("button", { type: "button", class: "secondary", onclick: retry }, say("retry")),
    refused && nearest.length ? el("p", {}, `${say("nearest")}: ${nearest.join("; ")}`) : null,
  );
}

function setBusy(now) {
  busy = now;
  send.disabled = now;
  form.classList.toggle("is-busy", now);
}

function grow() {
  question.style.height = "auto";
  question.style.height = `${Math.min(question.scrollHeight, 160)}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) return;
  const text = question.value;
  question.value = "";
  grow();
  turn(text);
});
question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
for (const example of document.querySelectorAll("[data-ask]")) {
  example.addEventListener("click", () => {
    if ("own" in example.dataset && !agencies.context().agency) {
      question.value = example.dataset.ask;
      agencies.needAgency();
    } else turn(example.dataset.ask);
  });
}
let shown = location.search;
addEventListener("popstate", (event) => {
  if (location.search === shown) return; // only a place in the page was followed
  shown = location.search;
  const there = document.getElementById(event.state?.turn ?? "");
  if (there) there.scrollIntoView({ block: "start" });
  else location.reload();
});

if (matchMedia("(max-width: 59.99rem)").matches) document.getElementById("context").open = false;
await agencies.start();
const { q } = address.read();
if (q) await turn(q);
