// A citation: its chip in the text, its line under the answer, and the dialog with the passage.

import { el } from "./elements.js";
import { say } from "./words.js";

const STATUS = { "in force": ["in_force", "good"], revoked: ["revoked", "bad"], unknown: ["unknown", "plain"] };

/** Status and origin of a citation as badges. */
export function badges(citation) {
  const [key, tone] = STATUS[citation.status] ?? STATUS.unknown;
  return [
    el("span", { class: `badge ${tone}` }, say(key)),
    citation.replaced_by ? el("span", { class: "badge plain" }, say("replaced_by", { rule: citation.replaced_by })) : null,
    citation.second_hand ? el("span", { class: "badge warn" }, say("second_hand")) : null,
    el("span", { class: "badge plain" }, say(citation.kind)),
  ];
}

/** The numbered chip in the text. */
export function chip(citation) {
  return el(
    "button",
    { type: "button", class: `chip ${citation.status === "revoked" ? "chip-revoked" : ""}`.trim(), "data-citation": citation.id, "aria-label": say("source", citation), "aria-haspopup": "dialog", onclick: () => open(citation) },
    String(citation.number),
  );
}

/** The list of sources under an answer. */
export function sources(citations) {
  if (!citations.length) return null;
  const line = (citation) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "source", "aria-haspopup": "dialog", onclick: () => open(citation) },
        el("span", { class: "source-number", "aria-hidden": "true" }, String(citation.number)),
        el("span", { class: "source-name" }, el("span", { class: "source-title" }, citation.title), el("span", { class: "source-place" }, place(citation)), el("span", { class: "badges" }, badges(citation))),
      ),
    );
  return el("section", { class: "sources" }, el("h3", {}, say("sources")), el("ol", {}, citations.map(line)));
}

/** Show the passage. */
export function open(citation) {
  const part = (name) => document.getElementById(`passage-${name}`);
  part("badges").replaceChildren(...badges(citation).filter(Boolean));
  part("title").textContent = citation.title;
  part("place").textContent = place(citation);
  part("text").textContent = citation.quote;
  const notes = [
    citation.status === "revoked" ? say("revoked_note") : "",
    citation.replaced_by ? `${say("replaced_by", { rule: citation.replaced_by })}.` : "",
    citation.second_hand ? say("second_hand_note") : "",
  ].filter(Boolean);
  part("note").textContent = notes.join(" ");
  part("note").hidden = !notes.length;
  document.getElementById("passage").showModal();
}

function place(citation) {
  return citation.page ? `${citation.locator}, ${say("page", { page: citation.page })}` : citation.locator;
}

const dialog = document.getElementById("passage");
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
