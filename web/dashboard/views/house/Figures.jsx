// The first line: the key figures, each leads to its rows. One that could not be had says so, and is never nought.
import { counted, POSTS } from "../../counted.js";
import { counts, dayFromNow } from "../../filters.js";
import { Gap } from "../../parts/Gap.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

function One({ label, to, value, gap, awaited, tone, note }) {
  const words = useWords();
  const shown = awaited ? <span className="awaited">…</span> : gap ? <Gap kind={gap} /> : words.number(value);
  return (
    <li className={!awaited && !gap && value > 0 ? tone : undefined}>
      <a href={to}>
        <span className="name">{label}</span>
        <strong>{shown}</strong>
        <span className="more">{note}</span>
      </a>
    </li>
  );
}

// What one figure takes: awaited, refused, away or there.
function figure({ answer, refused }, path, value) {
  if (refused) return { gap: "away" };
  if (!answer) return { awaited: true };
  const found = value(answer.data);
  return found === null || found === undefined ? { gap: answer.gap(path) } : { value: found };
}

const endingWithin = (days) => ({ credentials }) => credentials && counts(credentials.facets[0].buckets, dayFromNow(0), dayFromNow(days));

export function Figures({ house, ending, barred }) {
  const words = useWords();
  const { to } = useScope();
  const total = counted(house.answer, "positions", POSTS)?.total;
  const placed = (measure) => figure(house, ["positions"], () => total?.[measure]);
  const planned = total && total.POSTS !== null ? words.t("figure.posts.note", { posts: total.POSTS }) : "";
  return (
    <ul className="figures" aria-label={words.t("figures")}>
      <One label={words.t("figure.staff")} to={to("staff")} {...placed("WORKERS")} note={words.t("figure.staff.note")} />
      <One label={words.t("figure.posts")} to={to("posts")} {...placed("RATES")} note={planned} />
      <One label={words.t("figure.vacant")} to={to("posts", { vacant: "yes" })} {...placed("VACANCIES")} note={words.t("figure.vacant.note")} />
      <One
        label={words.t("figure.ending")}
        to={to("credentials", { ends: 30 })}
        tone="warn"
        {...figure(ending, ["credentials"], endingWithin(30))}
        note={words.t("figure.ending.note")}
      />
      <One
        label={words.t("figure.barred")}
        to={to("staff", { allowed: "no" })}
        tone="bad"
        {...figure(barred, ["workers"], ({ workers }) => workers?.totalCount)}
        note={words.t("figure.barred.note")}
      />
      <One
        label={words.t("figure.findings")}
        to={to("findings")}
        tone="warn"
        {...figure(barred, ["findings"], ({ findings }) => findings?.totalCount)}
        note={words.t("figure.findings.note")}
      />
    </ul>
  );
}
