// The words of the page in its language, as the server put them into the page.

const document_ = JSON.parse(document.getElementById("words").textContent);

export const language = document_.language;

/** The words under a key, with {names} filled in. */
export function say(key, values = {}) {
  const text = key.split(".").reduce((found, part) => found?.[part], document_) ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** A figure as the language writes it: "2.40" is "2,40" in Indonesian. */
export function figure(value) {
  return language === "id" ? String(value).replace(".", ",") : String(value);
}

/** A node such as "domain 2" in words; other text as it is. */
export function node(name) {
  const [kind, number] = String(name).split(" ");
  if (kind === "index") return say("index");
  return ["domain", "aspect", "indicator"].includes(kind) ? say(kind, { number }) : String(name);
}
