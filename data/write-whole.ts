import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** The folders that a demo is made in before it takes its place. */
export interface Folders {
  readonly data: string;
  readonly truth: string;
  /** For what is needed while it is made. */
  readonly spill: string;
}

/**
 * Lets `make` fill folders beside the workspace's own and moves them into place once it is done: `data/demo/` last,
 * so that a demo which is there is whole. Where it fails or is cancelled, what was there before stays.
 */
export async function writeWhole(workspace: string, make: (folders: Folders) => Promise<void>): Promise<void> {
  const state = join(workspace, ".segbook");
  await mkdir(state, { recursive: true });
  await mkdir(join(workspace, "data"), { recursive: true });
  const building = await mkdtemp(join(state, "demo-building-"));
  const folders = { data: join(building, "data"), truth: join(building, "truth"), spill: join(building, "spill") };
  try {
    for (const folder of Object.values(folders)) await mkdir(folder);
    await make(folders);
    const demo = join(workspace, "data", "demo");
    const truth = join(state, "demo-truth");
    await moveAside(demo, join(building, "old-data"));
    await moveAside(truth, join(building, "old-truth"));
    await rename(folders.truth, truth);
    await rename(folders.data, demo);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function moveAside(folder: string, to: string): Promise<void> {
  try {
    await rename(folder, to);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
}
