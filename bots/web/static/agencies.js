// The agency that "our" means: picked from the register, kept in the address and in this browser.

import * as address from "./address.js";
import { el } from "./elements.js";
import { get } from "./stream.js";
import { figure, say } from "./words.js";

const input = document.getElementById("agency");
const year = document.getElementById("year");
const clear = document.getElementById("clear-agency");
const held = document.getElementById("held");

let register = [];
let cards = [];

/** The context of the next question. */
export function context() {
  return { agency: input.value.trim(), year: year.value };
}

/** Fill the fields from the address, then from the register as it arrives. */
export async function start() {
  const state = address.read();
  const named = new URLSearchParams(location.search).has("agency");
  input.value = named ? state.agency : input.dataset.own || state.agency;
  if (state.year && (named || !input.dataset.own)) year.append(el("option", { value: state.year, selected: true }, state.year));
  summary();
  register = (await get("/api/v1/agencies")) ?? [];
  document.getElementById("agencies").append(...register.map((agency) => el("option", { value: spoken(agency.name) })));
  await show();
}

/** Where the question needs an agency and none is chosen, ask for it. */
export function needAgency() {
  document.getElementById("context").open = true;
  input.setCustomValidity(say("choose_agency"));
  input.reportValidity();
  input.focus();
}

export const spoken = (name) => name.replace(/^Pemerintah (?=Kab|Kota|Prov)/, "");

function chosen() {
  const wanted = input.value.trim().toLowerCase();
  return register.find((agency) => [agency.name, spoken(agency.name), agency.id].some((name) => name.toLowerCase() === wanted));
}

async function show() {
  const agency = chosen();
  cards = agency ? ((await get(`/api/v1/agencies/${encodeURIComponent(agency.id)}/scorecards`)) ?? []) : [];
  const years = [...new Set(cards.map((card) => String(card.year)))].sort().reverse();
  const wanted = year.value;
  year.replaceChildren(el("option", { value: "" }, year.options[0].textContent), ...years.map((one) => el("option", { value: one }, one)));
  year.value = years.includes(wanted) ? wanted : "";
  card();
  summary();
}

function card() {
  const shown = cards.filter((one) => one.stage !== "target" && (!year.value || String(one.year) === year.value)).at(-1);
  held.hidden = !shown;
  if (!shown) return;
  const published = shown.published ?? {};
  const index = published.index ?? shown.index;
  const rating = published.rating ?? shown.rating;
  const parts = shown.domains.length ? shown.domains : shown.aspects;
  const values = shown.domains.length ? published.domains : published.aspects;
  const lines = [
    el("h2", {}, spoken(shown.agency)),
    el("p", { class: "held-index" }, el("strong", {}, index ? figure(index) : "–"), el("span", {}, [`${say("index")} ${shown.year}`, rating].filter(Boolean).join(" · "))),
    index ? el("p", { class: "hint" }, say(published.index ? "published" : "computed")) : null,
    index && shown.index ? null : el("p", { class: "hint" }, say("interval", { floor: figure(shown.floor), ceiling: figure(shown.ceiling) })),
    el("ul", { class: "held-parts" }, parts.map((part) => meter(part, values?.[part.number] ?? part.value))),
  ];
  held.replaceChildren(...lines.filter(Boolean));
}

function meter(part, value) {
  const bar = el("meter", { min: 0, max: 5, value: value ?? 0, "aria-hidden": "true" });
  return el("li", {}, el("span", {}, document.documentElement.lang === "en" ? part.name_en : part.name), el("span", { class: "number" }, value ? figure(value) : "–"), bar);
}

function summary() {
  const { agency, year: one } = context();
  document.getElementById("context-now").textContent = [agency, one].filter(Boolean).join(" · ");
  clear.hidden = !agency;
}

function changed() {
  input.setCustomValidity("");
  const now = context();
  address.remember(now);
  address.write({ ...address.read(), ...now });
  summary();
}

input.addEventListener("input", () => input.setCustomValidity(""));
input.addEventListener("change", async () => {
  year.value = "";
  changed();
  await show();
});
year.addEventListener("change", () => {
  changed();
  card();
});
clear.addEventListener("click", async () => {
  input.value = "";
  year.value = "";
  changed();
  await show();
  input.focus();
});
