import type { Problem } from "../../server/notebook/model.ts";
import type { PeopleFound } from "../../server/segments/person/view.ts";
import type { Api } from "./api.ts";
import { Debounce } from "./debounce.ts";
import type { Session } from "./session.ts";
import { Watchable } from "./watchable.ts";

const PAUSE = 150;

/** People whose keys begin with what is typed; the newest word wins. */
export class PeopleSearch extends Watchable {
  #found: PeopleFound | null = null;
  #anybody: readonly string[] | null = null;
  #problem: Problem | null = null;
  #text = "";
  #asking: AbortController | null = null;
  readonly #soon = new Debounce(PAUSE, () => void this.#ask());

  constructor(
    private readonly api: Api,
    private readonly session: () => Session | null,
  ) {
    super();
  }

  get found(): PeopleFound | null {
    return this.#found;
  }

  /** Some of all, whatever is typed; null while that was not asked. */
  get anybody(): readonly string[] | null {
    return this.#anybody;
  }

  /** Why nobody could be found. */
  get problem(): Problem | null {
    return this.#problem;
  }

  type(text: string): void {
    this.#text = text;
    this.#soon.soon();
  }

  async #ask(): Promise<void> {
    const session = this.session();
    if (session === null) return;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const request = { path: session.path, prefix: this.#text, set: session.values };
    const found = await this.api.people(request, asking.signal).catch(() => null);
    if (this.#asking !== asking || found === null) return;
    this.#problem = found.ok ? null : found.problem;
    if (found.ok) this.#found = found.value;
    if (found.ok && request.prefix === "") this.#anybody = found.value.people;
    this.changed();
  }
}
