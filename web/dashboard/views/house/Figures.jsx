// The first line: six figures, each leads to its rows. One that could not be had says so, and never nought.
import { Gap } from "../../parts/Gap.jsx";
import { spans } from "../../filters.js";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";
import { postsOf } from "./posts.js";

function One({ label, to, value, told, gap, awaited, tone, note }) {
  const words = useWords();
  const shown = awaited ? <span className="awaited">…</span> : gap ? <Gap kind={gap} /> : (told ?? words.number(value));
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

const endingWithin = (days) => (data) =>
  spans()
    .filter((span) => span.days <= days)
    .reduce((sum, { name }) => (sum === null || !data[name] ? null : sum + data[name].totalCount), 0);

export function Figures({ house, ending, barred }) {
  const words = useWords();
  const { to } = useScope();
  const posts = house.answer ? postsOf(house.answer) : null;
  const placed = (name) => figure(house, ["organization", "staffing"], () => posts?.sums?.[name]);
  const filled = placed("occupied");
  return (
    <ul className="figures" aria-label={words.t("figures")}>
      <One label={words.t("figure.staff")} to={to("staff")} {...figure(house, ["workers"], ({ workers }) => workers?.totalCount)} note={words.t("figure.staff.note")} />
      <One
        label={words.t("figure.posts")}
        to={to("posts")}
        {...filled}
        note={posts?.sums ? words.t("figure.posts.note", { posts: posts.sums.posts }) : ""}
      />
      <One label={words.t("figure.vacant")} to={to("posts", { vacant: "yes" })} {...placed("vacant")} note={words.t("figure.vacant.note")} />
      <One label={words.t("figure.ending")} to={to("credentials", { ends: 30 })} tone="warn" {...figure(ending, ["first"], endingWithin(30))} note={words.t("figure.ending.note")} />
      <One label={words.t("figure.barred")} to={to("staff", { allowed: "no" })} tone="bad" {...figure(barred, ["workers"], ({ workers }) => workers?.totalCount)} note={words.t("figure.barred.note")} />
    </ul>
  );
}
