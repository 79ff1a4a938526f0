import { name as quoted } from "../language/quote.ts";
import { rowsOfRead } from "./reading.ts";
import type { Studies } from "./study.ts";

/** Lets relations that have been computed be read under their names; one run's, whose cells may ask at once. */
export class StandIns {
  /** Relation → the SELECT that stands behind its name. */
  private readonly rows = new Map<string, string>();
  /** Two changes of the catalogue at once would be refused by the engine. */
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly studies: Studies) {}

  async of(name: string): Promise<void> {
    const turn = this.queue.then(() => this.make(name));
    this.queue = turn.catch(() => undefined);
    await turn;
  }

  private async make(name: string): Promise<void> {
    const { engine } = this.studies.request;
    const rows = await rowsOfRead(name, this.studies);
    if (this.rows.get(name) === rows) return;
    await engine.execute({ sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS ${rows}` });
    this.rows.set(name, rows);
  }
}
