import { randomUUID } from "node:crypto";
import type { Engine, Parameters } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { TableStep } from "../../language/replay/replay.ts";

/** Tables that are gone when the work is done, but for those that are kept. */
export class Scratch {
  private readonly tables = new Set<string>();
  private readonly prefix = `replay_${randomUUID().slice(0, 8)}`;
  private last = 0;

  constructor(
    private readonly engine: Engine,
    private readonly signal: AbortSignal,
  ) {}

  name(hint: string): string {
    this.last += 1;
    return `${this.prefix}_${hint}_${this.last}`;
  }

  async make({ table, sql, drop }: TableStep, parameters: Parameters = {}): Promise<void> {
    this.tables.add(table);
    await this.engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS\n${sql}`, parameters, signal: this.signal });
    if (drop !== null) await this.remove(drop);
  }

  async remove(table: string): Promise<void> {
    await this.engine.execute({ sql: `DROP TABLE ${quoted(table)}` });
    this.tables.delete(table);
  }

  keep(table: string): void {
    this.tables.delete(table);
  }

  async drop(): Promise<void> {
    for (const table of this.tables)
      await this.engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` }).catch(() => undefined);
  }
}
