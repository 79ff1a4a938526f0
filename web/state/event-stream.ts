import type { StreamEvent } from "../../server/run/view.ts";
import { PerFrame } from "./per-frame.ts";
import { Watchable } from "./watchable.ts";

const TYPES: readonly StreamEvent["type"][] = ["run", "cell", "file", "data", "alerts", "kernel"];
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** What stands between the page and its server may hold the stream back; the rest works without it. */
const PATIENCE = 3_000;

/** What happens on the server, as it happens; connects again by itself when the connection is lost. */
export class EventStream extends Watchable {
  readonly #listeners = new Set<(event: StreamEvent) => void>();
  readonly #reopened = new Set<() => void>();
  readonly #gathered = new PerFrame<StreamEvent>((events) => {
    for (const event of events) for (const listener of [...this.#listeners]) listener(event);
  });
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT;
  #state: "connecting" | "open" | "lost" = "connecting";
  /** Whether something may have happened that was not heard. */
  #missed = false;
  #settle: () => void = () => undefined;
  /** Settled once the first try has come to something, or has been waited for long enough: what is begun before may not be heard. */
  readonly settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  get state(): "connecting" | "open" | "lost" {
    return this.#state;
  }

  open(): void {
    if (this.#state === "connecting") setTimeout(() => this.#goOn(), PATIENCE);
    const source = new EventSource("/api/events");
    this.#source = source;
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#failed(source));
    for (const type of TYPES) source.addEventListener(type, (event) => this.#heard(event));
  }

  /** Does not wait for the next try. */
  now(): void {
    this.close();
    this.#wait = FIRST_WAIT;
    this.open();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#gathered.stop();
    this.#source = null;
  }

  listen(listener: (event: StreamEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls after a connection that was lost or was not waited for is there: what happened meanwhile was not heard. */
  onReopened(listener: () => void): () => void {
    this.#reopened.add(listener);
    return () => this.#reopened.delete(listener);
  }

  #opened(): void {
    const missed = this.#missed;
    this.#state = "open";
    this.#missed = false;
    this.#wait = FIRST_WAIT;
    this.#settle();
    this.changed();
    if (missed) for (const listener of [...this.#reopened]) listener();
  }

  #goOn(): void {
    if (this.#state === "connecting") this.#missed = true;
    this.#settle();
  }

  // The browser tries again by itself after a broken connection, but gives up after a refusal.
  #failed(source: EventSource): void {
    this.#state = "lost";
    this.#missed = true;
    this.#settle();
    this.changed();
    if (source.readyState !== EventSource.CLOSED) return;
    this.#timer = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #heard(event: MessageEvent<string>): void {
    this.#gathered.add(JSON.parse(event.data) as StreamEvent);
  }
}
