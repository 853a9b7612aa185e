// The staff: found by a text and by the facts of all four registries.
import { ABSENT, HIDDEN } from "../answer.js";
import STAFF from "../documents/Staff.graphql";
import { BANDS, staffWhere } from "../filters.js";
import { Gap, Value } from "../parts/Gap.jsx";
import { List } from "../parts/List.jsx";
import { useRoute } from "../route.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";

const ORDERS = { name: "NAME", position: "POSITION", category: "CATEGORY", ends: "NEAREST_EXPIRY", allowed: "ELIGIBLE" };
const BY_CODE = new Set(["POSITION", "SPECIALTY"]);
const COLUMNS = [
  ...["registryNumber", "fullName", "birthYear", "status", "positions", "department", "rate", "employmentKind", "employedSince", "organization"],
  ...["category", "categoryUntil", "specialties", "credentialNumber", "credentialUntil", "eligible", "eligibilityReasons"],
];
const GROUPS = ["PHYSICIAN", "NURSE", "PHARMACIST", "OTHER", "NONE"];
const RANKS = ["HIGHEST", "FIRST", "SECOND"];

// The jobs in the house that is in sight, its branches' too; others of the same person are counted elsewhere.
function Jobs({ answer, row, oid }) {
  const words = useWords();
  const jobs = row.node.employments;
  if (!jobs) return <Gap kind={answer.gap([...row.path, "employments"], "Worker.employments")} />;
  const own = jobs.filter(({ organizationOid, organization }) => organizationOid === oid || organization?.parentOid === oid);
  return (
    <ul className="plain">
      {(own.length ? own : jobs).map((job, at) => (
        <li key={at}>
          <span lang="ru">{job.position.name ?? job.position.code}</span>
          <small>
            {job.department && <span lang="ru">{job.department.name} · </span>}
            {job.rate === null ? <Gap kind={answer.hides("Employment.rate") ? HIDDEN : ABSENT} /> : words.t("rate", { count: Number(job.rate) })}
            {job.kind !== "MAIN" && ` · ${words.of("employment", job.kind)}`}
          </small>
        </li>
      ))}
    </ul>
  );
}

function NextEnd({ answer, row }) {
  const words = useWords();
  const held = row.node.credentials;
  if (!held) return <Gap kind={answer.gap([...row.path, "credentials"], "Worker.credentials")} />;
  const today = new Date().toISOString().slice(0, 10);
  const [next] = held
    .filter(({ status, validUntil }) => (status === "ACTIVE" || status === "RENEWING") && validUntil >= today)
    .sort((one, other) => one.validUntil.localeCompare(other.validUntil));
  if (!next) return <span className="warn">{words.t("credential.none")}</span>;
  return (
    <>
      <time dateTime={next.validUntil}>{words.day(next.validUntil)}</time>
      <small lang="ru"> {next.specialty.name ?? next.specialty.code}</small>
    </>
  );
}

function Category({ answer, row }) {
  const words = useWords();
  const held = row.node.categories;
  if (!held) return <Gap kind={answer.gap([...row.path, "categories"], "Worker.categories")} />;
  const today = new Date().toISOString().slice(0, 10);
  const codes = held.filter(({ validUntil }) => validUntil >= today).map(({ category }) => category.code);
  const best = RANKS.find((rank) => codes.includes(rank)) ?? codes[0];
  return best ? words.of("category", best) : <Gap />;
}

function Allowed({ answer, row }) {
  const words = useWords();
  const path = [...row.path, "eligibility"];
  return (
    <Value answer={answer} path={path} coordinate="Worker.eligibility" value={row.node.eligibility}>
      {({ allowed, reasons }) =>
        allowed ? (
          <span className="good">{words.t("allowed.yes")}</span>
        ) : (
          <>
            <span className="bad">{words.t("allowed.no")}</span>
            <small>
              {reasons ? (
                words.list(reasons.map((reason) => words.of("reason", reason)))
              ) : (
                <Gap kind={answer.gap([...path, "reasons"], "Eligibility.reasons")} />
              )}
            </small>
          </>
        )
      }
    </Value>
  );
}

