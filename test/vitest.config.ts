import { fileURLToPath } from "node:url";
import { defineConfig, type TestUserConfig } from "vitest/config";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Tests of code that keeps nothing of one workspace for another: a process loads their modules once for all of them. */
const PURE = [
  "test/server/{cells,check,export,figures,language,monitor,notebook,offload,portable,segments}/**/*.test.ts",
  "test/web/{cells,data,diff,graph,notebook,segments,shell,state}/**/*.test.ts",
];

const every = {
  setupFiles: ["test/property-seed.ts"],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // What is waited for comes when the machine gets to it.
  expect: { poll: { timeout: 20_000 } },
  pool: "forks",
  maxWorkers: 2,
} satisfies TestUserConfig;

export default defineConfig({
  root: ROOT,
  test: {
    ...every,
    globalSetup: process.env.SEGBOOK_NO_DEMO ? [] : ["test/demo-workspace.ts"],
    projects: [
      {
        root: ROOT,
        test: { ...every, name: "pure", include: PURE, isolate: false, sequence: { groupOrder: 1 } },
      },
      {
        root: ROOT,
        test: {
          ...every,
          name: "whole",
          include: ["test/**/*.test.ts"],
          exclude: ["test/bench/**", ...PURE],
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
