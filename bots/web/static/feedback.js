// Whether an answer helped, and why: two thumbs under it, then one line, then thanks.

import { el, svg } from "./elements.js";
import { post } from "./stream.js";
import { language, say } from "./words.js";

const THUMB = "M7 10.5v9.5H3.5v-9.5zM7 10.5l4-7c1.6 0 2.6 1.2 2.3 2.8L12.6 9.5h6.1c1.3 0 2.2 1.2 1.9 2.4l-1.6 6.4c-.3 1-1.1 1.7-2.2 1.7H7";

/** The thumbs under an answer; null on a site that keeps no records. */
export function feedback(answer, question) {
  if (!document.querySelector("#turns[data-feedback]")) return null;
  let helpful = null;
  const thumbs = el("div", { class: "thumbs", role: "group", "aria-label": say("did_it_help") }, el("span", { "aria-hidden": "true" }, say("did_it_help")));
  const said = el("p", { class: "said", role: "status", tabindex: "-1" });
  const reason = el("input", { type: "text", maxlength: "1000", autocomplete: "off", enterkeyhint: "send" });
  const send = el("button", { type: "submit", class: "secondary" }, say("send_feedback"));
  const form = el("form", { class: "reason", hidden: true }, el("label", {}, say("feedback_reason"), reason), send);

  const thumb = (value, key) => {
    const button = el("button", { type: "button", class: "quiet thumb", "aria-label": say(key), title: say(key), "aria-pressed": "false", "aria-expanded": "false" });
    button.append(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: value ? null : "down" }, svg("path", { d: THUMB })));
    button.addEventListener("click", () => {
      helpful = value;
      for (const one of thumbs.querySelectorAll("button")) {
        one.setAttribute("aria-pressed", String(one === button));
        one.setAttribute("aria-expanded", String(one === button));
      }
      form.hidden = false;
      reason.focus();
    });
    return button;
  };
  thumbs.append(thumb(true, "helpful"), thumb(false, "unhelpful"));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    said.textContent = "";
    try {
      await post(`/api/v1/feedback?lang=${language}`, { helpful, reason: reason.value, question, evidence: evidence(answer) });
      thumbs.remove();
      form.remove();
      said.textContent = say("feedback_thanks");
      said.focus();
    } catch (problem) {
      said.textContent = problem.message || say("feedback_failed");
      send.disabled = false;
    }
  });
  return el("section", { class: "feedback", "aria-label": say("feedback") }, thumbs, form, said);
}

/** What the answer rested on, in lines that can still be read when the answer is gone. */
function evidence({ citations, figures, intent }) {
  const lines = (list, line) => list.slice(0, 200).map((one) => line(one).slice(0, 500));
  return {
    citations: lines(citations, (one) => `${one.rule}, ${one.locator}`),
    figures: lines(figures, (one) => `${one.label}, ${one.of}: ${one.value} (${one.source})`),
    intent,
  };
}
