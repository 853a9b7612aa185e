// By what a list is narrowed: every choice goes into the address, and those in force can be taken off one by one.
import { useEffect, useState } from "react";
import { changed, go } from "../route.js";
import { useWords } from "../words.js";

export function Search({ route, hint }) {
  const words = useWords();
  const given = route.get("q") ?? "";
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        go(changed(route, { q: text.trim(), sort: null }));
      }}
    >
      <label htmlFor="q">{words.t("search")}</label>
      <input id="q" type="search" maxLength={100} value={text} placeholder={hint} onChange={({ target }) => setText(target.value)} />
      <button type="submit">{words.t("search.go")}</button>
    </form>
  );
}

// `options`: `{value, label, count, lang}`. What is chosen is on offer even where nobody has it any more.
function Choice({ name, label, options, route }) {
  const words = useWords();
  const chosen = route.get(name) ?? "";
  const there = options.some(({ value }) => value === chosen);
  return (
    <div className="choice">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} value={chosen} onChange={({ target }) => go(changed(route, { [name]: target.value }))}>
        <option value="">{words.t("any")}</option>
        {chosen && !there && <option value={chosen}>{chosen}</option>}
        {options.map(({ value, label: told, count, lang }) => (
          <option key={value} value={value} lang={lang}>
            {count === undefined ? told : `${told} (${words.number(count)})`}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Filters({ route, filters, clear }) {
  const words = useWords();
  const inForce = filters.filter(({ name }) => route.get(name));
  const told = ({ options, name, chip }) => options.find(({ value }) => value === route.get(name))?.label ?? (chip ? words.t("chosen.one") : route.get(name));
  const from = route.get("from");
  const to = route.get("to");
  return (
    <div className="filters" role="group" aria-label={words.t("filters")}>
      <div className="choices">
        {filters.filter(({ chip }) => !chip).map((filter) => (
          <Choice key={filter.name} route={route} {...filter} />
        ))}
      </div>
      {(inForce.length > 0 || from || to || route.get("q")) && (
        <ul className="chosen" aria-label={words.t("filters.chosen")}>
          {route.get("q") && <Chip to={changed(route, { q: null })} label={words.t("search")} value={`«${route.get("q")}»`} />}
          {inForce.map((filter) => (
            <Chip key={filter.name} to={changed(route, { [filter.name]: null, ...filter.also })} label={filter.label} value={told(filter)} />
          ))}
          {(from || to) && (
            <Chip
              to={changed(route, { from: null, to: null })}
              label={words.t("filter.ends")}
              value={[from && words.day(from), to && words.day(to)].filter(Boolean).join(" – ")}
            />
          )}
          <li>
            <a href={clear}>{words.t("filters.clear")}</a>
          </li>
        </ul>
      )}
    </div>
  );
}

function Chip({ to, label, value }) {
  const words = useWords();
  return (
    <li>
      <a className="chip" href={to} aria-label={words.t("filter.remove", { label, value })}>
        {label}: <b>{value}</b> <span aria-hidden="true">×</span>
      </a>
    </li>
  );
}
