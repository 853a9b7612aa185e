// The house's own licences: what each allows, by address.
import LICENSES from "../documents/Licenses.graphql";
import { licenseWhere } from "../filters.js";
import { Gap, Value } from "../parts/Gap.jsx";
import { List } from "../parts/List.jsx";
import { useRoute } from "../route.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";

const ORDERS = { number: "NUMBER", ends: "VALID_UNTIL", status: "STATUS", organization: "ORGANIZATION" };

const COLUMNS = ["number", "oldNumber", "status", "organization", "organizationOid", "authority", "issuedOn", "validUntil", "suspendedOn", "terminatedOn", "addresses", "activities"];

function byAddress(activities) {
  const groups = new Map();
  for (const each of activities) groups.set(each.address, [...(groups.get(each.address) ?? []), each]);
  return [...groups];
}

function Activities({ activities, chosen }) {
  const words = useWords();
  return byAddress(activities).map(([address, works]) => (
    <details key={address} open={Boolean(chosen) && works.some(({ activity }) => activity.code === chosen)}>
      <summary>
        <span lang="ru">{address}</span> <small>{words.t("works", { count: works.length })}</small>
      </summary>
      <ul className="works">
        {works.map(({ activity, careKind, suspended }, at) => (
          <li key={at} className={activity.code === chosen ? "chosen" : undefined}>
            <span lang="ru">{activity.name ?? activity.code}</span>
            <small lang="ru"> {careKind.name}</small>
            {suspended && <span className="bad"> {words.t("suspended")}</span>}
          </li>
        ))}
      </ul>
    </details>
  ));
}

export function Licenses() {
  const words = useWords();
  const route = useRoute();
  const { oid, to } = useScope();

  const columns = (answer) => [
    {
      head: "column.license",
      kind: "key",
      sort: "number",
      cell: ({ node, path }) => (node ? <>{node.number}{node.oldNumber && <small>{node.oldNumber}</small>}</> : <Gap kind={answer.gap(path)} />),
    },
    {
      head: "column.holder",
      sort: "organization",
      cell: ({ node, path }) => (
        <Value answer={answer} path={[...path, "organization"]} coordinate="License.organization" value={node?.organization}>
          {({ shortName }) => <span lang="ru">{shortName}</span>}
        </Value>
      ),
    },
    {
      head: "column.status",
      sort: "status",
      cell: ({ node }) =>
        node && (
          <>
            <span className={node.status === "ACTIVE" ? "good" : "bad"}>{words.of("licenseStatus", node.status)}</span>
            {(node.suspendedOn ?? node.terminatedOn) && <small>{words.day(node.terminatedOn ?? node.suspendedOn)}</small>}
          </>
        ),
    },
    { head: "column.until", sort: "ends", kind: "date", cell: ({ node }) => node && (node.validUntil ? <time dateTime={node.validUntil}>{words.day(node.validUntil)}</time> : words.t("endless")) },
    {
      head: "column.works",
      kind: "wide",
      cell: ({ node, path }) => (
        <Value answer={answer} path={[...path, "activities"]} coordinate="License.activities" value={node?.activities}>
          {(activities) => <Activities activities={activities} chosen={route.get("activity")} />}
        </Value>
      ),
    },
  ];

  const facetLabel = (by, { value, count, entry }) =>
    by === "ACTIVITY" ? { value, count, label: entry?.name ?? value, lang: "ru" } : { value, count, label: words.of("licenseStatus", value) };

  const filters = (facets) => [
    { name: "status", label: words.t("filter.status"), options: facets.STATUS ?? [] },
    { name: "activity", label: words.t("filter.activity"), options: facets.ACTIVITY ?? [] },
    { name: "ends", label: words.t("filter.ends"), options: [30, 60, 90, 365].map((days) => ({ value: String(days), label: words.t("within", { count: days }) })) },
  ];

  return (
    <List
      title={words.t("licenses")}
      lead={words.t("licenses.lead")}
      document={LICENSES}
      root="licenses"
      noun="licenses"
      where={licenseWhere(oid, route)}
      orders={ORDERS}
      order={[{ by: "STATUS" }, { by: "NUMBER" }]}
      hint={words.t("licenses.hint")}
      keyOf={({ node }, at) => node?.number ?? at}
      clear={to("licenses")}
      columnsOfExport={COLUMNS}
      {...{ columns, filters, facetLabel }}
    />
  );
}
