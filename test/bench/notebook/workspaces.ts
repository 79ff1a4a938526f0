import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateDemo, isDemoPresent } from "../../../data/generate.ts";

/** A workspace with the demo's data for so many customers, kept between calls in the system's temporary folder. */
export async function benchWorkspace(customers: number): Promise<string> {
  const root = join(tmpdir(), "segbook-bench", String(customers));
  mkdirSync(join(root, "notebooks"), { recursive: true });
  if (await isDemoPresent(root, { customers, seed: 1 })) return root;
  process.stderr.write(`Making the demo for ${customers.toLocaleString("en")} customers in ${root} …\n`);
  await generateDemo({ out: root, customers, seed: 1 });
  return root;
}

export function writeNotebook(root: string, name: string, text: string): string {
  writeFileSync(join(root, "notebooks", `${name}.md`), text);
  return `notebooks/${name}.md`;
}
