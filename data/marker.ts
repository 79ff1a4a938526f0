import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Raised with every change of what the generator writes, so that an older demo is made anew. */
export const DEMO_VERSION = 3;

const Marker = z.object({ version: z.number(), customers: z.number(), seed: z.number() });
export type Marker = z.infer<typeof Marker>;

/** Whether the workspace has a whole demo of this version, and, where asked, of this size and seed. */
export async function isDemoPresent(
  workspace: string,
  wanted: { readonly customers?: number; readonly seed?: number } = {},
): Promise<boolean> {
  const marker = await readMarker(join(workspace, "data", "demo"));
  return (
    marker !== null &&
    marker.version === DEMO_VERSION &&
    marker.customers === (wanted.customers ?? marker.customers) &&
    marker.seed === (wanted.seed ?? marker.seed)
  );
}

export async function writeMarker(folder: string, marker: Marker): Promise<void> {
  await writeFile(join(folder, MARKER), `${JSON.stringify(marker)}\n`);
}

/** Hidden, so that it is not taken for data. */
const MARKER = ".made.json";

async function readMarker(folder: string): Promise<Marker | null> {
  try {
    const found = Marker.safeParse(JSON.parse(await readFile(join(folder, MARKER), "utf8")));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}
