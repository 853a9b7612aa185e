// What a record says, in the reader's words: the evidence of a finding.
const STATUS_OF = { WORKERS: "workerStatus", ORGANIZATIONS: "organizationStatus", LICENSES: "licenseStatus", QUALIFICATIONS: "credentialStatus" };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function valued(words, { registry, field, value }) {
  if (field === "status") return words.of(STATUS_OF[registry], value);
  return DAY.test(value) ? words.day(value) : value;
}

// A field that this page has no word for keeps the schema's name; a value that is not told is left out.
export function told(words, each) {
  const field = words.of("field", each.field);
  return each.value === null ? field : words.t("field.told", { field, value: valued(words, each) });
}

function grouped(rows, key) {
  const groups = new Map();
  for (const each of rows) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return groups;
}

// Each registry with what its records say, record by record.
export const byRegistry = (evidence) =>
  [...grouped(evidence, ({ registry }) => registry)].map(([registry, rows]) => [registry, [...grouped(rows, ({ record }) => record).values()]]);
