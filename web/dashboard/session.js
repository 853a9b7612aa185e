// Who is signed in: a token, kept in this tab alone, and what it says of itself. Whether it is good, the gateway decides.
import { store } from "../src/store.js";
import { forget } from "./answers.js";

const kept = "svod:token";

export class NotAToken extends Error {}

function claimsOf(token) {
  try {
    const [, body] = token.split(".");
    const bytes = Uint8Array.from(atob(body.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== "object" || claims === null) throw new NotAToken();
    return claims;
  } catch {
    throw new NotAToken();
  }
}

const list = (value) => (Array.isArray(value) ? value.map(String) : []);

function sessionOf(token) {
  const claims = claimsOf(token);
  return {
    token,
    subject: String(claims.sub ?? ""),
    roles: list(claims.roles),
    organizations: [...new Set(list(claims.organizations))],
    until: Number.isFinite(claims.exp) ? claims.exp * 1000 : Infinity,
  };
}

const ended = { who: null, ended: { reason: "EXPIRED" } };

function remembered() {
  try {
    const who = sessionOf(sessionStorage.getItem(kept) ?? "");
    return who.until > Date.now() ? { who, ended: null } : ended;
  } catch {
    return { who: null, ended: null };
  }
}

export const mayUse = (who) => Boolean(who?.roles.includes("employer") && who.organizations.length > 0);

// The organization in sight: the one that the address names, where the token reaches it.
export function houseOf(who, route) {
  const named = route.get("org");
  return who.organizations.includes(named) ? named : who.organizations[0];
}

// `ended`: why the one before was signed out, EXPIRED or REFUSED with what the gateway said.
export const session = store(remembered());

let timer;

function watch() {
  clearTimeout(timer);
  const { who } = session.get();
  if (!who || who.until === Infinity) return;
  const left = who.until - Date.now();
  // A timer takes no more than 24 days.
  timer = setTimeout(() => (left > 2 ** 31 - 1 ? watch() : signOut({ reason: "EXPIRED" })), Math.min(left, 2 ** 31 - 1));
}

export function signIn(text) {
  const who = sessionOf(text.trim().replace(/^Bearer\s+/i, ""));
  if (who.until <= Date.now()) return session.set(ended);
  sessionStorage.setItem(kept, who.token);
  forget();
  session.set({ who, ended: null });
  watch();
}

export function signOut(ended = null) {
  sessionStorage.removeItem(kept);
  forget();
  session.set({ who: null, ended });
  watch();
}

watch();
