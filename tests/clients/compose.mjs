// Composes the subgraphs in the file given, [{ name, url, sdl }], with Apollo's composer and The Guild's; prints what each says.
import { readFileSync } from "node:fs";
import { parse } from "graphql";
import { composeServices as apollo } from "@apollo/composition";
import { composeServices as guild } from "@theguild/federation-composition";

const subgraphs = JSON.parse(readFileSync(process.argv[2], "utf8")).map(({ name, url, sdl }) => ({
  name,
  url,
  typeDefs: parse(sdl),
}));

const told = ({ supergraphSdl, errors = [], hints = [] }) => ({
  supergraph: supergraphSdl ?? null,
  errors: errors.map(({ message }) => message),
  hints: hints.map(({ definition, message }) => ({ level: definition.level.name, code: definition.code, message })),
});

console.log(JSON.stringify({ apollo: told(apollo(subgraphs)), guild: told(guild(subgraphs)) }));
