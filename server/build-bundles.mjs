// Puts what a process loads into few files: hundreds of small ones cost each start a quarter to half a second.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";

/** Native code and what looks for files beside itself stay packages. */
const APART = ["@duckdb/node-bindings", "libsql", "@libsql/*", "vega", "vega-lite", "vega-interpreter"];

/** What is a file each, with all that it loads: the kernel's entry, and the work of its threads. */
const WHOLE = ["kernel/child.ts", "cells/cluster/work.ts", "cells/monitor/judge.ts", "cells/transform/work.ts"];

export async function buildBundles(root) {
  for (const file of WHOLE) await bundle(root, dirname(file), [file]);
  await bundleCommands(root);
}

/** The command line's commands, a file each, and what several of them share in files beside them. */
async function bundleCommands(root) {
  const out = join(root, "dist", "server", "commands");
  for (const file of readdirSync(out)) if (file.startsWith("chunk-")) rmSync(join(out, file));
  const files = readdirSync(join(root, "server", "commands")).filter((file) => file.endsWith(".ts"));
  await bundle(
    root,
    "commands",
    files.map((file) => `commands/${file}`),
  );
}

async function bundle(root, room, files) {
  await build({
    absWorkingDir: root,
    entryPoints: files.map((file) => `server/${file}`),
    outdir: `dist/server/${room}`,
    allowOverwrite: true,
    bundle: true,
    splitting: files.length > 1,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
    external: APART,
    // Packages of the older kind ask for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    plugins: [ownRequire(), ownAddresses(root, room)],
  });
}

// What finds files beside itself finds them where it would lie as a file of its own.
function ownAddresses(root, room) {
  const out = join(root, "server", room);
  return {
    name: "own-addresses",
    setup(build) {
      build.onLoad({ filter: /[\\/]server[\\/].*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes("import.meta.url") || path.includes("node_modules")) return undefined;
        const there = relative(out, path).replaceAll("\\", "/").replace(/\.ts$/, ".js");
        const own = `new URL(${JSON.stringify(there.startsWith(".") ? there : `./${there}`)}, import.meta.url).href`;
        return { contents: text.replaceAll("import.meta.url", own), loader: "ts", resolveDir: dirname(path) };
      });
    },
  };
}

// A package that a file requires by itself comes into the bundle too, as those that are imported do.
function ownRequire() {
  return {
    name: "own-require",
    setup(build) {
      build.onLoad({ filter: /[\\/]duckdb-package\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        const own = "const require = createRequire(import.meta.url);";
        if (!text.includes(own)) throw new Error(`${path} does not require as it did: see own-require`);
        return { contents: text.replace(own, ""), loader: "ts", resolveDir: dirname(path) };
      });
    },
  };
}
