// What the words of an address mean as filters of the gateway, for each list.

const zone = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Moscow" });

// The day as the registries count it, so many days from today.
export const dayFromNow = (days) => zone.format(Date.now() + days * 86_400_000).slice(0, 10);

const several = (text) => (text ? text.split(",") : null);
const without = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));

// The organization and its branches: what an employer's token reaches.
export const house = (oid) => ({ or: [{ oids: [oid] }, { parentOid: oid }] });

const BETTER = { SECOND: ["FIRST", "HIGHEST"], FIRST: ["HIGHEST"], HIGHEST: [] };

// The best category in force: so, and none that is better.
function categoryWhere(category) {
  if (!category) return null;
  if (category === "NONE") return { none: { inForce: true } };
  const better = BETTER[category] ?? [];
  return without({
    some: { categories: [category], inForce: true },
    none: better.length ? { categories: better, inForce: true } : null,
  });
}

function employmentWhere(oid, words) {
  return without({
    current: true,
    organization: house(oid),
    positions: several(words.get("position") ?? words.get("in")),
    departments: several(words.get("department")),
    kinds: several(words.get("kind")),
    practising: isBarred(words) ? true : null,
  });
}

export const BANDS = { UNDER_25: [null, 25], FROM_25: [25, 35], FROM_35: [35, 45], FROM_45: [45, 55], FROM_55: [55, 65], FROM_65: [65, null] };

// The day so many years ago; of a 29 February where there is none, the 28th.
function yearsAgo(years, days = 0) {
  const [year, month, day] = dayFromNow(0).split("-").map(Number);
  const last = new Date(Date.UTC(year - years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year - years, month - 1, Math.min(day, last) + days)).toISOString().slice(0, 10);
}

// Who is at least so old was born up to that day; who is younger than that, after it.
function bornWhere(band) {
  const [least, below] = BANDS[band] ?? [];
  if (least === undefined) return null;
  return without({ from: below && yearsAgo(below, 1), to: least && yearsAgo(least) });
}

// Who may not practise is asked of those whose position takes a credential: an orderly needs none.
const isBarred = (words) => words.get("allowed") === "no" || Boolean(words.get("reason"));

function eligibilityWhere(words) {
  const allowed = words.get("allowed");
  const found = without({ allowed: allowed ? allowed === "yes" : null, reasons: several(words.get("reason")) });
  return Object.keys(found).length ? found : null;
}

function rangeOf(words) {
  const days = words.get("ends");
  const from = words.get("from") ?? (days ? dayFromNow(0) : null);
  const to = words.get("to") ?? (days ? dayFromNow(Number(days)) : null);
  return from || to ? without({ from, to }) : null;
}

export function staffWhere(oid, words) {
  const ending = rangeOf(words);
  const specialties = several(words.get("specialty"));
  return without({
    employments: { some: employmentWhere(oid, words) },
    credentials: ending || specialties ? { some: without({ specialties, inForce: true, validUntil: ending }) } : null,
    categories: categoryWhere(words.get("category")),
    sexes: several(words.get("sex")),
    born: bornWhere(words.get("age")),
    statuses: several(words.get("status")),
    eligibility: eligibilityWhere(words),
  });
}

export function credentialWhere(oid, words) {
  const validUntil = rangeOf(words);
  return without({
    worker: { employments: { some: { current: true, organization: house(oid) } } },
    specialties: several(words.get("specialty")),
    kinds: several(words.get("kind")),
    statuses: several(words.get("status")),
    validUntil,
    inForce: validUntil && !words.get("status") ? true : null,
  });
}

export function licenseWhere(oid, words) {
  return without({
    organization: house(oid),
    statuses: several(words.get("status")),
    activities: several(words.get("activity")),
    validUntil: rangeOf(words),
  });
}

export function findingWhere(oid, words) {
  return without({
    organizations: [oid],
    kinds: several(words.get("finding")),
    severities: several(words.get("severity")),
    registries: several(words.get("registry")),
  });
}

export const NO_WORDS = new URLSearchParams();
export const wordsOf = (object) => new URLSearchParams(without(object));

// Nine spans of ten days, so that 30, 60 and 90 days are sums of them; today belongs to the first.
export const spans = () =>
  Array.from({ length: 9 }, (_, at) => ({ from: dayFromNow(at === 0 ? 0 : at * 10 + 1), to: dayFromNow((at + 1) * 10) }));

// How many of what is counted by day lie between two days, both of them included.
export const counts = (buckets, from, to) => buckets.reduce((sum, { value, count }) => (value >= from && value <= to ? sum + count : sum), 0);

// `sort=-name` is descending. What a list can be ordered by stands in its view.
export function orderOf(words, orders, otherwise) {
  const given = words.get("sort");
  if (!given) return otherwise;
  const name = given.replace(/^-/, "");
  if (!orders[name]) return otherwise;
  return [{ by: orders[name], direction: given.startsWith("-") ? "DESC" : "ASC" }];
}

export const SIZES = [25, 50, 100];

export function pageOf(words) {
  const size = SIZES.includes(Number(words.get("size"))) ? Number(words.get("size")) : SIZES[0];
  const before = words.get("before");
  if (before) return { first: null, after: null, last: size, before };
  return { first: size, after: words.get("after"), last: null, before: null };
}
