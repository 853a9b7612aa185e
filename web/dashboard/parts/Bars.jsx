// Bars side by side, a line each: the words stay text, which wraps, is read out and is a link to the rows.
import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import { useWords } from "../words.js";
import { Gap } from "./Gap.jsx";

const THICK = 10;

// A row is `{key, label, value, href, told, of, gap}`; `of` is drawn behind `value`, as what it is measured by.
function Line({ row, scale, words, lang }) {
  const content = (
    <>
      <span className="label" lang={row.lang ?? lang}>
        {row.label}
      </span>
      <span className="amount">{row.gap ? <Gap kind={row.gap} /> : (row.told ?? words.number(row.value))}</span>
      <svg className="bar" viewBox={`0 0 100 ${THICK}`} preserveAspectRatio="none" aria-hidden="true">
        <Bar className="track" x={0} y={0} width={100} height={THICK} />
        {row.of > 0 && <Bar className="of" x={0} y={0} width={scale(row.of)} height={THICK} />}
        {row.value > 0 && (
          <Bar className={row.tone ?? "fill"} x={0} y={row.of === undefined ? 0 : 2.5} width={scale(row.value)} height={row.of === undefined ? THICK : 5} />
        )}
      </svg>
    </>
  );
  return row.href ? <a href={row.href}>{content}</a> : <span className="still">{content}</span>;
}

export function Bars({ rows, label, lang }) {
  const words = useWords();
  if (rows.length === 0) return <p className="empty">{words.t("nothing")}</p>;
  const most = Math.max(1, ...rows.map(({ value, of }) => Math.max(value ?? 0, of ?? 0)));
  const scale = scaleLinear({ domain: [0, most], range: [0, 100] });
  return (
    <ul className="bars" aria-label={label}>
      {rows.map((row) => (
        <li key={row.key}>
          <Line {...{ row, scale, words, lang }} />
        </li>
      ))}
    </ul>
  );
}
