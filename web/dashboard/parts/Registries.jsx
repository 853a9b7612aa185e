// How the four registries are, as the answers in sight say it, and how old is what was searched.
import { askAgain, inSight } from "../asked.js";
import { useStore } from "../../src/watched.js";
import { useWords } from "../words.js";

const REGISTRIES = ["WORKERS", "ORGANIZATIONS", "LICENSES", "QUALIFICATIONS"];
const WORST = ["OK", "STALE", "UNAVAILABLE"];
const OLD = 60;

function* freshnessIn(value) {
  if (Array.isArray(value)) for (const each of value) yield* freshnessIn(each);
  else if (value && typeof value === "object") {
    if (Array.isArray(value.freshness)) yield* value.freshness;
    for (const [name, each] of Object.entries(value)) if (name !== "freshness" && name !== "nodes" && name !== "edges") yield* freshnessIn(each);
  }
}

// For each registry the worst that any answer says of it.
export function statesOf(answers) {
  const states = new Map(REGISTRIES.map((registry) => [registry, { registry, state: null, asOf: null, lag: null }]));
  for (const answer of answers) {
    for (const { registry, state, asOf } of answer.registries) {
      const found = states.get(registry);
      if (found && WORST.indexOf(state) >= WORST.indexOf(found.state)) Object.assign(found, { state, asOf: asOf ?? found.asOf });
    }
    for (const { registry, asOf, lagSeconds } of freshnessIn(answer.data)) {
      const found = states.get(registry);
      if (found && lagSeconds >= (found.lag ?? -1)) Object.assign(found, { lag: lagSeconds, searched: asOf });
    }
  }
  return [...states.values()];
}

function Line({ registry, state, asOf, lag }) {
  const words = useWords();
  const told = [words.t(`state.${state ?? "UNASKED"}`)];
  if (state === "STALE" && asOf) told.push(words.t("state.asOf", { moment: words.moment(asOf) }));
  if (lag !== null) told.push(words.t("state.lag", { ago: words.ago(lag) }));
  return (
    <li className={`registry ${(state ?? "unasked").toLowerCase()} ${lag > OLD ? "old" : ""}`}>
      <span className="sign" aria-hidden="true" />
      <span>
        <b>{words.of("registry", registry)}</b> <span className="state">{told.join(" · ")}</span>
      </span>
    </li>
  );
}

export function Registries() {
  const words = useWords();
  const states = statesOf(useStore(inSight).values());
  return (
    <section className="registries" aria-label={words.t("registries")}>
      <ul>
        {states.map((each) => (
          <Line key={each.registry} {...each} />
        ))}
      </ul>
    </section>
  );
}

// Says above everything else that what follows is not whole, and of which registry.
export function Partial() {
  const words = useWords();
  const states = statesOf(useStore(inSight).values());
  const named = (chosen) => words.list(chosen.map(({ registry }) => words.of("registry", registry)));
  const away = states.filter(({ state }) => state === "UNAVAILABLE");
  const old = states.filter(({ state, lag }) => state === "STALE" || (state !== "UNAVAILABLE" && lag > OLD));
  return (
    <div role="status" aria-live="polite" className="partials">
      {away.length > 0 && (
        <p className="partial away">
          <span aria-hidden="true">⚠ </span>
          {words.t("partial.away", { count: away.length, names: named(away) })}{" "}
          <button type="button" onClick={askAgain}>
            {words.t("ask.again")}
          </button>
        </p>
      )}
      {old.length > 0 && <p className="partial old">{words.t("partial.old", { count: old.length, names: named(old), ago: words.ago(Math.max(...old.map(({ lag }) => lag ?? 0))) })}</p>}
    </div>
  );
}
