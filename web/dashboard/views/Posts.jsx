// The staffing schedule: posts against occupied rates by position, and the posts of each department.
import { useAsked } from "../asked.js";
import POSTS from "../documents/Posts.graphql";
import { Gap } from "../parts/Gap.jsx";
import { Waiting } from "../parts/Panel.jsx";
import { Problem } from "../parts/Problem.jsx";
import { Table } from "../parts/Table.jsx";
import { changed, useRoute } from "../route.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";
import { postsOf } from "./house/posts.js";

// What is planned of each position, and how much of it is taken; `vacant` and `position` narrow it.
function Positions({ answer, route, to, words }) {
  const found = postsOf(answer);
  const path = ["organization", "staffing"];
  if (!found) return answer.errorAt(...path) ? <Problem error={answer.errorAt(...path)} /> : <p className="empty">{words.t("house.unknown")}</p>;
  const chosen = found.rows.filter((row) => (!route.get("vacant") || row.vacant > 0) && (!route.get("position") || row.code === route.get("position")));
  const rows = chosen.sort((one, other) => (other.vacant ?? 0) - (one.vacant ?? 0) || one.name.localeCompare(other.name, "ru"));
  const cell = (name, coordinate) => (row) =>
    row[name] === null ? <Gap kind={answer.gap(path, `PositionStaffing.${coordinate ?? name}`)} /> : words.number(row[name]);
  const columns = [
    { head: "column.position", cell: ({ name }) => <span lang="ru">{name}</span> },
    { head: "column.posts", kind: "number", cell: cell("posts") },
    { head: "column.occupied", kind: "number", cell: cell("occupied") },
    { head: "column.vacant", kind: "number", cell: (row) => <b className={row.vacant > 0 ? "warn" : undefined}>{cell("vacant")(row)}</b> },
    {
      head: "column.people",
      kind: "number",
      cell: (row) => (row.people > 0 ? <a href={to("staff", { position: row.code })}>{words.number(row.people)}</a> : cell("people")(row)),
    },
  ];
  return <Table caption={words.t("posts.byPosition")} columns={columns} rows={rows} keyOf={({ code }) => code} />;
}

function Departments({ answer, route, to, words }) {
  const path = ["organization", "staffingUnits"];
  const units = answer.data.organization?.staffingUnits;
  if (!units) return answer.errorAt(...path) ? <Problem error={answer.errorAt(...path)} /> : null;
  const rows = units
    .filter(({ position }) => !route.get("position") || position.code === route.get("position"))
    .sort((one, other) => (one.department?.name ?? "").localeCompare(other.department?.name ?? "", "ru"));
  const columns = [
    { head: "column.department", cell: ({ department }) => (department ? <span lang="ru">{department.name}</span> : <Gap />) },
    { head: "column.position", cell: ({ position }) => <span lang="ru">{position.name ?? position.code}</span> },
    { head: "column.posts", kind: "number", cell: ({ posts }) => words.number(posts) },
    {
      head: "column.people",
      cell: ({ department, position }) => department && <a href={to("staff", { department: department.id, position: position.code })}>{words.t("who")}</a>,
    },
  ];
  return <Table caption={words.t("posts.byDepartment")} columns={columns} rows={rows} keyOf={(_, at) => at} />;
}

function Schedule(all) {
  const { route, words } = all;
  const narrowed = route.get("position") || route.get("vacant");
  return (
    <>
      {narrowed && (
        <p>
          <a className="chip" href={changed(route, { position: null, vacant: null })}>
            {words.t("filters.clear")} <span aria-hidden="true">×</span>
          </a>
        </p>
      )}
      <h2>{words.t("posts.byPosition")}</h2>
      <Positions {...all} />
      <h2>{words.t("posts.byDepartment")}</h2>
      <Departments {...all} />
    </>
  );
}

export function Posts() {
  const words = useWords();
  const route = useRoute();
  const { oid, to } = useScope();
  const { answer, refused, waiting } = useAsked(POSTS, { oid });
  return (
    <section className="list" aria-busy={waiting}>
      <header>
        <h1>{words.t("posts")}</h1>
        <p className="lead">{words.t("posts.lead")}</p>
      </header>
      {refused ? <Problem error={refused} /> : answer ? <Schedule {...{ answer, route, to, words }} /> : <Waiting lines={8} />}
    </section>
  );
}
