import { Cancelled } from "../engine/engine.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Limits } from "../run/limits.ts";
import type { Workspace } from "../run/workspace.ts";
import { AlertBook } from "../store/alert-book.ts";
import { EXIT } from "./command.ts";

/** Does a command's work with a kernel, and with the workspace's alerts, which end with it; gives its exit code, which is that of a cancel where Ctrl-C ended it. */
export async function withKernel(
  { workspace, limits }: { readonly workspace: Workspace; readonly limits: Limits },
  work: (kernel: Kernel, signal: AbortSignal, alerts: AlertBook) => Promise<number>,
): Promise<number> {
  const { signal, release } = interruptible();
  const alerts = new AlertBook(workspace);
  const kernel = new Kernel({ root: workspace.root, limits, alerts, onLost: () => undefined });
  try {
    return await work(kernel, signal, alerts);
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return EXIT.cancelled;
    throw error;
  } finally {
    release();
    await kernel.close();
    alerts.close();
  }
}

/** A signal that fires on Ctrl-C, and what to call when the work is done. The second Ctrl-C does not wait any more. */
function interruptible(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) process.exit(EXIT.cancelled);
    controller.abort();
  };
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", abort);
      process.off("SIGTERM", abort);
    },
  };
}
