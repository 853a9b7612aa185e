// One line under the answer: how long it took, and what each registry said.
import { answer } from "./fetcher.js";
import { useStore } from "./store.js";

// Registries come as a list of named entries or as a map by name.
function states(registries) {
  if (Array.isArray(registries)) return registries.map(({ name, registry, ...rest }) => [name ?? registry, rest]);
  return Object.entries(registries ?? {});
}

const word = (state) => (typeof state === "string" ? state : (state?.status ?? state?.state ?? "?"));
const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`);

export function Outcome() {
  const got = useStore(answer);
  if (!got) return null;
  const { status, took, extensions } = got;
  return (
    <div className="outcome" role="status">
      <span>
        {status} · {Math.round(took)} ms · {size(got.size)}
      </span>
      {states(extensions?.registries).map(([name, state]) => (
        <span key={name} className={`registry ${word(state).toLowerCase()}`}>
          {name.toLowerCase()} {word(state)}
        </span>
      ))}
    </div>
  );
}
