// Puts the kernel's entry and all that it loads into one file: hundreds of small ones cost each start half a second.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";

/** Native code and what looks for files beside itself stay packages. */
const APART = ["@duckdb/*", "libsql", "@libsql/*", "vega", "vega-lite", "vega-interpreter"];

export async function buildKernel(root) {
  await build({
    absWorkingDir: root,
    entryPoints: ["server/kernel/child.ts"],
    outfile: "dist/server/kernel/child.js",
    allowOverwrite: true,
    bundle: true,
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
    plugins: [ownAddresses(root)],
  });
}

// What finds files beside itself finds them where it would lie as a file of its own.
function ownAddresses(root) {
  const out = join(root, "server", "kernel");
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
