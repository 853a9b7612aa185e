// How the page asks the gateway: queries by POST, subscriptions by WebSocket (graphql-transport-ws).
import { getOperationAST } from "graphql";
import { createClient } from "graphql-ws";
import { access, headers, refreshRoles, roles } from "./access.js";
import { store } from "./store.js";

export const answer = store(null);

const address = new URL("graphql", document.baseURI);
const media = "application/graphql-response+json, application/json;q=0.9";

function send(body, extra) {
  const sent = { "Content-Type": "application/json", Accept: media, ...headers(), ...extra };
  return fetch(address, { method: "POST", body, headers: sent });
}

// A demo token ends after a while; a fresh one is asked for once.
async function sendAsRole(body, extra) {
  const response = await send(body, extra);
  if (response.status !== 401 || !roles.get() || !access.get().token) return response;
  await refreshRoles();
  return send(body, extra);
}

function parsed(text, { status, statusText }) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The gateway answered ${status} ${statusText} with something that is not JSON.`);
  }
}

async function ask(params, { headers: extra, documentAST } = {}) {
  const begun = performance.now();
  const response = await sendAsRole(JSON.stringify(params), extra);
  const text = await response.text();
  const result = parsed(text, response);
  // Introspection comes without a document and is not what the reader asked.
  if (documentAST) {
    const took = performance.now() - begun;
    answer.set({ status: response.status, took, size: new Blob([text]).size, extensions: result.extensions });
  }
  return result;
}

function socketAddress() {
  const socket = new URL(address);
  socket.protocol = socket.protocol.replace("http", "ws");
  return socket.href;
}

function told(problem) {
  if (!(problem instanceof CloseEvent)) return problem;
  return new Error(`The gateway closed the socket: ${problem.code} ${problem.reason}`);
}

// One socket for each subscription: it carries the role that was chosen when it began. GraphiQL ends it by `return`,
// which an async generator of ours would put off until the next event.
function listen(params) {
  answer.set(null);
  const client = createClient({ url: socketAddress(), connectionParams: headers(), retryAttempts: 0 });
  const events = client.iterate(params);
  const next = events.next.bind(events);
  events.next = () => next().catch((problem) => Promise.reject(told(problem)));
  return events;
}

export function fetcher(params, options) {
  const operation = options?.documentAST && getOperationAST(options.documentAST, params.operationName);
  return operation?.operation === "subscription" ? listen(params) : ask(params, options);
}
