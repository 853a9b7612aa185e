// The employer's page at `/dashboard`: his house, over /graphql alone.
import { memo, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { useStore } from "../src/watched.js";
import { inSight, useAsked } from "./asked.js";
import OWN from "./documents/Own.graphql";
import { Masthead } from "./Masthead.jsx";
import { Partial, Registries } from "./parts/Registries.jsx";
import { takeOver, useRoute } from "./route.js";
import { Scope, scopeOf } from "./scope.js";
import { houseOf, mayUse, session } from "./session.js";
import { NotForYou, SignIn } from "./SignIn.jsx";
import { Credentials } from "./views/Credentials.jsx";
import { Findings } from "./views/Findings.jsx";
import { House } from "./views/House.jsx";
import { Licenses } from "./views/Licenses.jsx";
import { Person } from "./views/Person.jsx";
import { Posts } from "./views/Posts.jsx";
import { Staff } from "./views/Staff.jsx";
import { useWords } from "./words.js";

const views = { house: House, staff: Staff, posts: Posts, credentials: Credentials, licenses: Licenses, findings: Findings, person: Person };

// An answer that arrives is drawn where it was asked for, and nowhere else.
const VIEWS = Object.fromEntries(Object.entries(views).map(([name, view]) => [name, memo(view)]));

// Asks for the names where the view in sight does not.
function Names({ own }) {
  useAsked(OWN, { own });
  return null;
}

// The names of the organizations, as soon as an answer has told them; until then their numbers.
function useHouses(own) {
  const [names, setNames] = useState({});
  const answers = useStore(inSight);
  useEffect(() => {
    for (const { data } of answers.values()) {
      const found = (data.own?.nodes ?? []).filter(Boolean);
      if (found.some(({ oid, shortName }) => names[oid] !== shortName)) {
        setNames((before) => ({ ...before, ...Object.fromEntries(found.map(({ oid, shortName }) => [oid, shortName])) }));
      }
    }
  }, [answers]);
  return own.map((oid) => ({ oid, name: names[oid] ?? oid }));
}

// An employer's grant that does not hold just now: his organization is closed, or cannot be looked up.
function Lapses() {
  const words = useWords();
  const lines = [...useStore(inSight).values()].flatMap(({ grants }) => grants);
  const told = new Map(lines.map((line) => [`${line.organization} ${line.reason}`, line]));
  return [...told].map(([key, { reason, organization }]) => (
    <p key={key} className="partial away" role="alert">
      {words.of("lapse", reason)} {organization}
    </p>
  ));
}

function Signed({ who }) {
  const words = useWords();
  const route = useRoute();
  const houses = useHouses(who.organizations);
  const oid = houseOf(who, route);
  const scope = useMemo(() => scopeOf(oid, who.organizations.length > 1), [oid, who]);
  const view = VIEWS[route.get("view")] ? route.get("view") : "house";
  const View = VIEWS[view];
  useEffect(() => {
    document.title = `${words.t(`view.${view}`)} · ${words.t("brand")} · Свод`;
  }, [view, words]);
  return (
    <Scope.Provider value={scope}>
      <Masthead view={view} houses={houses} />
      {view !== "house" && houses.length > 1 && <Names own={who.organizations} />}
      <main id="content" tabIndex={-1}>
        <Partial />
        <Lapses />
        <View key={`${view} ${oid}`} own={who.organizations} />
      </main>
      <footer>
        <Registries />
        <p>
          {words.t("footer")} <a href="./">{words.t("explorer")}</a>
        </p>
      </footer>
    </Scope.Provider>
  );
}

function Dashboard() {
  const words = useWords();
  const { who } = useStore(session);
  const may = mayUse(who);
  useEffect(() => {
    if (!may) document.title = `${words.t("brand")} · Свод`;
  }, [may, words]);
  return (
    <>
      <a className="skip" href="#content">
        {words.t("skip")}
      </a>
      {may ? (
        <Signed who={who} />
      ) : (
        <>
          <Masthead houses={[]} />
          <main id="content" tabIndex={-1}>
            {who ? <NotForYou who={who} /> : <SignIn />}
          </main>
        </>
      )}
    </>
  );
}

document.addEventListener("click", takeOver);
createRoot(document.getElementById("dashboard")).render(<Dashboard />);
