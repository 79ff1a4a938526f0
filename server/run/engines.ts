import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "../engine/duckdb.ts";
import type { Engine } from "../engine/engine.ts";
import { clearLeftovers } from "./leftovers.ts";
import type { Limits } from "./limits.ts";
import type { Workspace } from "./workspace.ts";

/** The engines of one kernel. The zone is fixed when an engine is shut in, so each zone has its own. */
export class Engines {
  private readonly opened = new Map<string, Promise<Engine>>();
  private readonly spill: string;

  constructor(
    private readonly workspace: Workspace,
    private readonly limits: Limits,
  ) {
    this.spill = join(workspace.spill, `${process.pid}-${randomUUID().slice(0, 8)}`);
  }

  in(zone: string): Promise<Engine> {
    const known = this.opened.get(zone);
    if (known !== undefined) return known;
    const opening = this.open(zone);
    this.opened.set(zone, opening);
    opening.catch(() => this.opened.delete(zone));
    return opening;
  }

  async close(): Promise<void> {
    for (const engine of await Promise.allSettled(this.opened.values()))
      if (engine.status === "fulfilled") await engine.value.close();
    this.opened.clear();
    await rm(this.spill, { recursive: true, force: true });
  }

  private async open(zone: string): Promise<Engine> {
    const { data, cache, membership } = this.workspace;
    await clearLeftovers(this.workspace);
    // Two engines must never spill into one folder: they give their files the same names.
    const spill = join(this.spill, zone.replaceAll("/", "-"));
    for (const folder of [cache, spill]) await mkdir(folder, { recursive: true });
    const { threads, memory, temp } = this.limits;
    return openDuckDb({ folders: [data, cache, membership], spill, zone, threads, memory, temp });
  }
}
