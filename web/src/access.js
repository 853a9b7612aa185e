// As whom the page asks: a role, a purpose, a mode. Choices last as long as the tab; tokens stay in memory.
import { store } from "./store.js";

const remembered = "svod:access";
const nobody = { role: "", purpose: "", mode: "filter" };

// `roles` is null where the gateway hands out no tokens, and the page then asks for one.
export const roles = store(undefined);
export const access = store({ ...nobody, ...recollection(), token: "" });

function recollection() {
  try {
    const { role, purpose, mode } = JSON.parse(sessionStorage.getItem(remembered));
    return { role, purpose, mode };
  } catch {
    return {};
  }
}

export async function refreshRoles() {
  const response = await fetch("demo/tokens", { cache: "no-store" }).catch(() => null);
  roles.set(response?.ok ? await response.json() : null);
  choose({});
}

export function choose(change) {
  const chosen = { ...access.get(), ...change };
  const offered = roles.get();
  if (offered) chosen.token = offered.find(({ role }) => role === chosen.role)?.token ?? "";
  if (offered && !chosen.token) chosen.role = "";
  access.set(chosen);
  const { role, purpose, mode } = chosen;
  sessionStorage.setItem(remembered, JSON.stringify({ role, purpose, mode }));
}

export function headers() {
  const { token, purpose, mode } = access.get();
  return {
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(purpose && { "X-Access-Purpose": purpose }),
    ...(mode !== "filter" && { "X-Access-Mode": mode }),
  };
}