export function Staff() {
  const words = useWords();
  const route = useRoute();
  const { oid, to } = useScope();
  const barred = route.get("allowed") === "no";

  const columns = (answer) => [
    {
      head: "column.name",
      sort: "name",
      cell: ({ node, path }) =>
        node ? (
          <>
            <a href={to("person", { number: node.registryNumber })}>
              <span lang="ru">{node.fullName}</span>
            </a>
            <small>
              {node.birthYear ? `${words.t("born", { year: String(node.birthYear) })} · ` : ""}№ {node.registryNumber}
            </small>
          </>
        ) : (
          <Gap kind={answer.gap(path)} />
        ),
    },
    { head: "column.position", sort: "position", cell: (row) => row.node && <Jobs {...{ answer, row, oid }} /> },
    { head: "column.category", sort: "category", cell: (row) => row.node && <Category {...{ answer, row }} /> },
    { head: "column.credential", sort: "ends", cell: (row) => row.node && <NextEnd {...{ answer, row }} /> },
    { head: "column.allowed", sort: "allowed", cell: (row) => row.node && <Allowed {...{ answer, row }} /> },
  ];

  const facetLabel = (by, { value, count, entry }) => {
    if (BY_CODE.has(by)) return { value, count, label: entry?.name ?? value, lang: "ru" };
    if (by === "CATEGORY") return { value, count, label: words.of("category", value) };
    if (by === "SEX") return { value, count, label: words.of("sex", value) };
    if (by === "ELIGIBLE") return { value: value === "true" ? "yes" : "no", count, label: words.t(`allowed.${value === "true" ? "yes" : "no"}`) };
    return { value, count, label: words.of("reason", value) };
  };

  const filters = (facets) => [
    { name: "group", chip: true, also: { in: null }, label: words.t("filter.group"), options: GROUPS.map((value) => ({ value, label: words.of("group", value) })) },
    { name: "department", chip: true, label: words.t("filter.department"), options: [] },
    { name: "position", label: words.t("filter.position"), options: facets.POSITION ?? [] },
    { name: "specialty", label: words.t("filter.specialty"), options: facets.SPECIALTY ?? [] },
    {
      name: "category",
      label: words.t("filter.category"),
      options: [...(facets.CATEGORY ?? []), { value: "NONE", label: words.t("category.NONE") }],
    },
    { name: "allowed", label: words.t("filter.allowed"), options: facets.ELIGIBLE ?? [] },
    { name: "reason", label: words.t("filter.reason"), options: facets.ELIGIBILITY_REASON ?? [] },
    { name: "ends", label: words.t("filter.ends"), options: [30, 60, 90].map((days) => ({ value: String(days), label: words.t("within", { count: days }) })) },
    { name: "age", label: words.t("filter.age"), options: Object.keys(BANDS).map((value) => ({ value, label: words.of("age", value) })) },
    { name: "sex", label: words.t("filter.sex"), options: facets.SEX ?? [] },
    { name: "kind", label: words.t("filter.kind"), options: ["MAIN", "INTERNAL_PART", "COMBINATION", "EXTERNAL_PART"].map((value) => ({ value, label: words.of("employment", value) })) },
  ];

  return (
    <List
      title={words.t(barred ? "staff.barred" : "staff")}
      lead={words.t(barred ? "staff.barred.lead" : "staff.lead")}
      document={STAFF}
      root="workers"
      noun="workers"
      where={staffWhere(oid, route)}
      orders={ORDERS}
      order={[{ by: "NAME" }]}
      hint={words.t("staff.hint")}
      keyOf={({ node }, at) => node?.registryNumber ?? at}
      clear={to("staff")}
      columnsOfExport={COLUMNS}
      {...{ columns, filters, facetLabel }}
    />
  );
}
