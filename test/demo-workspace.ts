import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { generateDemo } from "../data/generate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A workspace with the demo's data, its example notebooks and its planted truth; shared by all tests, so write to a copy. */
    demoWorkspace: string;
  }
}

/** Makes the demo once, as `npm start` does on a fresh machine: tests of it need all 20,000 customers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), "segbook-demo-"));
  await cp(fileURLToPath(new URL("../notebooks", import.meta.url)), join(root, "notebooks"), { recursive: true });
  await generateDemo({ out: root, customers: 20_000, seed: 1 });
  project.provide("demoWorkspace", root);
  return () => rm(root, { recursive: true, force: true });
}
