// What is wrong in the registries about the house, and which of them has to correct it.
import FINDINGS from "../documents/Findings.graphql";
import { byRegistry, told } from "../evidence.js";
import { findingWhere } from "../filters.js";
import { Gap } from "../parts/Gap.jsx";
import { List } from "../parts/List.jsx";
import { useRoute } from "../route.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";

// Whom or what a finding is about: as much of it as the caller may be told.
function About({ answer, row: { node, path } }) {
  const { to } = useScope();
  const things = [
    node.worker && (
      <a key="worker" href={to("person", { number: node.worker.registryNumber })} lang="ru">
        {node.worker.fullName}
      </a>
    ),
    node.credential && <small key="credential">№ {node.credential.number}</small>,
    node.license && (
      <a key="license" href={to("licenses", { q: node.license.number })}>
        {node.license.number}
      </a>
    ),
    node.organization && (
      <small key="organization" lang="ru">
        {node.organization.shortName}
      </small>
    ),
  ].filter(Boolean);
  return things.length > 0 ? things : <Gap kind={answer.gap([...path, "worker"], "Finding.worker")} />;
}

function Evidence({ answer, row: { node, path } }) {
  const words = useWords();
  if (!node.evidence) return <Gap kind={answer.gap([...path, "evidence"], "Finding.evidence")} />;
  return (
    <ul className="plain">
      {byRegistry(node.evidence).map(([registry, records]) => (
        <li key={registry}>
          <small>
            {words.of("registry", registry)}. {records.map((facts) => facts.map((each) => told(words, each)).join(", ")).join("; ")}
          </small>
        </li>
      ))}
    </ul>
  );
}

export function Findings() {
  const words = useWords();
  const route = useRoute();
  const { oid, to } = useScope();
  const where = findingWhere(oid, route);

  const columns = (answer) => [
    {
      head: "column.finding",
      cell: ({ node }) => (
        <>
          {words.of("findingKind", node.kind)}
          <small className={node.severity === "CRITICAL" ? "bad" : undefined}>{words.of("severity", node.severity)}</small>
        </>
      ),
    },
    { head: "column.about", cell: (row) => <About {...{ answer, row }} /> },
    { head: "column.evidence", cell: (row) => <Evidence {...{ answer, row }} /> },
    {
      head: "column.where",
      cell: ({ node }) => (
        <>
          {words.of("registry", node.registry)}
          <small>{node.remedy}</small>
        </>
      ),
    },
    { head: "column.since", kind: "date", cell: ({ node, path }) => (node.since ? <time dateTime={node.since}>{words.day(node.since)}</time> : <Gap kind={answer.gap([...path, "since"], "Finding.since")} />) },
  ];

  const offered = (counts, kind) => (counts ?? []).filter(({ value }) => value !== null).map(({ value, count }) => ({ value, count, label: words.of(kind, value) }));
  const filters = (_, found) => [
    { name: "finding", label: words.t("filter.findingKind"), options: offered(found?.kinds, "findingKind") },
    { name: "severity", label: words.t("filter.severity"), options: offered(found?.severities, "severity") },
    { name: "registry", label: words.t("filter.registry"), options: offered(found?.registries, "registry") },
  ];

  return (
    <List
      forward
      title={words.t("findings")}
      lead={words.t("findings.lead")}
      document={FINDINGS}
      root="findings"
      noun="findings"
      where={where}
      more={{ language: words.code.toUpperCase() }}
      keyOf={({ node }) => node.id}
      clear={to("findings")}
      {...{ columns, filters }}
    />
  );
}
