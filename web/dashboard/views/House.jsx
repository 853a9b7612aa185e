// The house at a glance: its figures, each a link to its rows. Asked in three operations, side by side.
import { useMemo } from "react";
import { useAsked } from "../asked.js";
import BARRED from "../documents/Barred.graphql";
import ENDING from "../documents/Ending.graphql";
import HOUSE from "../documents/House.graphql";
import { workforceWhere } from "../counted.js";
import { credentialWhere, dayFromNow, licenseWhere, NO_WORDS, staffWhere, wordsOf } from "../filters.js";
import { useScope } from "../scope.js";
import { useWords } from "../words.js";
import { BarredPanel } from "./house/BarredPanel.jsx";
import { EndingPanel } from "./house/EndingPanel.jsx";
import { FindingsPanel } from "./house/FindingsPanel.jsx";
import { Figures } from "./house/Figures.jsx";
import { LicensesPanel } from "./house/LicensesPanel.jsx";
import { PostsPanels } from "./house/PostsPanels.jsx";
import { StaffPanels } from "./house/StaffPanels.jsx";
import { Title } from "./house/Title.jsx";

const DAYS = 90;

function endingVariables(oid) {
  const soon = { from: dayFromNow(0), to: dayFromNow(DAYS) };
  return { credentials: credentialWhere(oid, wordsOf(soon)), licenses: licenseWhere(oid, wordsOf({ ...soon, status: "ACTIVE" })) };
}

export function House({ own }) {
  const words = useWords();
  const { oid } = useScope();
  const day = dayFromNow(0);
  const variables = useMemo(
    () => ({
      house: { oid, own, house: workforceWhere(oid), held: licenseWhere(oid, NO_WORDS) },
      ending: endingVariables(oid),
      barred: { barred: staffWhere(oid, wordsOf({ allowed: "no" })), house: { organizations: [oid] } },
    }),
    [oid, own, day],
  );
  const house = useAsked(HOUSE, variables.house);
  const ending = useAsked(ENDING, variables.ending);
  const barred = useAsked(BARRED, variables.barred);
  return (
    <>
      <Title asked={house} />
      <Figures {...{ house, ending, barred }} />
      <div className="panels" aria-label={words.t("house")}>
        <StaffPanels asked={house} />
        <PostsPanels asked={house} />
        <EndingPanel asked={ending} />
        <BarredPanel asked={barred} />
        <LicensesPanel asked={house} />
        <FindingsPanel asked={barred} />
      </div>
    </>
  );
}
