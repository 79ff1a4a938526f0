import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { NotebookOverview } from "./overview.ts";
import { Watch } from "./watchable.ts";
import type { Workbench } from "./workbench.ts";

/** Loads the overview of all notebooks for an element, anew whenever the element is shown again or the workspace changes. */
export class OverviewLoad implements ReactiveController {
  #loaded: unknown = null;

  constructor(
    host: ReactiveControllerHost,
    private readonly bench: () => Workbench | null,
  ) {
    host.addController(this);
    new Watch(host, () => [bench(), bench()?.overview]);
  }

  get entries(): readonly NotebookOverview[] | null {
    return this.bench()?.overview.entries ?? null;
  }

  hostUpdated(): void {
    const bench = this.bench();
    const workspace = bench?.workspace ?? null;
    if (bench === null || workspace === null || workspace === this.#loaded) return;
    this.#loaded = workspace;
    void bench.overview.load(workspace.notebooks);
  }

  hostDisconnected(): void {
    this.#loaded = null;
  }
}
