// The state of the page in its address: ?q=, ?agency=, ?year=, ?lang=; the agency is also remembered.

const KEY = "tanya-spbe.agency";

export function read() {
  const query = new URLSearchParams(location.search);
  const remembered = stored();
  return {
    q: query.get("q") ?? "",
    agency: query.get("agency") ?? remembered.agency ?? "",
    year: query.get("year") ?? (query.has("agency") ? "" : (remembered.year ?? "")),
  };
}

/** The language that the address asks for; null where it leaves that to the browser and the question. */
export function language() {
  const named = new URLSearchParams(location.search).get("lang");
  return ["id", "en"].includes(named) ? named : null;
}

/** Write the state into the address. A new question is a step back and forth, with the id of its turn. */
export function write(state, turn = null) {
  const query = new URLSearchParams(location.search);
  for (const name of ["q", "agency", "year"]) {
    if (state[name]) query.set(name, state[name]);
    else query.delete(name);
  }
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  if (turn && address !== location.pathname + location.search) history.pushState({ turn }, "", address);
  else history.replaceState(turn ? { turn } : history.state, "", address);
  const other = document.getElementById("other-language");
  const there = new URLSearchParams(query);
  there.set("lang", other.hreflang);
  other.href = `?${there}`;
}

/** Remember the agency and year in this browser. */
export function remember({ agency, year }) {
  try {
    if (agency) localStorage.setItem(KEY, JSON.stringify({ agency, year }));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing still works; the address carries the state.
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
