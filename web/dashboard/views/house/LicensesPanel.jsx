// The house's own licences: by address and by how much each allows there.
import { Gap } from "../../parts/Gap.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

const SHOWN = 4;

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
  const active = license.status === "ACTIVE";
  return (
    <li>
      <p>
        <a href={to("licenses", { q: license.number })}>{license.number}</a>{" "}
        <span className={active ? "good" : "bad"}>{words.of("licenseStatus", license.status)}</span>{" "}
        <small>{license.validUntil ? words.t("until", { day: words.day(license.validUntil) }) : words.t("endless")}</small>
      </p>
      {license.activities === null ? (
        <Gap kind={answer.gap(["organization", "licenses", at, "activities"], "License.activities")} />
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
  const held = answer?.data.organization?.licenses;
  const problem = answer && !held ? (answer.errorAt("organization", "licenses") ?? null) : null;
  const first = [...(held ?? [])].map((license, at) => ({ license, at })).sort((one, other) => Number(other.license.status === "ACTIVE") - Number(one.license.status === "ACTIVE"));
  return (
    <Panel
      title={words.t("panel.licenses")}
      asked={asked}
      problem={problem}
      tools={<a href={to("licenses")}>{words.t("all.of", { count: held?.length ?? 0 })}</a>}
    >
      {held?.length === 0 ? (
        <p className="empty bad">{words.t("licenses.none")}</p>
      ) : (
        <ul className="licenses">
          {first.slice(0, SHOWN).map(({ license, at }) => (
            <License key={license.number} {...{ license, answer, at }} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
