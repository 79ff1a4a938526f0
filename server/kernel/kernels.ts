import type { AlertKeeper } from "../run/alerts/keeper.ts";
import type { Settings } from "../run/settings.ts";
import { Kernel } from "./kernel.ts";
import { Places } from "./places.ts";
import type { KernelStart } from "./process.ts";
import { Spare } from "./spare.ts";

/** Kernels that are kept though nobody asks them anything; each holds its engine's memory. */
const MOST_KERNELS = 4;

interface KernelsOptions {
  readonly start: KernelStart;
  readonly settings: Settings;
  readonly alerts: AlertKeeper;
  /** Told when a notebook's kernel ended by itself, and how. */
  readonly onLost: (path: string, how: string) => void;
}

/** One kernel a notebook, started when it is needed; of those that are idle the ones used last are kept. */
export class Kernels {
  private readonly byPath = new Map<string, Kernel>();
  private readonly places = new Places();
  private readonly spare: Spare;

  constructor(private readonly options: KernelsOptions) {
    this.spare = new Spare(options.start);
  }

  /** The kernel of a notebook, which is now the last one used. */
  of(path: string): Kernel {
    const known = this.byPath.get(path);
    this.byPath.delete(path);
    this.retire();
    const kernel = known ?? this.create(path);
    this.byPath.set(path, kernel);
    return kernel;
  }

  /** Waits until the notebook's kernel may work; one that works already may be asked more. Throws KernelsBusy. */
  place(path: string, signal: AbortSignal | undefined): Promise<void> {
    const isBusy = (kernel: Kernel | undefined) => kernel?.isBusy === true;
    const hasRoom = () =>
      isBusy(this.byPath.get(path)) || [...this.byPath.values()].filter(isBusy).length < this.options.settings.kernels;
    return this.places.wait(hasRoom, signal);
  }

  /** Starts a kernel ahead for the first notebook that is opened. */
  prepare(): void {
    this.spare.prepare();
  }

  /** Process ids of the kernels that run. */
  pids(): number[] {
    return [...this.byPath.values()].flatMap((kernel) => (kernel.pid === null ? [] : [kernel.pid]));
  }

  async close(): Promise<void> {
    await Promise.all([this.spare.close(), ...[...this.byPath.values()].map((kernel) => kernel.close())]);
  }

  /** Ends the kernels that nobody asked anything for longest; what they computed is in the cache. */
  private retire(): void {
    const idle = [...this.byPath].filter(([, kernel]) => !kernel.isBusy);
    for (const [path, kernel] of idle.slice(0, Math.max(0, this.byPath.size - MOST_KERNELS + 1))) {
      this.byPath.delete(path);
      void kernel.close();
    }
  }

  private create(path: string): Kernel {
    const { start, settings, alerts, onLost } = this.options;
    return new Kernel({
      ...start,
      onLost: (how) => onLost(path, how),
      onRest: () => this.places.free(),
      idle: settings.idle * 60_000,
      spare: this.spare,
      alerts,
    });
  }
}
