// Who works there and may not practise: by reason, and the first of them.
import { Bars } from "../../parts/Bars.jsx";
import { Gap } from "../../parts/Gap.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

function Reasons({ answer, path, eligibility }) {
  const words = useWords();
  if (!eligibility) return <Gap kind={answer.gap([...path, "eligibility"], "Worker.eligibility")} />;
  if (!eligibility.reasons) return <Gap kind={answer.gap([...path, "eligibility", "reasons"], "Eligibility.reasons")} />;
  return words.list(eligibility.reasons.map((reason) => words.of("reason", reason)));
}

export function BarredPanel({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const { answer } = asked;
  const found = answer?.data.workers;
  const problem = answer && !found ? answer.errorAt("workers") : null;
  const reasons = (found?.facets[0].buckets ?? []).filter(({ value }) => value !== null);
  return (
    <Panel
      className="half"
      title={words.t("panel.barred")}
      note={words.t("panel.barred.note")}
      asked={asked}
      problem={problem}
      tools={<a href={to("staff", { allowed: "no" })}>{words.t("all.of", { count: found?.totalCount ?? 0 })}</a>}
    >
      {found?.totalCount === 0 ? (
        <p className="empty good">{words.t("barred.none")}</p>
      ) : (
        <>
          <Bars
            label={words.t("panel.barred")}
            rows={reasons.map(({ value, count }) => ({ key: value, tone: "bad", label: words.of("reason", value), value: count, href: to("staff", { allowed: "no", reason: value }) }))}
          />
          <ul className="next">
            {(found?.nodes ?? []).map((node, at) =>
              node ? (
                <li key={node.registryNumber}>
                  <span>
                    <a href={to("person", { number: node.registryNumber })} lang="ru">
                      {node.fullName}
                    </a>
                    <small>
                      <Reasons answer={answer} path={["workers", "nodes", at]} eligibility={node.eligibility} />
                    </small>
                  </span>
                </li>
              ) : (
                <li key={at}>
                  <Gap kind={answer.gap(["workers", "nodes", at])} />
                </li>
              ),
            )}
          </ul>
        </>
      )}
    </Panel>
  );
}
