// How the page asks: a stored document by its id, by POST to /graphql, as whoever is signed in. It asks nothing else.
import { Answer } from "./answer.js";
import { session, signOut } from "./session.js";

const media = "application/graphql-response+json, application/json;q=0.9";

// The gateway cannot be asked: not reached, or it refused the whole operation. `code` is one of docs/errors.md.
export class Refused extends Error {
  constructor(code, message, { request = null, extensions = {} } = {}) {
    super(message);
    this.code = code;
    this.request = request;
    this.extensions = extensions;
  }
}

export const address = (path) => new URL(path, document.baseURI);

export async function reached(path, init) {
  try {
    return await fetch(address(path), { cache: "no-store", ...init });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("UNREACHABLE", error.message);
  }
}

// A token that the gateway no longer takes ends the session here too, unless another has been taken up meanwhile.
export function endedBy(token, error) {
  if (session.get().who?.token !== token) return;
  const expired = error?.extensions?.code === "TOKEN_EXPIRED" || session.get().who.until <= Date.now();
  signOut({ reason: expired ? "EXPIRED" : "REFUSED", message: error?.message ?? "" });
}

export const told = async (response) => {
  try {
    return JSON.parse(await response.text());
  } catch {
    throw new Refused("NOT_JSON", `HTTP ${response.status}`);
  }
};

export function refusalOf(response, body) {
  const [error] = body.errors ?? [];
  const request = response.headers.get("X-Request-Id");
  const code = error?.extensions?.code ?? `HTTP_${response.status}`;
  return new Refused(code, error?.message ?? response.statusText, { request, extensions: error?.extensions });
}

export async function ask({ id }, variables, signal) {
  const { token } = session.get().who;
  const response = await reached("graphql", {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", Accept: media, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ documentId: id, variables }),
  });
  const body = await told(response);
  if (response.status === 401) endedBy(token, body.errors?.[0]);
  if (!body.data) throw refusalOf(response, body);
  return new Answer(body);
}
