// The house in sight, and the addresses of its views.
import { createContext, useContext } from "react";
import { href } from "./route.js";

export const Scope = createContext(null);

// `{oid, to}`: the organization in sight, and the address of a view of it.
export const useScope = () => useContext(Scope);

export function scopeOf(oid, several) {
  return { oid, to: (view, words = {}) => href({ view: view === "house" ? null : view, org: several ? oid : null, ...words }) };
}
