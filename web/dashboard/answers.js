// Answers that were given: each kept for a while, so that back and forth shows them at once.
const MOST = 40;
const FRESH_FOR = 60_000;
const kept = new Map();

export const keyOf = (document, variables) => `${document.id} ${JSON.stringify(variables)}`;

export function keptAnswer(key) {
  const found = kept.get(key);
  return found && Date.now() - found.at < FRESH_FOR ? found.answer : null;
}

export function keep(key, answer) {
  kept.delete(key);
  kept.set(key, { answer, at: Date.now() });
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
}

export const forget = () => kept.clear();
