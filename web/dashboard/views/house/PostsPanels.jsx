// Posts against the rates that are occupied, by position and by department, the most vacant first.
import { counted, POSTS } from "../../counted.js";
import { Bars } from "../../parts/Bars.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";
import { CountedPanel } from "./StaffPanels.jsx";

const SHOWN = 7;

function told(words, { POSTS: posts, RATES: rates, VACANCIES: vacant }) {
  return words.t(vacant > 0 ? "posts.vacant" : "posts.told", { posts, rates, vacant });
}

// The rows that have the most vacant posts, as bars.
function vacantFirst(words, rows, more) {
  return rows
    .filter(({ POSTS: posts }) => posts > 0)
    .sort((one, other) => other.VACANCIES - one.VACANCIES || other.POSTS - one.POSTS)
    .slice(0, SHOWN)
    .map((row) => ({ value: row.RATES ?? 0, of: row.POSTS, told: told(words, row), ...more(row) }));
}

export function PostsPanels({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const positions = counted(asked.answer, "positions", POSTS)?.rows ?? [];
  const departments = counted(asked.answer, "departments", POSTS)?.rows ?? [];
  const ofPosition = ({ keys: [, { value, entry }] }) => ({ key: value ?? "NONE", label: entry?.name ?? value ?? "—", lang: "ru", href: to("posts", { position: value }) });
  const ofDepartment = ({ keys: [{ value, department }] }) => ({
    key: value ?? "NONE",
    label: department?.name ?? words.t(value ? "department.away" : "department.none"),
    lang: department ? "ru" : words.code,
    href: department ? to("posts", { department: department.id }) : undefined,
  });
  const same = { asked, note: words.t("panel.posts.note"), measures: POSTS, className: "half" };
  return (
    <>
      <CountedPanel {...same} title={words.t("panel.posts")} field="positions" groupBy={["POSITION"]}>
        <Bars label={words.t("panel.posts")} rows={vacantFirst(words, positions, ofPosition)} />
        <p className="further">
          <a href={to("posts")}>{words.t("all.positions", { count: positions.length })}</a>
        </p>
      </CountedPanel>
      <CountedPanel {...same} title={words.t("panel.departments")} field="departments" groupBy={["DEPARTMENT"]}>
        <Bars label={words.t("panel.departments")} rows={vacantFirst(words, departments, ofDepartment)} />
        <p className="further">
          <a href={to("posts")}>{words.t("all.departments", { count: departments.length })}</a>
        </p>
      </CountedPanel>
    </>
  );
}
