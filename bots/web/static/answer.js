// An Answer as a part of the page: blocks with citation chips, charts, sources, figures, suggestions.

import { chart } from "./charts.js";
import { el, fromServer } from "./elements.js";
import { feedback } from "./feedback.js";
import { chip, sources } from "./passage.js";
import { figure, node, say } from "./words.js";

/** The growing text of an answer; `add` takes each block as it comes. */
export class Blocks {
  constructor() {
    this.element = el("div", { class: "blocks" });
    this.waiting = [];
  }

  add(block) {
    const content = fromServer(block.html);
    const marks = el("span", { class: "chips", "data-marks": block.citations.join(" ") });
    this.waiting.push(marks);
    if (block.kind === "item") this.list().append(el("li", {}, content, marks));
    else if (block.kind === "sentence") this.paragraph(block.text.endsWith(":")).append(content, marks, " ");
    else if (block.kind === "table") this.element.append(this.table(content, marks));
    else this.element.append(el("p", { class: "note" }, content, marks));
  }

  /** Put the chips in once the citations are known. */
  cite(citations) {
    const known = new Map(citations.map((citation) => [citation.id, citation]));
    for (const marks of this.waiting) {
      const ids = marks.dataset.marks.split(" ").filter((id) => known.has(id));
      marks.replaceChildren(...ids.map((id) => chip(known.get(id))));
      if (!ids.length) marks.remove();
    }
  }

  table(content, marks) {
    const table = content.querySelector("table");
    for (const cell of content.querySelectorAll("td")) {
      if (/^[+−-]?[\d.,]+\s?%?$/.test(cell.textContent.trim())) cell.classList.add("number");
    }
    for (const head of content.querySelectorAll("th")) head.scope = "col";
    const label = [...(table?.querySelectorAll("th") ?? [])].map((head) => head.textContent).join(", ");
    return el("div", {}, el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, content), marks);
  }

  paragraph(introducesList) {
    const last = this.element.lastElementChild;
    if (last?.matches("p:not(.note)") && !introducesList) return last;
    const lead = this.element.childElementCount === 0;
    this.element.append(el("p", lead ? { class: "lead-answer" } : {}));
    return this.element.lastElementChild;
  }

  list() {
    if (!this.element.lastElementChild?.matches("ul")) this.element.append(el("ul", {}));
    return this.element.lastElementChild;
  }
}

/** Everything that comes after the text. */
export function rest(answer, { question, onAsk, link }) {
  return [
    ...answer.charts.map(chart),
    sources(answer.citations),
    figures(answer.figures),
    suggestions(answer.suggestions, onAsk),
    foot(answer, link),
    feedback(answer, question),
  ].filter(Boolean);
}

function figures(list) {
  if (!list.length) return null;
  const row = (one) =>
    el(
      "tr",
      {},
      el("td", { class: "number" }, figure(one.value)),
      el("td", {}, one.label, ...(one.of ? [el("span", { class: "of" }, node(one.of))] : [])),
      el("td", {}, one.source, one.second_hand ? el("span", { class: "badge warn" }, say("second_hand")) : null),
    );
  const head = ["value", "figure", "from"].map((key) => el("th", { scope: "col" }, say(key)));
  const table = el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, list.map(row)));
  const title = `${say("figures")} (${list.length})`;
  return el("details", { class: "figures" }, el("summary", {}, title), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, table));
}

function suggestions(list, onAsk) {
  if (!list.length) return null;
  const button = (text) => el("li", {}, el("button", { type: "button", class: "suggestion", onclick: () => onAsk(text) }, text));
  return el("section", { class: "suggestions" }, el("h3", {}, say("follow")), el("ul", {}, list.map(button)));
}

function foot(answer, link) {
  const { intent, agency, agencies, group, year, node: asked, level, target } = answer.request;
  const understood = [
    say(`intents.${intent ?? answer.intent}`),
    ...(agencies?.length ? agencies : agency ? [agency] : []),
    group,
    year,
    asked ? node(asked) : null,
    level ? say("level", { number: level }) : null,
    target,
  ].filter(Boolean);
  return el(
    "footer",
    { class: "foot" },
    el("p", {}, el("span", {}, `${say("understood")}: ${understood.join(" · ")}`), el("span", {}, say(answer.mode))),
    el("div", { class: "actions" }, view(answer), copier("copy_answer", () => answer.text), copier("copy_link", link), el("button", { type: "button", class: "quiet", onclick: () => print() }, say("print"))),
  );
}

const VIEWS = { score: "/nilai", why: "/nilai", gaps: "/nilai", simulate: "/rencana", plan: "/rencana", compare: "/banding", trend: "/tren" };

/** A link to the page that shows the same figures at length, where this site has such pages. */
function view(answer) {
  const path = VIEWS[answer.intent];
  const { agency, agencies, group, year, target } = answer.request;
  if (!path || answer.abstained || !document.querySelector(".rooms") || !(agency || group)) return null;
  const query = new URLSearchParams({ lang: document.documentElement.lang });
  for (const name of agencies?.length && path === "/banding" ? agencies : [agency].filter(Boolean)) query.append("agency", name);
  if (group && path === "/banding") query.set("group", group);
  if (year && path !== "/tren") query.set("year", year);
  if (target && path === "/rencana") query.set("target", target);
  return el("a", { class: "quiet view", href: `${path}?${query}` }, say("as_page"));
}

function copier(key, text) {
  const button = el("button", { type: "button", class: "quiet" }, say(key));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = say("copied");
    setTimeout(() => (button.textContent = say(key)), 2000);
  });
  return button;
}
