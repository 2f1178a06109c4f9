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

/** Write the state into the address; a new question is a step back and forth, a new context is not. */
export function write(state, { step = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const name of ["q", "agency", "year"]) {
    if (state[name]) query.set(name, state[name]);
    else query.delete(name);
  }
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  if (step && address !== location.pathname + location.search) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
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
