// The page's beginning: what the first view shows is asked for while the rest of the page is still being read.
import { askAhead } from "./ahead.js";
import { houseOf, mayUse, session } from "./session.js";
import "./settings.js";
import { questions } from "./views/house/questions.js";
import "./styles/dashboard.css";

const { who } = session.get();
const route = new URLSearchParams(location.search);
if (mayUse(who) && (route.get("view") ?? "house") === "house") {
  for (const asked of Object.values(questions(houseOf(who, route), who.organizations))) askAhead(...asked);
}

import("./dashboard.jsx");
