// Posts planned against rates occupied, by position and by department: where what is vacant.
import { useAsked } from "../asked.js";
import { counted, POSTS as MEASURES, workforceWhere } from "../counted.js";
import POSTS from "../documents/Posts.graphql";
import { Export } from "../parts/Export.jsx";
import { Gap } from "../parts/Gap.jsx";
import { Waiting } from "../parts/Panel.jsx";
import { Problem } from "../parts/Problem.jsx";
import { Table } from "../parts/Table.jsx";
import { changed, useRoute } from "../route.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";

const SHOWN = 60; // rows of a large house's departments that are drawn at first

const collated = (one, other) => one.localeCompare(other, "ru");

// What the rows are narrowed to by the address, in the gateway's words.
function narrowed(oid, route) {
  const [position, department] = [route.get("position"), route.get("department")];
  return workforceWhere(oid, { ...(position && { positions: [position] }), ...(department && { departments: [department] }) });
}

function measured(words, to) {
  const cell = (measure) => (row) => (row[measure] === null ? <Gap kind={row.suppressed ? "small" : "absent"} /> : words.number(row[measure]));
  const people = (row) => (row.WORKERS > 0 && row.href ? <a href={row.href}>{words.number(row.WORKERS)}</a> : cell("WORKERS")(row));
  return [
    { head: "column.posts", kind: "number", cell: cell("POSTS") },
    { head: "column.occupied", kind: "number", cell: cell("RATES") },
    { head: "column.vacant", kind: "number", cell: (row) => <b className={row.VACANCIES > 0 ? "warn" : undefined}>{cell("VACANCIES")(row)}</b> },
    { head: "column.people", kind: "number", cell: people },
  ];
}

function Section({ title, asked, groupBy, error, children }) {
  return (
    <section className="part" aria-label={title}>
      <div className="outcome">
        <h2>{title}</h2>
        {!error && <Export noun="workforce" asked={{ ...asked, groupBy, measures: MEASURES }} />}
      </div>
      {error ? <Problem error={error} /> : children}
    </section>
  );
}

function Chosen({ route, answer }) {
  const words = useWords();
  const { positions, departments } = answer.data;
  const position = positions?.rows.find(({ keys }) => keys[0].value === route.get("position"))?.keys[0].entry?.name;
  const department = departments?.rows.find(({ keys }) => keys[0].department?.id === route.get("department"))?.keys[0].department.name;
  const chips = [
    ["position", words.t("filter.position"), position ?? route.get("position")],
    ["department", words.t("filter.department"), department ?? "…"],
    ["vacant", words.t("column.vacant"), words.t("vacant.only")],
  ].filter(([name]) => route.get(name));
  if (chips.length === 0) return null;
  return (
    <ul className="chosen" aria-label={words.t("filters.chosen")}>
      {chips.map(([name, label, value]) => (
        <li key={name}>
          <a className="chip" href={changed(route, { [name]: null })} aria-label={words.t("filter.remove", { label, value })}>
            {label}: <b>{value}</b> <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Schedule({ answer, route, where }) {
  const words = useWords();
  const { to } = useScope();
  const wanted = ({ VACANCIES }) => !route.get("vacant") || VACANCIES > 0;
  const nameOf = ({ entry, value }) => entry?.name ?? value ?? "";
  const positions = (counted(answer, "positions", MEASURES)?.rows ?? [])
    .filter(wanted)
    .map((row) => ({ ...row, position: row.keys[0], href: to("staff", { position: row.keys[0].value, department: route.get("department") }) }))
    .sort((one, other) => other.VACANCIES - one.VACANCIES || collated(nameOf(one.position), nameOf(other.position)));
  const departments = (counted(answer, "departments", MEASURES)?.rows ?? [])
    .filter(wanted)
    .map((row) => ({ ...row, department: row.keys[0].department, position: row.keys[1] }))
    .map((row) => ({ ...row, href: row.department ? to("staff", { position: row.position.value, department: row.department.id }) : null }))
    .sort((one, other) => !one.department - !other.department || collated(one.department?.name ?? "", other.department?.name ?? "") || collated(nameOf(one.position), nameOf(other.position)));
  const position = { head: "column.position", cell: (row) => <span lang="ru">{nameOf(row.position)}</span> };
  const department = {
    head: "column.department",
    cell: (row) =>
      row.department ? (
        <>
          <span lang="ru">{row.department.name}</span>
          <small lang="ru">{row.department.organization?.shortName}</small>
        </>
      ) : row.keys[0].value ? (
        <Gap kind={answer.gap(["departments", "rows", row.at, "keys", 0, "department"])} />
      ) : (
        words.t("department.none")
      ),
  };
  const figures = measured(words, to);
  return (
    <>
      <Chosen route={route} answer={answer} />
      <Section title={words.t("posts.byPosition")} asked={{ where }} groupBy={["POSITION"]} error={answer.errorAt("positions")}>
        <Table caption={words.t("posts.byPosition")} columns={[position, ...figures]} rows={positions} keyOf={({ at }) => at} />
      </Section>
      <Section title={words.t("posts.byDepartment")} asked={{ where }} groupBy={["DEPARTMENT", "POSITION"]} error={answer.data.departments ? null : answer.errorAt("departments")}>
        <Table caption={words.t("posts.byDepartment")} columns={[department, position, ...figures]} rows={departments} keyOf={({ at }) => at} first={SHOWN} />
      </Section>
    </>
  );
}

export function Posts() {
  const words = useWords();
  const route = useRoute();
  const { oid } = useScope();
  const where = narrowed(oid, route);
  const { answer, refused, waiting } = useAsked(POSTS, { house: where });
  return (
    <section className="list" aria-busy={waiting}>
      <header>
        <h1>{words.t("posts")}</h1>
        <p className="lead">{words.t("posts.lead")}</p>
      </header>
      {refused ? <Problem error={refused} /> : answer ? <Schedule {...{ answer, route, where }} /> : <Waiting lines={8} />}
    </section>
  );
}
