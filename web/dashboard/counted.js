// Figures of the workforce as the page uses them: each row by the names of its measures, in numbers.
const number = (value) => (value === null || value === undefined ? null : Number(value));

const named = (measures, row) => Object.fromEntries(measures.map((name, at) => [name, number(row.values[at])]));

// `{rows: [{keys, suppressed, WORKERS, …}], total}`; null where the figures could not be had.
export function counted(answer, field, measures) {
  const found = answer?.data[field];
  if (!found) return null;
  const rows = found.rows.map((row, at) => ({ ...named(measures, row), keys: row.keys, suppressed: row.suppressed, at }));
  return { rows, total: named(measures, found.total), suppressed: found.suppressed };
}

export const POSTS = ["WORKERS", "POSTS", "RATES", "VACANCIES"];
export const PEOPLE = ["WORKERS"];

// The organization with its branches, as the workforce is asked of it.
export const workforceWhere = (oid, more = {}) => ({ organizations: [oid], ...more });
