// Takes a list home as a file: the same filter and order as on the page, by /export, with the reader's own token.
import { useState } from "react";
import { endedBy, reached, refusalOf, told } from "../ask.js";
import { session } from "../session.js";
import { useWords } from "../words.js";
import { reasonOf } from "./Problem.jsx";

const FORMATS = ["csv", "xlsx"];

function nameOf(response, otherwise) {
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  return wide ? decodeURIComponent(wide) : (/filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? otherwise);
}

async function file(noun, format, asked) {
  const { token } = session.get().who;
  const response = await reached(`export/${noun}.${format}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(asked),
  });
  if (!response.ok) {
    const body = await told(response);
    if (response.status === 401) endedBy(token, body.errors?.[0]);
    throw refusalOf(response, body);
  }
  return { name: nameOf(response, `${noun}.${format}`), content: await response.blob() };
}

function save({ name, content }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function Export({ noun, asked }) {
  const words = useWords();
  const [state, setState] = useState({ busy: null, problem: null, done: null });

  async function take(format) {
    setState({ busy: format, problem: null, done: null });
    try {
      const taken = await file(noun, format, { ...asked, titles: words.code === "ru" ? "ru" : "names", ...(format === "csv" && { locale: words.code }) });
      save(taken);
      setState({ busy: null, problem: null, done: taken.name });
    } catch (problem) {
      setState({ busy: null, problem, done: null });
    }
  }

  return (
    <div className="export" role="group" aria-label={words.t("export")}>
      {FORMATS.map((format) => (
        <button key={format} type="button" disabled={state.busy !== null} onClick={() => take(format)}>
          {state.busy === format ? words.t("export.busy") : format.toUpperCase()}
        </button>
      ))}
      <span role="status" className={state.problem ? "bad" : "unseen"}>
        {state.problem ? reasonOf(words, state.problem) : state.done && words.t("export.done", { name: state.done })}
      </span>
    </div>
  );
}
