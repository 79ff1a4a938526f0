import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Which rooms of the server a room may import from, besides itself. The pure ones know nobody. */
const MAY: Record<string, readonly string[]> = {
  notebook: [],
  language: [],
  cluster: [],
  monitor: [],
  portable: ["language", "notebook"],
  figures: ["run", "segments", "monitor", "notebook"],
  engine: ["language"],
  offload: [],
  segments: ["engine", "language", "notebook"],
  cells: ["language", "cluster", "monitor", "engine", "offload", "notebook"],
  run: [
    "portable",
    "cells",
    "cluster",
    "monitor",
    "segments",
    "engine",
    "offload",
    "language",
    "notebook",
    "version.ts",
  ],
  export: ["run", "figures", "notebook"],
  check: ["run", "cells", "segments", "engine", "language", "notebook"],
  kernel: ["check", "run", "monitor", "segments", "export", "engine", "notebook"],
  store: ["notebook", "run", "monitor"],
  routes: ["kernel", "portable", "run", "store", "notebook", "engine", "monitor"],
  commands: [
    "check",
    "kernel",
    "run",
    "segments",
    "portable",
    "figures",
    "monitor",
    "store",
    "routes",
    "notebook",
    "engine",
    "language",
    "top",
    "version.ts",
  ],
  top: ["commands", "routes", "kernel", "store", "run", "notebook", "version.ts"],
};

const PURE = ["notebook", "language", "cluster", "monitor", "portable", "figures"];

/** Room of a file: the folder below server/, or `top` for the files beside them; the version stands alone. */
function roomOf(file: string): string {
  const parts = relative(join(root, "server"), file).split("/");
  if (parts.length === 1 && parts[0] !== "version.ts") return "top";
  return parts[0] ?? "";
}

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => join(root, folder, String(file)))
    .filter((file) => file.endsWith(".ts"));
}

function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [
    ...text.matchAll(/(?:import|export)\s[^"';]*?from\s*"([^"]+)"|import\s*\(\s*"([^"]+)"\s*\)|import\s+"([^"]+)"/g),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

describe("arrows between the rooms of the server", () => {
  it("point one way only", () => {
    const wrong: string[] = [];
    for (const file of files("server")) {
      const from = roomOf(file);
      for (const target of imports(file).filter((one) => one.startsWith("."))) {
        const to = roomOf(resolve(dirname(file), target));
        if (to !== from && !(MAY[from] ?? []).includes(to)) wrong.push(`${relative(root, file)} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("leave the pure rooms without disk, network, clock or engine", () => {
    const wrong: string[] = [];
    for (const file of PURE.flatMap((room) => files(`server/${room}`))) {
      for (const target of imports(file))
        if (target.startsWith("node:") || target.includes("duckdb"))
          wrong.push(`${relative(root, file)} imports ${target}`);
      if (/\bDate\.now\(|\bnew Date\(\)|Math\.random\(/.test(readFileSync(file, "utf8")))
        wrong.push(`${relative(root, file)} asks the clock or chance`);
    }
    expect(wrong).toEqual([]);
  });

  it("lead from the page to the server by types alone, but for the notebook, the language and the figures", () => {
    const wrong: string[] = [];
    for (const file of files("web")) {
      const text = readFileSync(file, "utf8");
      for (const match of text.matchAll(/(import|export)\s+(type\s)?[^"';]*?from\s*"([^"]*\/server\/[^"]+)"/g)) {
        const target = match[3] ?? "";
        if (match[2] === undefined && !/\/server\/(notebook|language|figures)\//.test(target))
          wrong.push(`${relative(root, file)} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("keep rooms free of drawers for the rest", () => {
    const drawers = ["server", "web", "data", "test"]
      .flatMap(files)
      .filter((file) => /\/(utils?|helpers?|misc|common)(\/|\.ts$)/.test(file.slice(root.length)));
    expect(drawers).toEqual([]);
  });
});
