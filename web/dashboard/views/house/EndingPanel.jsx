// What ends within 90 days: on a time line, and the next of it as a list.
import { counts, spans } from "../../filters.js";
import { Columns } from "../../parts/Columns.jsx";
import { Gap } from "../../parts/Gap.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

const MARKS = [30, 60, 90];
const SHORT = { day: "numeric", month: "short" };

// The licences with their days; null where their registry does not tell them.
function datedLicenses(answer) {
  const nodes = answer.data.licenses?.nodes;
  return nodes?.every(Boolean) ? nodes : null;
}

// For each span of ten days how many credentials and licences end in it, and where their rows are.
function rowsOf(answer, words, to) {
  const licenses = datedLicenses(answer);
  const [{ buckets }] = answer.data.credentials.facets;
  return spans().map(({ from, to: until }) => ({
    key: from,
    tick: words.day(until, SHORT),
    label: `${words.day(from, SHORT)} – ${words.day(until, SHORT)}`,
    values: {
      credentials: counts(buckets, from, until),
      licenses: licenses && licenses.filter(({ validUntil }) => validUntil >= from && validUntil <= until).length,
    },
    hrefs: { credentials: to("credentials", { from, to: until }), licenses: to("licenses", { from, to: until, status: "ACTIVE" }) },
  }));
}

function Marks({ rows }) {
  const words = useWords();
  const { to } = useScope();
  return (
    <ul className="marks">
      {MARKS.map((days) => {
        const count = rows.slice(0, days / 10).reduce((sum, { values }) => sum + values.credentials, 0);
        const licenses = rows.slice(0, days / 10).reduce((sum, { values }) => (values.licenses === null ? null : sum + values.licenses), 0);
        return (
          <li key={days}>
            <span className="name">{words.t("within", { count: days })}</span>
            <a href={to("credentials", { ends: days })}>{words.t("marks.credentials", { count })}</a>
            <a href={to("licenses", { ends: days, status: "ACTIVE" })}>
              {licenses === null ? (
                <>
                  {words.t("kind.licenses")}: <Gap kind="away" />
                </>
              ) : (
                words.t("marks.licenses", { count: licenses })
              )}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function Next({ nodes }) {
  const words = useWords();
  const { to } = useScope();
  if (nodes.length === 0) return <p className="empty">{words.t("ending.none")}</p>;
  return (
    <ol className="next">
      {nodes.map(({ number, validUntil, specialty, worker }) => (
        <li key={number}>
          <time dateTime={validUntil}>{words.day(validUntil)}</time>
          <span>
            {worker ? (
              <a href={to("person", { number: worker.registryNumber })} lang="ru">
                {worker.fullName}
              </a>
            ) : (
              `№ ${number}`
            )}
            <small lang="ru">{specialty.name ?? specialty.code}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}

export function EndingPanel({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const { answer } = asked;
  const problem = answer && !answer.data.credentials ? answer.errorAt("credentials") : null;
  const rows = answer?.data.credentials ? rowsOf(answer, words, to) : [];
  const kinds = [
    { name: "credentials", label: words.t("kind.credentials") },
    ...(answer && datedLicenses(answer) ? [{ name: "licenses", label: words.t("kind.licenses") }] : []),
  ];
  return (
    <Panel className="wide" title={words.t("panel.ending")} asked={asked} problem={problem} tools={<a href={to("credentials", { ends: 90 })}>{words.t("as.list")}</a>} lines={8}>
      <div className="two">
        <div>
          <Marks rows={rows} />
          <Columns rows={rows} kinds={kinds} label={words.t("panel.ending")} head={words.t("column.span")} />
        </div>
        <div>
          <h3>{words.t("ending.next")}</h3>
          <Next nodes={(answer?.data.credentials?.nodes ?? []).filter(Boolean)} />
        </div>
      </div>
    </Panel>
  );
}
