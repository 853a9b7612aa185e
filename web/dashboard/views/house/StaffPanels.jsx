// Who works there: by group of positions, by category, by age.
import { counted, PEOPLE, POSTS, workforceWhere } from "../../counted.js";
import { BANDS } from "../../filters.js";
import { Bars } from "../../parts/Bars.jsx";
import { Columns } from "../../parts/Columns.jsx";
import { Export } from "../../parts/Export.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

const RANKS = ["HIGHEST", "FIRST", "SECOND", null];
const SEXES = ["F", "M"];

// A panel of one question about the workforce, which can be taken home too.
export function CountedPanel({ title, note, asked, field, groupBy, measures, className, children }) {
  const { oid } = useScope();
  const { answer } = asked;
  const problem = answer && !answer.data[field] ? answer.errorAt(field) : null;
  return (
    <Panel {...{ title, note, asked, problem, className }} tools={<Export noun="workforce" asked={{ where: workforceWhere(oid), groupBy, measures }} />}>
      {children}
    </Panel>
  );
}

function row(words, { WORKERS, suppressed }, all, more) {
  return { value: WORKERS, gap: suppressed && WORKERS === null ? "small" : undefined, told: `${words.number(WORKERS)} · ${words.share(WORKERS, all)}`, ...more };
}

function Groups({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const found = counted(asked.answer, "groups", PEOPLE);
  const positions = counted(asked.answer, "positions", POSTS);
  // The positions of a group that somebody has here: the list asks by them.
  const codes = (group) => (positions?.rows ?? []).filter(({ keys }) => keys[0].value === group && keys[1].value !== null).map(({ keys }) => keys[1].value);
  const rows = (found?.rows ?? []).map((each) => {
    const group = each.keys[0].value;
    const there = codes(group);
    return row(words, each, found.total.WORKERS, {
      key: group ?? "NONE",
      label: words.of("group", group ?? "NONE"),
      href: there.length > 0 ? to("staff", { group: group ?? "NONE", in: there.join(",") }) : undefined,
    });
  });
  return (
    <CountedPanel title={words.t("panel.groups")} asked={asked} field="groups" groupBy={["POSITION_GROUP"]} measures={PEOPLE}>
      <Bars label={words.t("panel.groups")} rows={rows} />
    </CountedPanel>
  );
}

function Categories({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const found = counted(asked.answer, "categories", PEOPLE);
  const rows = RANKS.map((code) => found?.rows.find(({ keys }) => keys[0].value === code)).filter(Boolean);
  return (
    <CountedPanel title={words.t("panel.categories")} asked={asked} field="categories" groupBy={["CATEGORY"]} measures={PEOPLE}>
      <Bars
        label={words.t("panel.categories")}
        rows={rows.map((each) => {
          const code = each.keys[0].value ?? "NONE";
          return row(words, each, found.total.WORKERS, { key: code, tone: code === "NONE" ? "faint" : undefined, label: words.of("category", code), href: to("staff", { category: code }) });
        })}
      />
    </CountedPanel>
  );
}

function Ages({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const found = counted(asked.answer, "ages", PEOPLE);
  const of = (band, sex) => found?.rows.find(({ keys }) => keys[0].value === band && keys[1].value === sex)?.WORKERS ?? 0;
  const rows = Object.keys(BANDS).map((band) => ({
    key: band,
    label: words.of("age", band),
    tick: words.has(`age.short.${band}`) ? words.t(`age.short.${band}`) : words.of("age", band),
    values: Object.fromEntries(SEXES.map((sex) => [sex, of(band, sex)])),
    hrefs: Object.fromEntries(SEXES.map((sex) => [sex, to("staff", { age: band, sex })])),
  }));
  const kinds = SEXES.map((name) => ({ name, label: words.t(`sexes.${name}`) }));
  return (
    <CountedPanel className="drawn" title={words.t("panel.ages")} asked={asked} field="ages" groupBy={["AGE_BAND", "SEX"]} measures={PEOPLE}>
      <Columns rows={rows} kinds={kinds} label={words.t("panel.ages")} head={words.t("column.age")} />
    </CountedPanel>
  );
}

export function StaffPanels({ asked }) {
  return (
    <>
      <Groups asked={asked} />
      <Categories asked={asked} />
      <Ages asked={asked} />
    </>
  );
}
