// Columns of one or several stacked kinds, each piece a link to its rows, with the same figures as a table behind them.
import { AxisBottom, AxisLeft } from "@visx/axis";
import { GridRows } from "@visx/grid";
import { scaleBand, scaleLinear, scaleOrdinal } from "@visx/scale";
import { BarStack } from "@visx/shape";
import { useId, useState } from "react";
import { useWords } from "../words.js";
import { useWidth } from "./width.js";

const HEIGHT = 220;
const EDGE = { top: 14, right: 4, bottom: 30, left: 34 };

function Piece({ bar, name, href, label }) {
  if (!(bar.height > 0)) return null;
  const shape = <rect className={`piece ${name}`} x={bar.x} y={bar.y} width={bar.width} height={bar.height} rx={1.5} />;
  const tip = <title>{label}</title>;
  return href ? (
    <a href={href} aria-label={label}>
      {shape}
      {tip}
    </a>
  ) : (
    <g role="img" aria-label={label}>
      {shape}
      {tip}
    </g>
  );
}

// `rows`: `{key, label, tick, values: {kind: number}, hrefs: {kind}}`; `kinds`: `{name, label}`, the lowest first.
function Drawing({ rows, kinds, width, label }) {
  const words = useWords();
  const data = rows.map((row) => ({ ...row.values, key: row.key }));
  const inner = { width: width - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const tops = rows.map(({ values }) => kinds.reduce((sum, { name }) => sum + (values[name] ?? 0), 0));
  const most = Math.max(1, ...tops);
  const x = scaleBand({ domain: rows.map(({ key }) => key), range: [0, inner.width], padding: 0.28 });
  const y = scaleLinear({ domain: [0, most], range: [inner.height, 0], nice: true });
  const color = scaleOrdinal({ domain: kinds.map(({ name }) => name), range: kinds.map(({ name }) => name) });
  const ticks = Math.min(4, most);
  // Heads of columns that stand too close are left out in turn; the table behind has them all.
  const every = Math.max(1, Math.ceil(46 / x.step()));
  const titled = new Set(rows.filter((_, at) => at % every === 0).map(({ key }) => key));
  const titles = Object.fromEntries(rows.map((row) => [row.key, row.tick ?? row.label]));
  return (
    <svg className="columns" width={width} height={HEIGHT} role="group" aria-label={label}>
      <g transform={`translate(${EDGE.left},${EDGE.top})`}>
        <g aria-hidden="true">
        <GridRows scale={y} width={inner.width} numTicks={ticks} className="grid" stroke="currentColor" />
        <AxisLeft
          scale={y}
          numTicks={ticks}
          hideAxisLine
          hideTicks
          axisClassName="axis"
          tickFormat={(value) => words.number(value)}
          tickLabelProps={{ className: "tick", textAnchor: "end", dx: -2, dy: "0.33em" }}
        />
        <AxisBottom
          top={inner.height}
          scale={x}
          hideTicks
          axisClassName="axis"
          stroke="currentColor"
          tickFormat={(key) => (titled.has(key) ? titles[key] : "")}
          tickLabelProps={{ className: "tick", textAnchor: "middle" }}
        />
        </g>
        <BarStack data={data} keys={kinds.map(({ name }) => name)} x={(row) => row.key} xScale={x} yScale={y} color={color}>
          {(stacks) =>
            rows.map((row, at) => (
              <g key={row.key}>
                {stacks.map(({ key, bars }) => {
                  const kind = kinds.find(({ name }) => name === key);
                  const told = `${row.label}, ${kind.label}: ${words.number(row.values[key] ?? 0)}`;
                  return <Piece key={key} bar={bars[at]} name={key} href={row.hrefs?.[key]} label={told} />;
                })}
                {tops[at] > 0 && x.bandwidth() > 18 && (
                  <text className="top" x={x(row.key) + x.bandwidth() / 2} y={y(tops[at]) - 4} textAnchor="middle" aria-hidden="true">
                    {words.number(tops[at])}
                  </text>
                )}
              </g>
            ))
          }
        </BarStack>
      </g>
    </svg>
  );
}

function Behind({ rows, kinds, label, head }) {
  const words = useWords();
  return (
    <table className="behind">
      <caption className="unseen">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {kinds.map((kind) => (
            <th scope="col" key={kind.name} className="number">
              {kind.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            {kinds.map(({ name }) => (
              <td key={name} className="number">
                {row.hrefs?.[name] && row.values[name] > 0 ? (
                  <a href={row.hrefs[name]}>{words.number(row.values[name])}</a>
                ) : (
                  words.number(row.values[name] ?? 0)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Columns({ rows, kinds, label, head }) {
  const words = useWords();
  const [asTable, setAsTable] = useState(false);
  const [element, width] = useWidth();
  const id = useId();
  return (
    <div className="chart" ref={element}>
      <div className="legend">
        {kinds.map(({ name, label: told }) => (
          <span key={name}>
            <svg width="10" height="10" aria-hidden="true">
              <rect className={`piece ${name}`} width="10" height="10" rx="2" />
            </svg>{" "}
            {told}
          </span>
        ))}
        <button type="button" className="quiet" aria-expanded={asTable} aria-controls={id} onClick={() => setAsTable(!asTable)}>
          {words.t(asTable ? "as.chart" : "as.table")}
        </button>
      </div>
      <div id={id}>
        {asTable ? <Behind {...{ rows, kinds, label, head }} /> : width > 0 && <Drawing {...{ rows, kinds, width, label }} />}
      </div>
    </div>
  );
}
