// Certificates and accreditations of the staff, first those that end first.
import CREDENTIALS from "../documents/Credentials.graphql";
import { credentialWhere } from "../filters.js";
import { Gap, Value } from "../parts/Gap.jsx";
import { List } from "../parts/List.jsx";
import { useRoute } from "../route.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";

const ORDERS = { ends: "VALID_UNTIL", name: "WORKER", specialty: "SPECIALTY", status: "STATUS", issued: "ISSUED_ON" };
const COLUMNS = ["registryNumber", "fullName", "specialty", "kind", "number", "issuedBy", "issuedOn", "validUntil", "status"];
const SPANS = [30, 60, 90, 365];

export function Credentials() {
  const words = useWords();
  const route = useRoute();
  const { oid, to } = useScope();

  const columns = (answer) => [
    {
      head: "column.name",
      sort: "name",
      cell: ({ node, path }) => (
        <Value answer={answer} path={[...path, "worker"]} coordinate="Credential.worker" value={node?.worker}>
          {({ registryNumber, fullName }) => (
            <a href={to("person", { number: registryNumber })}>
              <span lang="ru">{fullName}</span>
            </a>
          )}
        </Value>
      ),
    },
    { head: "column.specialty", sort: "specialty", cell: ({ node }) => node && <span lang="ru">{node.specialty.name ?? node.specialty.code}</span> },
    { head: "column.document", cell: ({ node, path }) => (node ? <>{words.of("credentialKind", node.kind)}<small>№ {node.number}</small></> : <Gap kind={answer.gap(path)} />) },
    { head: "column.status", sort: "status", cell: ({ node }) => node && words.of("credentialStatus", node.status) },
    { head: "column.until", sort: "ends", kind: "date", cell: ({ node }) => node && <time dateTime={node.validUntil}>{words.day(node.validUntil)}</time> },
  ];

  const facetLabel = (by, { value, count, entry }) => {
    if (by === "SPECIALTY") return { value, count, label: entry?.name ?? value, lang: "ru" };
    return { value, count, label: words.of(by === "KIND" ? "credentialKind" : "credentialStatus", value) };
  };

  const filters = (facets) => [
    { name: "ends", label: words.t("filter.ends"), options: SPANS.map((days) => ({ value: String(days), label: words.t("within", { count: days }) })) },
    { name: "specialty", label: words.t("filter.specialty"), options: facets.SPECIALTY ?? [] },
    { name: "kind", label: words.t("filter.credentialKind"), options: facets.KIND ?? [] },
    { name: "status", label: words.t("filter.status"), options: facets.STATUS ?? [] },
  ];

  return (
    <List
      title={words.t("credentials")}
      lead={words.t("credentials.lead")}
      document={CREDENTIALS}
      root="credentials"
      noun="credentials"
      where={credentialWhere(oid, route)}
      orders={ORDERS}
      order={[{ by: "VALID_UNTIL" }]}
      hint={words.t("credentials.hint")}
      keyOf={({ node }, at) => node?.number ?? at}
      clear={to("credentials")}
      columnsOfExport={COLUMNS}
      {...{ columns, filters, facetLabel }}
    />
  );
}
