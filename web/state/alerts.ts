import type { AuditEntry } from "../../server/monitor/life/model.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type {
  AlertAction,
  AlertsRequest,
  AlertsView,
  AnnotationAction,
  MonitorNews,
} from "../../server/run/alerts/view.ts";
import type { Answer } from "./answer.ts";
import type { Api } from "./api.ts";
import { problemOf } from "./results.ts";
import { Watchable } from "./watchable.ts";

/** What is recorded of monitors, and what is done about it; shared by whoever shows it. */
export class Alerts extends Watchable {
  #view: AlertsView | null = null;
  #problem: Problem | null = null;
  #loading: AbortController | null = null;
  #updating: AbortController | null = null;
  #news: MonitorNews[] = [];

  constructor(
    private readonly api: Api,
    /** Whose alerts: all where it is empty. */
    private readonly of: AlertsRequest = {},
  ) {
    super();
  }

  /** Null until it was loaded for the first time; stays while it is read anew. */
  get view(): AlertsView | null {
    return this.#view;
  }

  /** Why it could not be read, or why what was asked for last was not done. */
  get problem(): Problem | null {
    return this.#problem;
  }

  get isLoading(): boolean {
    return this.#loading !== null;
  }

  get isUpdating(): boolean {
    return this.#updating !== null;
  }

  /** What bringing monitors up to date told so far, or did the last time. */
  get news(): readonly MonitorNews[] {
    return this.#news;
  }

  async load(): Promise<void> {
    this.#loading?.abort();
    const controller = new AbortController();
    this.#loading = controller;
    this.changed();
    try {
      const found = await this.api.alerts(this.of, controller.signal);
      if (controller.signal.aborted) return;
      if (found.ok) this.#view = found.value;
      this.#problem = found.ok ? null : found.problem;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#problem = problemOf(error);
    }
    this.#loading = null;
    this.changed();
  }

  /** False where it was refused; `problem` says why. */
  act(id: string, action: AlertAction): Promise<boolean> {
    return this.#done(this.api.actOnAlert(id, action));
  }

  annotate(action: AnnotationAction): Promise<boolean> {
    return this.#done(this.api.annotate(action));
  }

  /** Takes back what was done last, or one entry. */
  undo(entry?: AuditEntry): Promise<boolean> {
    return this.#done(this.api.undoAlertAct(entry === undefined ? {} : { entry: entry.id }));
  }

  /** Brings every monitor up to date, or those of some notebooks. */
  async bringUpToDate(paths?: readonly string[]): Promise<void> {
    this.#updating?.abort();
    const controller = new AbortController();
    this.#updating = controller;
    this.#news = [];
    this.#problem = null;
    this.changed();
    const told = (news: MonitorNews) => {
      this.#news = [...this.#news, news];
      this.changed();
    };
    let problem: Problem | null = null;
    try {
      const done = await this.api.bringUpToDate(paths === undefined ? {} : { paths }, told, controller.signal);
      if (!done.ok) problem = done.problem;
    } catch (error) {
      if (!controller.signal.aborted) problem = problemOf(error);
    }
    if (this.#updating !== controller) return;
    this.#updating = null;
    await this.load();
    if (problem !== null) this.#problem = problem;
    this.changed();
  }

  /** Gives up bringing monitors up to date; what was recorded stays. */
  stop(): void {
    this.#updating?.abort();
  }

  async #done(asked: Promise<Answer<unknown>>): Promise<boolean> {
    const answered = await asked;
    await this.load();
    if (!answered.ok) this.#problem = answered.problem;
    this.changed();
    return answered.ok;
  }
}
