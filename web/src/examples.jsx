// The example queries: all open as tabs in a new session, and any of them again from the menu.
import { useEditorContext } from "@graphiql/react";
import { useEffect, useState } from "react";

export const examples = EXAMPLES;

// GraphiQL fills its first tab from these two keys, and otherwise leaves that tab without variables.
export function seedFirstTab(storage) {
  if (storage.getItem("graphiql:tabState")) return;
  storage.setItem("graphiql:query", examples[0].query);
  storage.setItem("graphiql:variables", examples[0].variables);
}

function useOpenExample() {
  const { tabs, addTab, changeTab, queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const [waiting, setWaiting] = useState(null);
  useEffect(() => {
    if (!waiting || tabs.length <= waiting.after) return;
    queryEditor.setValue(waiting.example.query);
    variableEditor.setValue(waiting.example.variables);
    setWaiting(null);
  }, [waiting, tabs.length, queryEditor, variableEditor]);
  return (example) => {
    const open = tabs.findIndex(({ query }) => query?.trim() === example.query);
    if (open >= 0) return changeTab(open);
    setWaiting({ example, after: tabs.length });
    addTab();
  };
}

export function ExampleMenu() {
  const open = useOpenExample();
  return (
    <div className="choice">
      <label htmlFor="example">Example</label>
      <select id="example" value="" onChange={({ target }) => open(examples[Number(target.value)])}>
        <option value="" disabled>
          Open…
        </option>
        {examples.map(({ title }, index) => (
          <option key={title} value={index}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
