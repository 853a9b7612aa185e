// Who works there: by position, by category.
import { Bars } from "../../parts/Bars.jsx";
import { Panel } from "../../parts/Panel.jsx";
import { useScope } from "../../scope.js";
import { useWords } from "../../words.js";

const facet = (answer, by) => answer?.data.workers?.facets.find((each) => each.by === by)?.buckets ?? null;
const RANKS = ["HIGHEST", "FIRST", "SECOND"];

export function StaffPanels({ asked }) {
  const words = useWords();
  const { to } = useScope();
  const { answer } = asked;
  const problem = answer?.errorAt("workers");
  const all = answer?.data.workers?.totalCount ?? 0;
  const positions = (facet(answer, "POSITION") ?? []).filter(({ value }) => value !== null);
  const categories = facet(answer, "CATEGORY") ?? [];
  const held = RANKS.map((code) => categories.find(({ value }) => value === code)).filter(Boolean);
  const counted = (count) => `${words.number(count)} · ${words.share(count, all)}`;
  return (
    <>
      <Panel title={words.t("panel.positions")} asked={asked} problem={problem}>
        <Bars
          lang="ru"
          label={words.t("panel.positions")}
          rows={positions.map(({ value, count, entry }) => ({ key: value, label: entry?.name ?? value, value: count, told: counted(count), href: to("staff", { position: value }) }))}
        />
      </Panel>
      <Panel title={words.t("panel.categories")} asked={asked} problem={problem}>
        <Bars
          label={words.t("panel.categories")}
          rows={[
            ...held.map(({ value, count }) => ({ key: value, label: words.of("category", value), value: count, told: counted(count), href: to("staff", { category: value }) })),
            ...categories
              .filter(({ value }) => value === null)
              .map(({ count }) => ({ key: "NONE", tone: "faint", label: words.t("category.NONE"), value: count, told: counted(count), href: to("staff", { category: "NONE" }) })),
          ]}
        />
      </Panel>
    </>
  );
}
