// A part of the page with a head of its own. What it holds may be awaited, refused, or there.
import { useId } from "react";
import { useWords } from "../words.js";
import { Problem } from "./Problem.jsx";

export function Waiting({ lines = 4 }) {
  const words = useWords();
  return (
    <div className="waiting" role="status">
      <span className="unseen">{words.t("waiting")}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span className="line" key={line} aria-hidden="true" />
      ))}
    </div>
  );
}

export function Panel({ title, note, asked, problem, tools, className = "", lines, children }) {
  const head = useId();
  const { answer, refused, waiting } = asked ?? {};
  const error = refused ?? problem;
  const body = error ? <Problem error={error} /> : asked && !answer ? <Waiting lines={lines} /> : children;
  return (
    <section className={`panel ${className}`} aria-labelledby={head} aria-busy={Boolean(waiting)}>
      <header>
        <h2 id={head}>{title}</h2>
        {tools && !error && <div className="tools">{tools}</div>}
        {note && <p className="note">{note}</p>}
      </header>
      {body}
    </section>
  );
}
