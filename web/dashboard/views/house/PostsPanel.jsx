// Posts against the rates that are occupied, the most vacant first.
import { Bars } from "../../parts/Bars.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";
import { postsOf } from "./posts.js";

const SHOWN = 8;

export function PostsPanel({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const { answer } = asked;
  const found = answer && postsOf(answer);
  const problem = answer && !found ? (answer.errorAt("organization", "staffing") ?? null) : null;
  const rows = [...(found?.rows ?? [])].sort((one, other) => (other.vacant ?? 0) - (one.vacant ?? 0) || other.posts - one.posts);
  const told = (row) =>
    row.occupied === null ? words.t("posts.of", { posts: row.posts }) : words.t("posts.told", { occupied: row.occupied, posts: row.posts });
  return (
    <Panel
      title={words.t("panel.posts")}
      note={words.t("panel.posts.note")}
      asked={asked}
      problem={problem}
      tools={<a href={to("posts")}>{words.t("all.positions", { count: rows.length })}</a>}
    >
      <Bars
        lang="ru"
        label={words.t("panel.posts")}
        rows={rows.slice(0, SHOWN).map((row) => ({
          key: row.code,
          label: row.name,
          value: row.occupied ?? 0,
          of: row.posts,
          told: told(row),
          href: to("posts", { position: row.code }),
        }))}
      />
    </Panel>
  );
}
