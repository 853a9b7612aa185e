// GraphQL documents that a page asks for by their ids: checked against the schema, and listed for the gateway.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { buildSchema, parse, stripIgnoredCharacters, validate } from "graphql";

export async function storedDocuments(schemaFile) {
  const schema = buildSchema(await readFile(schemaFile, "utf8"), { assumeValidSDL: true });
  const kept = new Map();

  function stored(text, file) {
    const document = parse(text);
    const faults = validate(schema, document).map(({ message }) => ({ text: `${path.basename(file)}: ${message}` }));
    const body = stripIgnoredCharacters(text);
    const id = createHash("sha256").update(body).digest("hex");
    const [operation] = document.definitions.filter(({ kind }) => kind === "OperationDefinition");
    kept.set(id, { id, name: operation.name.value, type: operation.operation, body });
    return { faults, id, name: operation.name.value };
  }

  // A page imports `./documents/Staff.graphql` and gets `{id, name}`: the text itself stays here.
  const plugin = {
    name: "stored-documents",
    setup(builder) {
      builder.onLoad({ filter: /\.graphql$/ }, async ({ path: file }) => {
        const { faults, ...named } = stored(await readFile(file, "utf8"), file);
        return { contents: JSON.stringify(named), loader: "json", errors: faults };
      });
    },
  };

  const operations = () => [...kept.values()].sort((one, other) => one.name.localeCompare(other.name));
  const manifest = () =>
    JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations: operations() }, null, 1);
  return { plugin, manifest };
}
