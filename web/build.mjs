// Builds the explorer into the folder that the gateway serves: hashed files, one index.html that names them.
import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { parse } from "graphql";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(here, "../gateway/static/explorer");
const fresh = `${target}.new`;
const address = "static/explorer/";

// The first line of an example is its title, written as a comment; a file beside it holds its variables.
async function example(name) {
  const file = path.join(here, "examples", name);
  const query = (await readFile(file, "utf8")).trimEnd();
  const variables = await readFile(file.replace(/\.graphql$/, ".variables.json"), "utf8");
  JSON.parse(variables);
  parse(query);
  return { title: query.split("\n")[0].replace(/^#\s*/, ""), query, variables: variables.trimEnd() };
}

async function examples() {
  const names = await readdir(path.join(here, "examples"));
  return Promise.all(names.filter((name) => name.endsWith(".graphql")).sort().map(example));
}

// GraphiQL's style sheet carries its fonts inside; the system's own are lighter and know Cyrillic.
const systemFonts = {
  name: "system-fonts",
  setup(builder) {
    builder.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replace(/@font-face\s*\{[^}]*\}/g, ""),
      loader: "css",
    }));
  },
};

async function bundle() {
  return build({
    absWorkingDir: here,
    alias: { "react-style-singleton": "./src/no-injected-styles.js" },
    assetNames: "[name]-[hash]",
    bundle: true,
    chunkNames: "chunk-[hash]",
    define: { "process.env.NODE_ENV": '"production"', EXAMPLES: JSON.stringify(await examples()) },
    entryNames: "[name]-[hash]",
    entryPoints: ["src/explorer.jsx", "icon.svg"],
    format: "esm",
    jsx: "automatic",
    legalComments: "linked",
    loader: { ".svg": "copy" },
    logLevel: "warning",
    metafile: true,
    minify: true,
    outdir: fresh,
    plugins: [systemFonts],
    splitting: true,
    target: ["es2022", "chrome109", "firefox115", "safari16"],
  });
}

function names({ outputs }) {
  const made = Object.entries(outputs);
  const [script, { cssBundle }] = made.find(([, output]) => output.entryPoint === "src/explorer.jsx");
  const icon = made.find(([file]) => file.endsWith(".svg"))[0];
  const named = (file) => address + path.basename(file);
  return { script: named(script), style: named(cssBundle), icon: named(icon) };
}

await rm(fresh, { recursive: true, force: true });
const { metafile } = await bundle();
const page = await readFile(path.join(here, "index.html"), "utf8");
const chosen = names(metafile);
await writeFile(path.join(fresh, "index.html"), page.replace(/\{\{(\w+)\}\}/g, (_, name) => chosen[name]));
if (process.env.EXPLORER_METAFILE) await writeFile(process.env.EXPLORER_METAFILE, JSON.stringify(metafile));
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
