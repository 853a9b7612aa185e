// The house's own licences: by address, and by what the most of them allow.
import { Bars } from "../../parts/Bars.jsx";
import { Gap } from "../../parts/Gap.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

function addressesOf({ activities }) {
  const groups = new Map();
  for (const { address, suspended } of activities) {
    const group = groups.get(address) ?? { address, works: 0, suspended: 0 };
    groups.set(address, { ...group, works: group.works + 1, suspended: group.suspended + (suspended ? 1 : 0) });
  }
  return [...groups.values()];
}

function License({ license, answer, at }) {
  const words = useWords();
  const { to } = useScope();
  if (!license) {
    return (
      <li>
        <Gap kind={answer.gap(["held", "nodes", at])} />
      </li>
    );
  }
  return (
    <li>
      <p>
        <a href={to("licenses", { q: license.number })}>{license.number}</a>{" "}
        <span className={license.status === "ACTIVE" ? "good" : "bad"}>{words.of("licenseStatus", license.status)}</span>{" "}
        <small>{license.validUntil ? words.t("until", { day: words.day(license.validUntil) }) : words.t("endless")}</small>
      </p>
      {license.activities === null ? (
        <Gap kind={answer.gap(["held", "nodes", at, "activities"], "License.activities")} />
      ) : (
        <ul className="addresses">
          {addressesOf(license).map(({ address, works, suspended }) => (
            <li key={address}>
              <span lang="ru">{address}</span> <small>{words.t("works", { count: works })}</small>
              {suspended > 0 && <small className="bad"> {words.t("works.suspended", { count: suspended })}</small>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function LicensesPanel({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const { answer } = asked;
  const held = answer?.data.held;
  // Found by their numbers in the projection, they are read from their registry: without it there is nothing to show of them.
  const unread = held && held.nodes.length > 0 && held.nodes.every((each) => each === null);
  const problem = answer && (!held || unread) ? answer.errorAt("held", "nodes", 0) : null;
  const works = (held?.facets[0].buckets ?? []).filter(({ value }) => value !== null);
  return (
    <Panel className="half" title={words.t("panel.licenses")} asked={asked} problem={problem} tools={<a href={to("licenses")}>{words.t("all.of", { count: held?.totalCount ?? 0 })}</a>}>
      {held?.totalCount === 0 ? (
        <p className="empty bad">{words.t("licenses.none")}</p>
      ) : (
        <>
          <ul className="licenses">
            {(held?.nodes ?? []).map((license, at) => (
              <License key={license?.number ?? at} {...{ license, answer, at }} />
            ))}
          </ul>
          <h3>{words.t("licenses.works")}</h3>
          <Bars
            lang="ru"
            label={words.t("licenses.works")}
            rows={works.map(({ value, count, entry }) => ({ key: value, label: entry?.name ?? value, value: count, href: to("licenses", { activity: value }) }))}
          />
        </>
      )}
    </Panel>
  );
}
