import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { FromPainter, ToPainter } from "./child.ts";
import type { Drawn, DrawRequest } from "./draw.ts";

export interface PainterLimits {
  /** Milliseconds a chart. */
  readonly ms: number;
  /** Megabytes of its process's heap. */
  readonly memory: number;
}

const LIMITS: PainterLimits = { ms: 10_000, memory: 512 };

/** Draws charts in a process of their own, which is started by the first and again after one that ended it. */
export class Painter {
  private child: ChildProcess | null = null;
  private last = 0;

  constructor(
    /** IANA name in which the charts' times are. */
    private readonly zone: string,
    private readonly limits: PainterLimits = LIMITS,
  ) {}

  /** One chart at a time. Gives a sentence where it can't be drawn. */
  async draw(request: DrawRequest, signal: AbortSignal): Promise<Drawn | { failed: string }> {
    signal.throwIfAborted();
    const child = this.child ?? this.start();
    this.last += 1;
    const asked: ToPainter = { id: this.last, request };
    const stop = () => child.kill("SIGKILL");
    signal.addEventListener("abort", stop, { once: true });
    const drawn = await new Promise<Drawn | { failed: string }>((resolve) => {
      const end = (outcome: Drawn | { failed: string }) => {
        child.off("message", hear).off("exit", gone);
        resolve(outcome);
      };
      const hear = (message: FromPainter) => message.id === asked.id && end(message.drawn);
      const gone = (_: number | null, how: string | null) => end({ failed: this.ended(how) });
      child.on("message", hear).on("exit", gone);
      child.send(asked, (error) => error !== null && end({ failed: this.ended(null) }));
    });
    signal.removeEventListener("abort", stop);
    signal.throwIfAborted();
    return drawn;
  }

  close(): void {
    this.child?.kill("SIGKILL");
    this.child = null;
  }

  private ended(signal: string | null): string {
    return signal === "SIGKILL"
      ? `it takes more than ${this.limits.ms / 1000} s to draw.`
      : "drawing it takes more memory than a chart may have.";
  }

  private start(): ChildProcess {
    const compiled = import.meta.url.endsWith(".js");
    const file = fileURLToPath(new URL(compiled ? "./child.js" : "./child.ts", import.meta.url));
    const loader = compiled ? [] : ["--import", createRequire(import.meta.url).resolve("tsx")];
    const child = fork(file, [String(this.limits.ms)], {
      // Nothing of the environment reaches a specification; times are drawn in the notebook's zone.
      env: { TZ: this.zone },
      execArgv: [`--max-old-space-size=${this.limits.memory}`, ...loader],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("error", () => undefined);
    child.once("exit", () => {
      if (this.child === child) this.child = null;
    });
    this.child = child;
    return child;
  }
}
