// The address of a view: everything that it shows stands in the query, so it can be shared and gone back to.
import { useSyncExternalStore } from "react";

const watchers = new Set();
const tell = () => watchers.forEach((watcher) => watcher());

addEventListener("popstate", tell);

function watch(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const useRoute = () => new URLSearchParams(useSyncExternalStore(watch, () => location.search));

// An address with these words; those without a value are left out, and the order is always the same.
export function href(words) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(words)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.set(name, value);
  }
  const text = query.toString();
  return text ? `?${text}` : location.pathname;
}

// The address of the view in sight with some words changed; a new filter begins at the first page again.
export function changed(route, change, { keepPage = false } = {}) {
  const words = Object.fromEntries(route);
  if (!keepPage) for (const each of ["after", "before"]) delete words[each];
  return href({ ...words, ...change });
}

export function go(to, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  tell();
}

// Links stay links: a plain click is taken over, whatever else opens them as the reader wants.
export function takeOver(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[href]");
  const to = link?.getAttribute("href");
  if (!to?.startsWith("?") && to !== location.pathname) return;
  event.preventDefault();
  go(to);
  scrollTo({ top: 0 });
  document.getElementById("content")?.focus({ preventScroll: true });
}
