import { literal, name as quoted } from "../language/quote.ts";
import { beforeSql, timeColumn } from "./cut.ts";
import { HISTORY } from "./membership/known.ts";
import type { Studies } from "./study.ts";

/** Lets relations that have been computed be read under their names; one run's, whose cells may ask at once. */
export class StandIns {
  /** Relation → the file that stands behind its name. */
  private readonly files = new Map<string, string>();
  /** Two changes of the catalogue at once would be refused by the engine. */
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly studies: Studies) {}

  async of(name: string): Promise<void> {
    const turn = this.queue.then(() => this.make(name));
    this.queue = turn.catch(() => undefined);
    await turn;
  }

  private async make(name: string): Promise<void> {
    const { engine, cache, until, clock } = this.studies.request;
    if (name === HISTORY) {
      const history = await this.studies.history();
      if ("code" in history) throw new Error(history.message);
      await engine.execute({ sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS ${history.sql}` });
      return;
    }
    const holder = await this.studies.holder(name);
    const stored = holder?.part ? await cache.find(holder.part.key) : null;
    const relation = stored?.relations.find((one) => one.suffix === holder?.suffix);
    if (stored === null || relation === undefined) throw new Error(`${name} has not been computed`);
    const file = cache.path(stored, relation);
    if (this.files.get(name) === file) return;
    const at = holder?.suffix === "" && until !== null ? timeColumn(holder.studied) : null;
    const column = relation.columns.find((one) => one.name === at);
    const cut = column === undefined || until === null ? "" : ` WHERE ${beforeSql(column, until, clock.zone)}`;
    await engine.execute({
      sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS SELECT * FROM read_parquet(${literal(file)})${cut}`,
    });
    this.files.set(name, file);
  }
}
