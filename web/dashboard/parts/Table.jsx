// A table that becomes a list of cards on a narrow screen and stays a table for a screen reader.
import { useRef, useState } from "react";

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

// `first`: so many rows are shown until the reader asks for all of them.
export function Table({ caption, columns, rows, keyOf, route, sort, empty, first = Infinity }) {
  const words = useWords();
  const table = useRef(null);
  const [whole, setWhole] = useState(false);
  if (rows.length === 0) return <p className="empty">{empty ?? words.t("nothing")}</p>;
  const shown = whole ? rows : rows.slice(0, first);
  const showAll = () => {
    setWhole(true);
    table.current.focus({ preventScroll: true }); // the button that had it goes away
  };
  return (
    <>
      <div className="scroll" ref={table} role="region" aria-label={words.t("table", { caption })} tabIndex={0}>
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
            {shown.map((row, at) => (
              <tr role="row" key={keyOf(row, at)}>
                {columns.map((column, place) =>
                  place === 0 ? (
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
      {shown.length < rows.length && (
        <button type="button" className="quiet" onClick={showAll}>
          {words.t("rows.all", { count: words.number(rows.length) })}
        </button>
      )}
    </>
  );
}
