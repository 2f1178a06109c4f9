// Asking the server and reading its events.

/** What the server refused or could not do: its error document. */
export class Problem extends Error {
  constructor(error, status) {
    super(error?.message ?? "");
    this.code = error?.code ?? "unreachable";
    this.details = error?.details ?? {};
    this.status = status;
  }
}

let identity = async () => ({});

/** Let every request carry the headers that `headers` resolves to: a page inside a portal says who asks. */
export function identifyWith(headers) {
  identity = headers;
}

/** Ask; `onBlock` gets each block as it comes. Resolves to the Answer, rejects with a Problem. */
export async function ask(question, onBlock) {
  const response = await post("/api/v1/chat", question, { Accept: "text/event-stream" });
  try {
    for await (const { event, data } of events(response.body)) {
      if (event === "block") onBlock(data);
      if (event === "answer") return data;
      if (event === "error") throw new Problem(data.error, 200);
    }
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(null, 0);
  }
  throw new Problem(null, 0);
}

/** Hand a document to the API. Resolves to the response, rejects with a Problem. */
export function post(path, document, headers = {}) {
  return call(path, { method: "POST", body: JSON.stringify(document) }, { "Content-Type": "application/json", ...headers });
}

/** Have the API delete something. Rejects with a Problem. */
export function remove(path) {
  return call(path, { method: "DELETE" });
}

async function call(path, options, headers = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...headers, ...(await identity()) } });
  } catch {
    throw new Problem(null, 0);
  }
  if (!response.ok) {
    throw new Problem(await refusal(response), response.status);
  }
  return response;
}

/** The error document of a response that is not 200; one refused before its first block is an event too. */
async function refusal(response) {
  try {
    const text = await response.text();
    const isEvent = response.headers.get("content-type")?.startsWith("text/event-stream");
    return (isEvent ? parse(text.trim()).data : JSON.parse(text)).error;
  } catch {
    return null;
  }
}

/** The events of a text/event-stream body. */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const read = parse(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (read) yield read;
    }
  }
}

function parse(text) {
  const lines = text.split("\n");
  const named = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const data = named("data").join("\n");
  return data ? { event: named("event")[0] ?? "message", data: JSON.parse(data) } : null;
}

/** A document of the API, or null where it cannot be had. */
export async function get(path) {
  try {
    const response = await fetch(path, { headers: await identity() });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
