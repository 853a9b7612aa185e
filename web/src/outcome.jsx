// One line under the answer: how long it took, what each registry said, what was not shown.
import { answer } from "./fetcher.js";
import { useStore } from "./watched.js";

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`);

function Withheld({ lines }) {
  if (!lines?.length) return null;
  const told = lines.map(({ coordinate, outcome, reason }) => `${coordinate}: ${outcome}, ${reason}`).join("\n");
  return <span title={told}>no right to {new Set(lines.map(({ coordinate }) => coordinate)).size} fields</span>;
}

export function Outcome() {
  const got = useStore(answer);
  if (!got) return null;
  const { registries = [], access } = got.extensions ?? {};
  return (
    <div className="outcome" role="status">
      <span>
        {got.status} · {Math.round(got.took)} ms · {size(got.size)}
      </span>
      {registries.map(({ registry, state }) => (
        <span key={registry} className={`registry ${state.toLowerCase()}`}>
          {registry.toLowerCase()} {state}
        </span>
      ))}
      <Withheld lines={access} />
    </div>
  );
}
