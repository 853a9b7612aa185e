// What a view has asked: waiting, answered or refused; and all that is in sight, for the line about the registries.
import { useEffect, useState, useSyncExternalStore } from "react";
import { store } from "../src/store.js";
import { takeAhead } from "./ahead.js";
import { forget, keep, keptAnswer, keyOf } from "./answers.js";
import { ask } from "./ask.js";

// Answers in sight by their key. A map that is never changed, only replaced.
export const inSight = store(new Map());

function show(key, answer) {
  inSight.set(new Map(inSight.get()).set(key, answer));
}

function hide(key) {
  const rest = new Map(inSight.get());
  rest.delete(key);
  inSight.set(rest);
}

// Raised by one whenever everything is to be asked again.
export const round = store(0);

export function askAgain() {
  forget();
  round.set(round.get() + 1);
}

// `answer` may be the one before while the next is awaited (`waiting`); `refused` is why there is none.
export function useAsked(document, variables) {
  const key = keyOf(document, variables);
  const turn = useSyncExternalStore(round.watch, round.get);
  const [state, setState] = useState({ answer: null, refused: null, waiting: true });

  useEffect(() => {
    const kept = keptAnswer(key);
    if (kept) {
      setState({ answer: kept, refused: null, waiting: false });
      show(key, kept);
      return () => hide(key);
    }
    const ending = new AbortController();
    setState((before) => (before.waiting && !before.refused ? before : { ...before, refused: null, waiting: true }));
    (takeAhead(key) ?? ask(document, variables, ending.signal)).then(
      (answer) => {
        if (ending.signal.aborted) return;
        if (!answer.isPartial) keep(key, answer);
        setState({ answer, refused: null, waiting: false });
        show(key, answer);
      },
      (refused) => {
        if (!ending.signal.aborted) setState({ answer: null, refused, waiting: false });
      },
    );
    return () => {
      ending.abort();
      hide(key);
    };
    // The key stands for document and variables.
  }, [key, turn]);

  return state;
}
