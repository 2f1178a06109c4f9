// "Delete this conversation": the server forgets it, and the page starts a new one.

import { remove } from "./stream.js";
import { language, say } from "./words.js";

const place = document.getElementById("forget");
const button = place.querySelector("button");
const said = place.querySelector(".said");

const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let id = fresh();

/** The id of the conversation that goes on in this page. */
export const conversation = () => id;

/** Offer to delete the conversation; `begin` empties the page for the next one. */
export function offer(begin) {
  place.hidden = false;
  button.hidden = false;
  said.textContent = "";
  button.onclick = async () => {
    button.disabled = true;
    try {
      await remove(`/api/v1/conversations/${id}?lang=${language}`);
      id = fresh();
      begin();
      button.hidden = true;
      said.textContent = say("forgotten");
    } catch (problem) {
      said.textContent = problem.message || say("not_forgotten");
    } finally {
      button.disabled = false;
    }
  };
}
