import { existsSync } from "node:fs";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Workspace } from "../../run/workspace.ts";
import { stateFault } from "./faults.ts";
import { type Connection, openState, statePath } from "./open.ts";

/** The workspace's state: opened when it is first needed, and made when it is first written to. */
export class State {
  private connection: Connection | null = null;

  constructor(private readonly workspace: Workspace) {}

  get isThere(): boolean {
    return this.connection !== null || existsSync(statePath(this.workspace));
  }

  /** What a piece of work reads, all of it of one moment; `nothing` while there is no state. */
  read<T>(nothing: T, work: (connection: Connection) => T): T | Problem {
    if (!this.isThere) return nothing;
    return this.within("BEGIN", work);
  }

  /** Does a piece of work as a whole: it is on the disk when this returns. One that comes to a problem has written nothing. */
  write<T>(work: (connection: Connection) => T): T | Problem {
    return this.within("BEGIN IMMEDIATE", work);
  }

  close(): void {
    const { connection } = this;
    this.connection = null;
    if (connection === null) return;
    try {
      // All of it in one file, for whoever copies that.
      connection.pragma("wal_checkpoint(TRUNCATE)");
    } catch {
      // What is in the journal is kept there as well.
    }
    connection.close();
  }

  private within<T>(begin: string, work: (connection: Connection) => T): T | Problem {
    const connection = this.connection ?? openState(this.workspace);
    if (isProblem(connection)) return connection;
    this.connection = connection;
    try {
      connection.exec(begin);
      const found = work(connection);
      connection.exec(isRefused(found) ? "ROLLBACK" : "COMMIT");
      return found;
    } catch (error) {
      rollBack(connection);
      const fault = stateFault(error);
      if (fault === null) throw error;
      // Whoever asks next opens it anew, and looks at it before.
      this.close();
      return fault;
    }
  }
}

function isRefused(found: unknown): boolean {
  return typeof found === "object" && found !== null && isProblem(found);
}

function rollBack(connection: Connection): void {
  try {
    if (connection.inTransaction) connection.exec("ROLLBACK");
  } catch {
    // A disk that failed may fail here too; the journal is undone when the file is opened next.
  }
}
