// The page at `/`: GraphiQL under a header of our own.
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createPortal } from "react-dom";
import { createRoot } from "react-dom/client";
import { access, refreshRoles } from "./access.js";
import { examples, seedFirstTab } from "./examples.jsx";
import { fetcher } from "./fetcher.js";
import { Masthead } from "./masthead.jsx";
import { Outcome } from "./outcome.jsx";
import { useStore } from "./watched.js";
import "./explorer.css";

const greeting = "# Ctrl-Space suggests fields, Ctrl-Enter asks.\n\n";

// Another function makes GraphiQL read the schema again: a gateway shows each role what that role may use.
const fetchers = new Map();

function fetcherOf(caller) {
  if (!fetchers.has(caller)) fetchers.set(caller, (...asked) => fetcher(...asked));
  return fetchers.get(caller);
}

function Explorer() {
  const { role, token } = useStore(access);
  return (
    <GraphiQL
      fetcher={fetcherOf(role || token)}
      storage={sessionStorage}
      forcedTheme="system"
      shouldPersistHeaders={false}
      defaultTabs={examples}
      defaultQuery={greeting}
      defaultEditorToolsVisibility="variables"
      schemaDescription
      inputValueDeprecation
    >
      <GraphiQL.Logo>{" "}</GraphiQL.Logo>
      <GraphiQL.Footer>
        <Outcome />
      </GraphiQL.Footer>
      {createPortal(<Masthead />, document.getElementById("masthead"))}
    </GraphiQL>
  );
}

seedFirstTab(sessionStorage);
await refreshRoles();
createRoot(document.getElementById("explorer")).render(<Explorer />);
