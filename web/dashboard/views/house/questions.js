// What the house at a glance asks: three operations that start at once, so that a part that is slow leaves the others.
import BARRED from "../../documents/Barred.graphql";
import ENDING from "../../documents/Ending.graphql";
import HOUSE from "../../documents/House.graphql";
import { workforceWhere } from "../../counted.js";
import { credentialWhere, dayFromNow, licenseWhere, NO_WORDS, staffWhere, wordsOf } from "../../filters.js";

const DAYS = 90;

function endingVariables(oid) {
  const soon = { from: dayFromNow(0), to: dayFromNow(DAYS) };
  return { credentials: credentialWhere(oid, wordsOf(soon)), licenses: licenseWhere(oid, wordsOf({ ...soon, status: "ACTIVE" })) };
}

// Each is a document with its variables.
export const questions = (oid, own) => ({
  house: [HOUSE, { oid, own, house: workforceWhere(oid), held: licenseWhere(oid, NO_WORDS) }],
  ending: [ENDING, endingVariables(oid)],
  barred: [BARRED, { barred: staffWhere(oid, wordsOf({ allowed: "no" })), house: { organizations: [oid] } }],
});
