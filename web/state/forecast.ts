import type { Problem } from "../../server/notebook/model.ts";
import type { ForecastView } from "../../server/segments/membership/forecast-view.ts";
import type { Api, ForecastRequest } from "./api.ts";
import { Watchable } from "./watchable.ts";

/** Who goes and who comes by time alone: computed when asked for, and cancelled at will. */
export class Forecast extends Watchable {
  #view: ForecastView | null = null;
  #problem: Problem | null = null;
  #asking: AbortController | null = null;

  constructor(private readonly api: Api) {
    super();
  }

  get view(): ForecastView | null {
    return this.#view;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#asking !== null;
  }

  async ask(request: ForecastRequest): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#problem = null;
    this.changed();
    const found = await this.api.forecast(request, asking.signal).catch((error: unknown) => {
      if (asking.signal.aborted) return null;
      throw error;
    });
    if (this.#asking !== asking) return;
    this.#asking = null;
    if (found?.ok) this.#view = found.value;
    else if (found !== null) this.#problem = found.problem;
    this.changed();
  }

  cancel(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.changed();
  }

  /** What is known is of another segment, or of another text. */
  forget(): void {
    this.cancel();
    this.#view = null;
    this.#problem = null;
  }
}
