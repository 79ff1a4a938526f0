// Compiles the server and the generator to dist/, then bundles the page to dist/web.
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { build as buildPage } from "vite";
import { buildBundles } from "./build-bundles.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const started = performance.now();

// AssemblyScript, with a compiler of its own.
const kernels = ["cluster", "monitor"].map((room) => join("server", room, "wasm"));
const sources = ["server", "data"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !kernels.some((folder) => file.startsWith(folder)),
    ),
);
await build({
  absWorkingDir: root,
  entryPoints: sources,
  outdir: "dist",
  outbase: ".",
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
  plugins: [relativeExtensions()],
  bundle: true,
});
await buildBundles(root);
await import("./build-wasm.mjs");
await buildPage({ configFile: join(root, "web", "vite.config.ts"), logLevel: "warn" });
writeFileSync(join(root, "dist", "built.txt"), `${new Date().toISOString()}\n`);
process.stderr.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);

// Each file stays a file of its own: imports are left as they are, but for their ending.
function relativeExtensions() {
  return {
    name: "relative-extensions",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.kind === "entry-point") return undefined;
        return { path: args.path.startsWith(".") ? args.path.replace(/\.ts$/, ".js") : args.path, external: true };
      });
    },
  };
}
