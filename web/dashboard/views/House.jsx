// The house at a glance: its figures, each a link to its rows. Asked in three operations, side by side.
import { memo, useMemo } from "react";
import { useAsked } from "../asked.js";
import { dayFromNow } from "../filters.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";
import { BarredPanel } from "./house/BarredPanel.jsx";
import { EndingPanel } from "./house/EndingPanel.jsx";
import { FindingsPanel } from "./house/FindingsPanel.jsx";
import { Figures } from "./house/Figures.jsx";
import { LicensesPanel } from "./house/LicensesPanel.jsx";
import { PostsPanels } from "./house/PostsPanels.jsx";
import { StaffPanels } from "./house/StaffPanels.jsx";
import { questions } from "./house/questions.js";
import { Title } from "./house/Title.jsx";

// A part is drawn anew when its own answer comes, not with those of the others.
const Part = {
  Title: memo(Title),
  Staff: memo(StaffPanels),
  Posts: memo(PostsPanels),
  Ending: memo(EndingPanel),
  Barred: memo(BarredPanel),
  Licenses: memo(LicensesPanel),
  Findings: memo(FindingsPanel),
};

export function House({ own }) {
  const words = useWords();
  const { oid } = useScope();
  const day = dayFromNow(0);
  const asked = useMemo(() => questions(oid, own), [oid, own, day]);
  const house = useAsked(...asked.house);
  const ending = useAsked(...asked.ending);
  const barred = useAsked(...asked.barred);
  return (
    <>
      <Part.Title asked={house} />
      <Figures {...{ house, ending, barred }} />
      <div className="panels" aria-label={words.t("house")}>
        <Part.Staff asked={house} />
        <Part.Posts asked={house} />
        <Part.Ending asked={ending} />
        <Part.Barred asked={barred} />
        <Part.Licenses asked={house} />
        <Part.Findings asked={barred} />
      </div>
    </>
  );
}
