// What is asked before anything can be drawn: the answer waits for the view that will ask the same.
import { keyOf } from "./answers.js";
import { ask } from "./ask.js";
import { session } from "./session.js";

const awaited = new Map();

export function askAhead(document, variables) {
  const answer = ask(document, variables);
  // Whoever takes it over is told why it failed.
  answer.catch(() => {});
  awaited.set(keyOf(document, variables), { answer, token: session.get().who.token });
}

// The answer on its way, once; nothing for anybody but who was signed in when it was asked.
export function takeAhead(key) {
  const found = awaited.get(key);
  awaited.delete(key);
  return found && found.token === session.get().who?.token ? found.answer : null;
}
