// What is wrong in the registries about the house: by kind, and by the registry that has to correct it.
import { Bars } from "../../parts/Bars.jsx";
import { Export } from "../../parts/Export.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

export function FindingsPanel({ asked }) {
  const words = useWords();
  const { oid, to } = useScope();
  const { answer } = asked;
  const found = answer?.data.findings;
  const problem = answer && !found ? answer.errorAt("findings") : null;
  const bars = (counts, kind, name, tone) =>
    (counts ?? [])
      .filter(({ value }) => value !== null)
      .map(({ value, count }) => ({ key: value, tone, label: words.of(kind, value), value: count, href: to("findings", { [name]: value }) }));
  return (
    <Panel
      className="wide"
      title={words.t("panel.findings")}
      note={words.t("panel.findings.note")}
      asked={asked}
      problem={problem}
      tools={
        <>
          <a href={to("findings")}>{words.t("all.of", { count: found?.totalCount ?? 0 })}</a>
          <Export noun="findings" asked={{ where: { organizations: [oid] } }} />
        </>
      }
    >
      {found?.totalCount === 0 ? (
        <p className="empty good">{words.t("findings.none")}</p>
      ) : (
        <div className="two">
          <Bars label={words.t("panel.findings")} rows={bars(found?.kinds, "findingKind", "finding", "warn")} />
          <div>
            <h3>{words.t("column.where")}</h3>
            <Bars label={words.t("column.where")} rows={bars(found?.registries, "registry", "registry", "faint")} />
          </div>
        </div>
      )}
    </Panel>
  );
}
