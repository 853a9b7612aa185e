// One answer of the gateway: its data, and for every null in it whether it is absent, hidden or could not be had.

export const ABSENT = "absent";
export const HIDDEN = "hidden";
export const AWAY = "away";

const sameStart = (path, longer) => path.length <= longer.length && path.every((step, at) => String(step) === String(longer[at]));

export class Answer {
  constructor({ data, errors, extensions }) {
    this.data = data ?? {};
    this.errors = errors ?? [];
    this.registries = extensions?.registries ?? [];
    this.access = extensions?.access ?? [];
    this.dangling = extensions?.dangling ?? [];
    this.grants = extensions?.grants ?? [];
  }

  // The error that made the value at this path null.
  errorAt(...path) {
    return this.errors.find((error) => error.path && sameStart(error.path, path)) ?? null;
  }

  hides(coordinate) {
    return this.access.some((line) => line.coordinate === coordinate && line.outcome === "WITHHELD");
  }

  // Why there is no value at this path, which is what `coordinate` says in the schema.
  gap(path, coordinate) {
    if (this.errorAt(...path)) return AWAY;
    return coordinate && this.hides(coordinate) ? HIDDEN : ABSENT;
  }

  // References that lead nowhere: the value stands in one registry, and another does not know it.
  dangles(...path) {
    return this.dangling.some((line) => line.path && sameStart(line.path, path));
  }

  get away() {
    return this.registries.filter(({ state }) => state === "UNAVAILABLE").map(({ registry }) => registry);
  }

  get isPartial() {
    return this.errors.length > 0 || this.away.length > 0;
  }
}
