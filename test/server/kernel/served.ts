import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Supervisor } from "../../../server/kernel/supervisor.ts";
import { defaultSettings, type Settings } from "../../../server/run/settings.ts";
import type { CellView, StreamEvent } from "../../../server/run/view.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { projectRoot } from "../../workspace.ts";

export const PATH = "notebooks/test.md";
export const QUERY = { offset: 0, limit: 100, sort: null, descending: false, set: {}, asOf: null, key: null };

// As they are compiled, like all that people start: a kernel of the sources would be translated anew each time.
const compiled = <Module>(name: string): Promise<Module> =>
  import(/* @vite-ignore */ join(projectRoot, "dist", "server", "kernel", `${name}.js`));
const supervisors = await compiled<typeof import("../../../server/kernel/supervisor.ts")>("supervisor");
export const { KernelsBusy } = await compiled<typeof import("../../../server/kernel/places.ts")>("places");

type RunEvent = Extract<StreamEvent, { type: "run" }>;

/** A workspace with kernels over it, all gone when the test is over. */
export async function serve(cells: string, settings: Partial<Settings> = {}): Promise<Served> {
  const root = await mkdtemp(join(tmpdir(), "segbook-"));
  const workspace = workspaceAt(root);
  await mkdir(workspace.data);
  await mkdir(workspace.notebooks);
  const supervisor = new supervisors.Supervisor(workspace, (path) => readFile(join(root, path), "utf8"), {
    ...defaultSettings(workspace),
    ...settings,
  });
  const served = new Served(root, supervisor);
  await served.write(cells);
  onTestFinished(async () => {
    await supervisor.close();
    await rm(root, { recursive: true, force: true });
  });
  return served;
}

export class Served {
  readonly events: StreamEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(
    readonly root: string,
    readonly supervisor: Supervisor,
  ) {
    supervisor.subscribe((event) => {
      this.events.push(event);
      for (const wake of this.#waiting) wake();
    });
  }

  async write(cells: string): Promise<void> {
    await writeFile(join(this.root, PATH), `---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n${cells}`);
  }

  async start(cells?: string[]): Promise<string> {
    const { run } = await this.supervisor.run({ path: PATH, ...(cells && { cells }) });
    return run;
  }

  /** Ends the only kernel as the system would; gives its process id. */
  killKernel(): number {
    const [pid, ...others] = this.supervisor.pids();
    if (pid === undefined || others.length > 0) throw new Error("there is not exactly one kernel");
    process.kill(pid, "SIGKILL");
    return pid;
  }

  /** The first event, of those that came and those to come, that is what is waited for. */
  async event<T extends StreamEvent>(wanted: (event: StreamEvent) => event is T): Promise<T> {
    for (;;) {
      const found = this.events.find(wanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  ended(run: string): Promise<RunEvent> {
    return this.event(
      (event): event is RunEvent => event.type === "run" && event.run === run && event.state !== "started",
    );
  }

  fresh(id: string): Promise<StreamEvent> {
    return this.event(
      (event): event is StreamEvent => event.type === "cell" && event.cell.id === id && event.cell.state === "fresh",
    );
  }

  running(id: string): Promise<StreamEvent> {
    return this.event(
      (event): event is StreamEvent => event.type === "cell" && event.cell.id === id && event.cell.state === "running",
    );
  }

  /** What was last told of a cell. */
  told(id: string): CellView | null {
    const told = this.events.findLast((event) => event.type === "cell" && event.cell.id === id);
    return told?.type === "cell" ? told.cell : null;
  }
}
