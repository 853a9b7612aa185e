// Where there is no value: whether it is absent, may not be seen, or could not be had. Never told by colour alone.
import { ABSENT, AWAY, HIDDEN } from "../answer.js";
import { useWords } from "../words.js";

const SIGNS = { [ABSENT]: "—", [HIDDEN]: "▧", [AWAY]: "⚠" };

export function Gap({ kind = ABSENT }) {
  const words = useWords();
  const told = words.t(`gap.${kind}`);
  return (
    <span className={`gap ${kind}`} title={words.t(`gap.${kind}.why`)}>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      <span className={kind === ABSENT ? "unseen" : undefined}> {told}</span>
    </span>
  );
}

// A value, or why there is none. `path` and `coordinate` are those of the field in its answer.
export function Value({ answer, path, coordinate, value, children }) {
  if (value !== null && value !== undefined) return children ? children(value) : value;
  return <Gap kind={answer.gap(path, coordinate)} />;
}
