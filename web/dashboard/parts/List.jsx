// A list of one kind of record: search, filters, the exact count, a page of rows, and the same as a file.
import { useAsked } from "../asked.js";
import { orderOf, pageOf } from "../filters.js";
import { useRoute } from "../route.js";
import { useWords } from "../words.js";
import { Export } from "./Export.jsx";
import { Filters, Search } from "./Filters.jsx";
import { Gap } from "./Gap.jsx";
import { Pager } from "./Pager.jsx";
import { Waiting } from "./Panel.jsx";
import { Problem } from "./Problem.jsx";
import { Table } from "./Table.jsx";

// Every fact that the records can be narrowed by, with how many have it: `{SPECIALTY: [{value, label, count}]}`.
export function facetsOf(connection, labelOf) {
  const facets = connection?.facets ?? [];
  return Object.fromEntries(
    facets.map(({ by, buckets }) => [by, (buckets ?? []).filter(({ value }) => value !== null).map((bucket) => labelOf(by, bucket))]),
  );
}

export function List({ title, lead, document, root, where, orders, order, columns, keyOf, filters, facetLabel, noun, hint, clear, columnsOfExport, forward = false, more = {} }) {
  const words = useWords();
  const route = useRoute();
  const query = route.get("q") || null;
  const orderBy = forward || (query && !route.get("sort")) ? null : orderOf(route, orders, order);
  const { first, after, last, before } = pageOf(route);
  const asked = useAsked(document, forward ? { where, first: first ?? last, after, ...more } : { query, where, orderBy, first, after, last, before, ...more });
  const { answer, refused, waiting } = asked;
  const connection = answer?.data[root];
  const error = refused ?? (connection ? null : answer?.errorAt(root));
  const facets = facetsOf(connection, facetLabel);
  const rows = (connection?.edges ?? []).map(({ node }, at) => ({ node, path: [root, "edges", at, "node"] }));
  return (
    <section className="list" aria-busy={waiting}>
      <header>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </header>
      {hint && <Search route={route} hint={hint} />}
      <Filters route={route} filters={filters(facets, connection)} clear={clear} />
      <div className="outcome">
        <p role="status" className="count">
          {connection && !waiting && (connection.totalCount === null ? <Gap kind={answer.gap([root, "totalCount"])} /> : words.t(`count.${root}`, { count: connection.totalCount }))}
          {waiting && words.t("waiting")}
        </p>
        <Export noun={noun} asked={{ query: query || undefined, where, orderBy: orderBy ?? undefined, columns: columnsOfExport }} />
      </div>
      {error ? (
        <Problem error={error} />
      ) : !answer ? (
        <Waiting lines={8} />
      ) : !connection ? (
        <p className="empty">
          <Gap kind={answer.gap([root], `Query.${root}`)} />
        </p>
      ) : (
        <>
          <Table caption={title} columns={columns(answer)} rows={rows} keyOf={keyOf} route={route} sort={route.get("sort")} />
          <Pager info={connection.pageInfo} route={route} forward={forward} />
        </>
      )}
    </section>
  );
}
