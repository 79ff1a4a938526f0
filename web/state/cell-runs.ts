import type { StreamEvent } from "../../server/run/view.ts";
import { Watchable } from "./watchable.ts";
import type { Workbench } from "./workbench.ts";

/** Runs cells of notebooks that are not open, and reads the workspace anew once they are done. */
export class CellRuns extends Watchable {
  /** Cells that are asked for or run, by notebook. */
  readonly #under = new Map<string, readonly string[]>();

  constructor(private readonly bench: () => Workbench | null) {
    super();
  }

  isRunning(path: string, cell: string): boolean {
    return this.#under.get(path)?.includes(cell) ?? false;
  }

  async run(path: string, cells: readonly string[]): Promise<void> {
    const bench = this.bench();
    if (bench === null || cells.length === 0) return;
    this.#under.set(path, cells);
    this.changed();
    // Of a run that is started before the stream is open nothing may be heard.
    await bench.stream.settled;
    let run: string | null = null;
    let heard: readonly Extract<StreamEvent, { type: "run" }>[] = [];
    const ended = () => heard.some((event) => event.run === run && event.state !== "started");
    let resolve = (): void => undefined;
    const end = new Promise<void>((done) => {
      resolve = done;
    });
    // The stream may tell of the end before the reply comes.
    const stop = bench.stream.listen((event) => {
      if (event.type !== "run" || event.path !== path) return;
      heard = [...heard, event];
      if (ended()) resolve();
    });
    // Where the connection was lost, its end may have been missed.
    const unwatch = bench.stream.onReopened(resolve);
    const asked = await bench.api.run({ path, cells: [...cells] });
    if (asked.ok) {
      run = asked.value.run;
      if (!ended()) await end;
      await bench.loadWorkspace();
    } else bench.notices.warn(`${asked.problem.message} ${asked.problem.hint}`);
    stop();
    unwatch();
    this.#under.delete(path);
    this.changed();
  }
}
