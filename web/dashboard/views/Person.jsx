// One employee, from all four registries.
import { useAsked } from "../asked.js";
import PERSON from "../documents/Person.graphql";
import { Gap, Value } from "../parts/Gap.jsx";
import { Panel, Waiting } from "../parts/Panel.jsx";
import { Problem } from "../parts/Problem.jsx";
import { Table } from "../parts/Table.jsx";
import { useRoute } from "../route.js";
import { useWords } from "../words.js";

const day = (words) => (value) => <time dateTime={value}>{words.day(value)}</time>;

function Facts({ answer, worker }) {
  const words = useWords();
  const facts = [
    ["registryNumber", (value) => value],
    ["status", (value) => words.of("workerStatus", value)],
    ["sex", (value) => words.of("sex", value)],
    ["birthDate", day(words)],
    ["snils", (value) => value],
    ["phone", (value) => value],
    ["email", (value) => value],
    ["registeredOn", day(words)],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, shown]) => (
        <div key={name}>
          <dt>{words.t(`person.${name}`)}</dt>
          <dd>
            <Value answer={answer} path={["worker", name]} coordinate={`Worker.${name}`} value={worker[name]}>
              {shown}
            </Value>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Verdict({ answer, eligibility }) {
  const words = useWords();
  if (!eligibility) return <Gap kind={answer.gap(["worker", "eligibility"], "Worker.eligibility")} />;
  const { allowed, reasons, specialties, on } = eligibility;
  return (
    <div className={`verdict ${allowed ? "good" : "bad"}`}>
      <p>
        <b>{words.t(allowed ? "allowed.yes" : "allowed.no")}</b> <small>{words.t("on", { day: words.day(on) })}</small>
      </p>
      {allowed && specialties.length > 0 && <p lang="ru">{specialties.map(({ name, code }) => name ?? code).join(", ")}</p>}
      {!allowed && (reasons ? <p>{words.list(reasons.map((reason) => words.of("reason", reason)))}</p> : <Gap kind={answer.gap(["worker", "eligibility", "reasons"], "Eligibility.reasons")} />)}
    </div>
  );
}

// A table of one kind of what belongs to him, or why it is not there.
function Held({ answer, worker, name, columns }) {
  const words = useWords();
  const title = words.t(`person.${name}`);
  const rows = worker[name];
  return (
    <Panel title={title} className="wide">
      {rows ? (
        <Table caption={title} columns={columns} rows={rows} keyOf={(_, at) => at} />
      ) : (
        <p className="empty">
          <Gap kind={answer.gap(["worker", name], `Worker.${name}`)} />
        </p>
      )}
    </Panel>
  );
}

const named = (entry) => <span lang="ru">{entry.name ?? entry.code}</span>;

function tables(answer, worker, words) {
  const date = (name, otherwise) => ({
    head: `column.${name}`,
    kind: "date",
    cell: (row) => (row[name] ? day(words)(row[name]) : (otherwise ?? <Gap />)),
  });
  return {
    employments: [
      { head: "column.position", cell: ({ position }) => named(position) },
      {
        head: "column.organization",
        cell: (row) => (
          <>
            {row.organization ? <span lang="ru">{row.organization.shortName}</span> : row.organizationOid}
            {row.department && <small lang="ru">{row.department.name}</small>}
          </>
        ),
      },
      { head: "column.kind", cell: ({ kind }) => words.of("employment", kind) },
      {
        head: "column.rate",
        kind: "number",
        cell: (row) => (row.rate === null ? <Gap kind={answer.hides("Employment.rate") ? "hidden" : "absent"} /> : words.number(row.rate)),
      },
      date("startedOn"),
      date("endedOn", words.t("lasting")),
    ],
    credentials: [
      { head: "column.specialty", cell: ({ specialty }) => named(specialty) },
      { head: "column.document", cell: ({ kind, number }) => <>{words.of("credentialKind", kind)}<small>№ {number}</small></> },
      { head: "column.status", cell: ({ status }) => words.of("credentialStatus", status) },
      date("issuedOn"),
      { ...date("validUntil"), head: "column.until" },
    ],
    categories: [
      { head: "column.category", cell: ({ category }) => named(category) },
      { head: "column.specialty", cell: ({ specialty }) => named(specialty) },
      date("assignedOn"),
      { ...date("validUntil"), head: "column.until" },
    ],
    restrictions: [
      { head: "column.kind", cell: ({ kind }) => words.of("restriction", kind) },
      { head: "column.reason", cell: ({ reason, authority }) => <><span lang="ru">{reason}</span><small lang="ru">{authority}</small></> },
      date("imposedOn"),
      date("liftedOn", words.t("lasting")),
    ],
  };
}

export function Person() {
  const words = useWords();
  const number = useRoute().get("number") ?? "";
  const { answer, refused, waiting } = useAsked(PERSON, { registryNumber: number });
  const worker = answer?.data.worker;
  if (refused) return <Problem error={refused} />;
  if (!answer) return <Waiting lines={8} />;
  if (!worker) {
    const error = answer.errorAt("worker");
    return (
      <>
        <h1>№ {number}</h1>
        {error ? <Problem error={error} /> : <p className="lead">{words.t("person.unknown")}</p>}
      </>
    );
  }
  return (
    <article aria-busy={waiting}>
      <div className="title">
        <h1 lang="ru">{worker.fullName}</h1>
      </div>
      <div className="panels">
        <Panel title={words.t("person.facts")}>
          <Facts {...{ answer, worker }} />
        </Panel>
        <Panel title={words.t("person.eligibility")}>
          <Verdict answer={answer} eligibility={worker.eligibility} />
        </Panel>
        {Object.entries(tables(answer, worker, words)).map(([name, columns]) => (
          <Held key={name} {...{ answer, worker, name, columns }} />
        ))}
      </div>
    </article>
  );
}
