// Builds the pages into the folders that the gateway serves: hashed files, one index.html that names them.
import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { build } from "esbuild";
import { parse } from "graphql";
import { storedDocuments } from "./documents.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const served = path.resolve(here, "../gateway/static");

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

async function bundle(entry, outdir, more) {
  return build({
    absWorkingDir: here,
    assetNames: "[name]-[hash]",
    bundle: true,
    charset: "utf8",
    chunkNames: "chunk-[hash]",
    entryNames: "[name]-[hash]",
    entryPoints: [entry, "icon.svg"],
    format: "esm",
    jsx: "automatic",
    legalComments: "linked",
    loader: { ".svg": "copy" },
    logLevel: "warning",
    metafile: true,
    minify: true,
    outdir,
    splitting: true,
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    ...more,
    define: { "process.env.NODE_ENV": '"production"', ...more.define },
  });
}

// Every script that this one brings with it, at once or a moment later: a browser that is told need not find out.
function reached(outputs, script, found = new Set()) {
  for (const { path: file } of outputs[script].imports.filter(({ external }) => !external)) {
    if (found.has(file)) continue;
    found.add(file);
    reached(outputs, file, found);
  }
  return [...found];
}

const packed = { ".gz": promisify(gzip), ".br": promisify(brotliCompress) };

// Beside each script and style sheet what a browser may take instead: the same bytes, packed once for all.
async function pack(folder) {
  const files = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name));
  for (const name of files) {
    const bytes = await readFile(path.join(folder, name));
    for (const [ending, packing] of Object.entries(packed)) await writeFile(path.join(folder, name + ending), await packing(bytes));
  }
}

function names({ outputs }, entry, address) {
  const made = Object.entries(outputs);
  const [script, { cssBundle }] = made.find(([, output]) => output.entryPoint === entry);
  const icon = made.find(([file]) => file.endsWith(".svg"))[0];
  const named = (file) => address + path.basename(file);
  const preloads = reached(outputs, script).map((file) => `<link rel="modulepreload" href="${named(file)}" />`);
  return { script: named(script), style: named(cssBundle), icon: named(icon), preloads: preloads.join("\n    ") };
}

// `beside` are files that the gateway reads and nobody is served. The folder is changed for the old one when it is whole.
async function makePage(name, { entry, index, beside = () => ({}), ...more }) {
  const target = path.join(served, name);
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  const { metafile } = await bundle(entry, fresh, more);
  const page = await readFile(path.join(here, index), "utf8");
  const chosen = names(metafile, entry, `static/${name}/`);
  await writeFile(path.join(fresh, "index.html"), page.replace(/\{\{(\w+)\}\}/g, (_, each) => chosen[each]));
  for (const [file, text] of Object.entries(beside())) await writeFile(path.join(fresh, file), text);
  await pack(fresh);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  return metafile;
}

const documents = await storedDocuments(path.resolve(here, "../schema.graphql"));
const explorer = await makePage("explorer", {
  entry: "src/explorer.jsx",
  index: "index.html",
  alias: { "react-style-singleton": "./src/no-injected-styles.js" },
  define: { EXAMPLES: JSON.stringify(await examples()) },
  plugins: [systemFonts],
});
const dashboard = await makePage("dashboard", {
  entry: "dashboard/start.js",
  index: "dashboard/index.html",
  plugins: [documents.plugin],
  beside: () => ({ "documents.json": documents.manifest() }),
});
if (process.env.EXPLORER_METAFILE) {
  await writeFile(process.env.EXPLORER_METAFILE, JSON.stringify({ explorer, dashboard }));
}
