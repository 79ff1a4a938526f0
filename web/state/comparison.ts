import type { NotebookDiff } from "../../server/notebook/diff/model.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { CompareView, DiffLine } from "../../server/run/compare/view.ts";
import type { Api, DiffRequest } from "./api.ts";
import type { Against } from "./route.ts";
import type { Session } from "./session.ts";
import { Watchable } from "./watchable.ts";

type Progress = Omit<Extract<DiffLine, { type: "progress" }>, "type">;

/** An open notebook beside an earlier or another text of it: what differs and, when asked for, what that does to the results. */
export class Comparison extends Watchable {
  #diff: NotebookDiff | null = null;
  #problem: Problem | null = null;
  #data: CompareView | null = null;
  #dataProblem: Problem | null = null;
  #progress: Progress | null = null;
  #loading: { text: string; abort: AbortController } | null = null;
  #running: AbortController | null = null;
  readonly #unwatch: () => void;

  constructor(
    private readonly api: Api,
    readonly session: Session,
    readonly against: Against,
  ) {
    super();
    this.#unwatch = session.file.watch(() => this.#follow());
    void this.#load();
  }

  /** Null until it is known, or where `problem` says why it is not. */
  get diff(): NotebookDiff | null {
    return this.#diff;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get data(): CompareView | null {
    return this.#data;
  }

  get dataProblem(): Problem | null {
    return this.#dataProblem;
  }

  /** How far the comparison of the results is; null where none goes on. */
  get progress(): Progress | null {
    return this.#progress;
  }

  /** Runs both sides, and compares what they yield. */
  async compareResults(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#progress = { cells: 0, finished: 0, cell: null };
    this.#dataProblem = null;
    this.changed();
    const told = (progress: Progress) => {
      if (this.#running !== running) return;
      this.#progress = progress;
      this.changed();
    };
    const found = await this.api.compareResults(this.#request(), told, running.signal).catch(() => null);
    if (this.#running !== running) return;
    this.#running = null;
    this.#progress = null;
    if (found?.ok) this.#data = found.value;
    else if (found !== null) this.#dataProblem = found.problem;
    this.changed();
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = null;
    this.#progress = null;
    this.changed();
  }

  close(): void {
    this.#unwatch();
    this.#loading?.abort.abort();
    this.#running?.abort();
  }

  #follow(): void {
    if (this.#loading?.text !== this.#mark()) void this.#load();
  }

  async #load(): Promise<void> {
    this.#loading?.abort.abort();
    const loading = { text: this.#mark(), abort: new AbortController() };
    this.#loading = loading;
    // What is known of the results is of another text now.
    this.#data = null;
    if (this.#running !== null) this.cancel();
    const found = await this.api.diff(this.#request(), loading.abort.signal).catch(() => null);
    if (found === null || this.#loading !== loading) return;
    this.#diff = found.ok ? found.value.diff : null;
    this.#problem = found.ok ? null : found.problem;
    this.changed();
  }

  /** Changes whenever one of the two texts does, as far as the page knows them. */
  #mark(): string {
    const { text, disk } = this.session.file.state;
    return JSON.stringify([text, disk.etag]);
  }

  #request(): DiffRequest {
    const { session, against } = this;
    const { path, file, values } = session;
    const other = "saved" in against ? { text: file.state.disk.text } : against;
    return { path, text: file.text, against: other, set: { ...values } };
  }
}
