import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { Ask, PageAsk, RunAsk, RunResult } from "../../../server/run/asks.ts";
import { Session } from "../../../server/run/session.ts";
import type { CellView, PlanView } from "../../../server/run/view.ts";
import { WHOLE_RUN } from "../../../server/run/whole-run.ts";
import { type Workspace, workspaceAt } from "../../../server/run/workspace.ts";

const never = new AbortController().signal;

export const PATH = "notebooks/test.md";

/** A workspace in a folder of its own with one session over it, both gone when the test is over. */
export async function openRuns(data: Readonly<Record<string, string>> = {}): Promise<NotebookRuns> {
  const root = await mkdtemp(join(tmpdir(), "segbook-"));
  const workspace = workspaceAt(root);
  const runs = new NotebookRuns(workspace);
  await mkdir(workspace.data);
  await mkdir(workspace.notebooks);
  for (const [name, text] of Object.entries(data)) await runs.put(name, text);
  onTestFinished(async () => {
    await runs.close();
    await rm(root, { recursive: true, force: true });
  });
  return runs;
}

type Options = Partial<Omit<RunAsk, "text">> & { signal?: AbortSignal; onCell?: (view: CellView) => void };

export class NotebookRuns {
  readonly sessions: Session[] = [];

  constructor(readonly workspace: Workspace) {
    this.another();
  }

  get session(): Session {
    return this.sessions[0] ?? this.another();
  }

  /** A second session over the same workspace, as another process would be. */
  another(): Session {
    const session = new Session(this.workspace);
    this.sessions.push(session);
    return session;
  }

  async close(): Promise<void> {
    for (const session of this.sessions) await session.close();
  }

  /** Writes a file below data/, long ago, so that it counts as being at rest. */
  async put(name: string, text: string): Promise<void> {
    const path = join(this.workspace.data, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    await utimes(path, 1_700_000_000, 1_700_000_000);
  }

  async run(text: string, options: Options = {}, session = this.session): Promise<Ran> {
    const { signal = never, onCell, ...ask } = options;
    const listener = { started: () => undefined, cell: (view: CellView) => onCell?.(view) };
    return new Ran(await session.run({ ...asked(text), ...WHOLE_RUN, ...ask }, listener, signal));
  }

  async plan(text: string, options: Partial<Ask> = {}): Promise<Planned> {
    return new Planned(await this.session.plan({ ...asked(text), ...options }, never));
  }

  /** Rows of a relation as a page has them, or the code of the problem. */
  async rows(text: string, relation: string, options: Partial<PageAsk> = {}): Promise<unknown[][] | string> {
    const window = { offset: 0, limit: 1000, sort: null, descending: false, key: null };
    const page = await this.session.page({ ...asked(text), ...window, relation, ...options }, never);
    return isProblem(page) ? page.code : page.rows;
  }

  /** Folders of the cache by the beginning of their names. */
  async cached(prefix = ""): Promise<string[]> {
    const names = await readdir(this.workspace.cache);
    return names.filter((name) => name.startsWith(prefix) && name !== "tidied");
  }
}

function asked(text: string): Ask {
  return { path: PATH, text: withHead(text), set: {}, asOf: null };
}

/** A text with a head of its own keeps it. */
export function withHead(text: string): string {
  return text.startsWith("---") ? text : `---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n${text}`;
}

export class Ran {
  constructor(readonly result: RunResult) {}

  /** `orders computed`, `f found`, `g failed`: each cell in the order in which it ended. */
  get story(): string[] {
    return this.result.cells.map((cell) => `${cell.id} ${cell.state === "fresh" ? cell.origin : cell.state}`);
  }

  cell(id: string): CellView {
    return cellOf(this.result.cells, id);
  }

  codes(id: string): string[] {
    return this.cell(id).problems.map((problem) => problem.code);
  }
}

export class Planned {
  constructor(readonly view: PlanView) {}

  cell(id: string): CellView {
    return cellOf(this.view.cells, id);
  }

  /** State of every cell, and why. */
  get states(): Record<string, string> {
    return Object.fromEntries(
      this.view.cells.map(({ id, state, reason }) => [id, reason === null ? state : `${state}: ${reason}`]),
    );
  }
}

function cellOf(cells: readonly CellView[], id: string): CellView {
  const cell = cells.find((one) => one.id === id);
  if (cell === undefined) throw new Error(`no cell ${id} among ${cells.map((one) => one.id).join(", ")}`);
  return cell;
}

export const ORDERS =
  "customer_id,amount,ordered_at\n1,10.5,2026-10-01 10:00:00\n2,20,2026-10-02 11:00:00\n3,5,2026-09-01 09:00:00\n";

/** A source cell over a file of orders. */
export function orders(id = "orders", file = "orders.csv"): string {
  const columns = "{customer_id: BIGINT, amount: 'DECIMAL(10,2)', ordered_at: TIMESTAMP}";
  return cell("source", id, `files: ${file}\ncolumns: ${columns}\nevent: placed order\nat: ordered_at`);
}

export function cell(kind: string, id: string, body: string): string {
  return `\`\`\`${kind} ${id}\n${body}\n\`\`\`\n\n`;
}
