import type { Problem } from "../../server/notebook/model.ts";
import type { EventsPage, PersonView } from "../../server/segments/person/view.ts";
import type { Api } from "./api.ts";
import type { Session } from "./session.ts";
import { Watchable } from "./watchable.ts";

const EVENTS = 500;

/** One person of the open notebook: what is known, and as many events as were asked for, of all kinds or of one. */
export class Person extends Watchable {
  #view: PersonView | null = null;
  #events: EventsPage | null = null;
  #problem: Problem | null = null;
  #kind: string | null = null;
  #loading: AbortController | null = null;

  constructor(
    private readonly api: Api,
    private readonly session: Session,
    readonly key: string,
  ) {
    super();
    void this.load();
  }

  /** Null until it is known, or where `problem` says why it is not. */
  get view(): PersonView | null {
    return this.#view;
  }

  /** The newest events, as far as they were asked for. */
  get events(): EventsPage | null {
    return this.#events;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** The one kind of event that is shown; null for all. */
  get kind(): string | null {
    return this.#kind;
  }

  get loading(): boolean {
    return this.#loading !== null;
  }

  /** Reads everything anew. */
  async load(): Promise<void> {
    this.#kind = null;
    const found = await this.#ask((signal) => this.api.person(this.#request(0), signal));
    if (found === null) return;
    this.#view = found.ok ? found.value : null;
    this.#events = found.ok ? found.value.events : null;
    this.#problem = found.ok ? null : found.problem;
    this.changed();
  }

  /** Shows events of one kind, or of all with null. */
  async only(kind: string | null): Promise<void> {
    this.#kind = kind;
    await this.#page(0);
  }

  /** Adds the events before those that are shown. */
  async more(): Promise<void> {
    await this.#page(this.#events?.rows.length ?? 0);
  }

  close(): void {
    this.#loading?.abort();
  }

  async #page(offset: number): Promise<void> {
    const found = await this.#ask((signal) => this.api.personEvents(this.#request(offset), signal));
    if (found === null) return;
    this.#problem = found.ok ? null : found.problem;
    if (found.ok) {
      const before = offset === 0 ? [] : (this.#events?.rows ?? []);
      this.#events = { ...found.value, offset: 0, rows: [...before, ...found.value.rows] };
    }
    this.changed();
  }

  /** The newest question wins; null where another took its place. */
  async #ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.changed();
    const found = await question(loading.signal).catch((error: unknown) => {
      if (loading.signal.aborted) return null;
      throw error;
    });
    if (this.#loading !== loading) return null;
    this.#loading = null;
    return found;
  }

  #request(offset: number) {
    const { path, values: set } = this.session;
    return { path, entity: this.key, kind: this.#kind, set, offset, limit: EVENTS };
  }
}
