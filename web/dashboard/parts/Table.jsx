// A table that becomes a list of cards on a narrow screen and stays a table for a screen reader.
import { changed } from "../route.js";
import { useWords } from "../words.js";

function Head({ column, route, sort }) {
  const words = useWords();
  const title = words.t(column.head);
  if (!column.sort || !route) {
    return (
      <th scope="col" role="columnheader" className={column.kind}>
        {title}
      </th>
    );
  }
  const descending = sort === `-${column.sort}`;
  const on = sort === column.sort || descending;
  const next = on && !descending ? `-${column.sort}` : column.sort;
  return (
    <th
      scope="col"
      role="columnheader"
      className={column.kind}
      aria-sort={on ? (descending ? "descending" : "ascending") : undefined}
    >
      <a href={changed(route, { sort: next })} title={words.t("sort.by", { title })}>
        {title}
        <span className="order" aria-hidden="true">
          {on ? (descending ? " ↓" : " ↑") : " ↕"}
        </span>
      </a>
    </th>
  );
}

export function Table({ caption, columns, rows, keyOf, route, sort, empty }) {
  const words = useWords();
  if (rows.length === 0) return <p className="empty">{empty ?? words.t("nothing")}</p>;
  return (
    <div className="scroll" role="region" aria-label={words.t("table", { caption })} tabIndex={0}>
      <table role="table">
        <caption className="unseen">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.head} {...{ column, route, sort }} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, at) => (
            <tr role="row" key={keyOf(row, at)}>
              {columns.map((column, first) =>
                first === 0 ? (
                  <th scope="row" role="rowheader" key={column.head} className={column.kind}>
                    {column.cell(row, at)}
                  </th>
                ) : (
                  <td role="cell" key={column.head} className={column.kind} data-head={words.t(column.head)}>
                    {column.cell(row, at)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
