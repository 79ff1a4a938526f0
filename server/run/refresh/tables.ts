import { randomUUID } from "node:crypto";
import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";

/** Tables in the engine for one refresh, gone when it is done. */
export class Tables {
  private readonly made: string[] = [];

  constructor(
    readonly engine: Engine,
    readonly signal: AbortSignal,
  ) {}

  async make(hint: string, sql: string): Promise<string> {
    const table = `refresh_${hint}_${randomUUID().slice(0, 8)}`;
    this.made.push(table);
    await this.engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS\n${sql}`, signal: this.signal });
    return table;
  }

  async drop(): Promise<void> {
    for (const table of this.made)
      await this.engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` }).catch(() => undefined);
  }
}
