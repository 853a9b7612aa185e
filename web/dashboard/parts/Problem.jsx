// Why something cannot be shown, in words, and what can be done.
import { askAgain } from "../asked.js";
import { useWords } from "../words.js";

export function reasonOf(words, { code, extensions, message, request }) {
  const known = code ?? extensions?.code;
  const registry = extensions?.registry ? words.of("registry", extensions.registry) : words.t("registry.one");
  const name = `problem.${known}`;
  const told = words.has(name) ? words.t(name, { registry }) : words.t("problem.other", { code: known, message });
  return request ? `${told} ${words.t("problem.request", { request })}` : told;
}

export function Problem({ error, again = true }) {
  const words = useWords();
  return (
    <div className="problem" role="alert">
      <p>
        <span aria-hidden="true">⚠ </span>
        {reasonOf(words, error)}
      </p>
      {again && (
        <button type="button" onClick={askAgain}>
          {words.t("ask.again")}
        </button>
      )}
    </div>
  );
}
