import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { StreamEvent } from "../run/view.ts";
import type { Services } from "./services.ts";

const HEARTBEAT_MS = 15_000;
/** A reader that is further behind is cut off; it connects again and asks for what it needs. */
const MOST_WAITING = 5_000;

/** One stream of everything that happens: runs, cells, files, kernels. */
export function eventRoutes({ kernels, alerts, watch, dataWatch, closing }: Services) {
  return new Hono().get("/events", (c) =>
    streamSSE(c, async (stream) => {
      const waiting: (StreamEvent | null)[] = [];
      let wake: () => void = () => undefined;
      let open = true;
      const end = (): void => {
        open = false;
        wake();
      };
      // null stands for a heartbeat, which keeps proxies from closing the connection.
      const put = (event: StreamEvent | null): void => {
        if (waiting.length >= MOST_WAITING) open = false;
        else waiting.push(event);
        wake();
      };
      stream.onAbort(end);
      closing.addEventListener("abort", end);
      const heartbeat = setInterval(() => put(null), HEARTBEAT_MS).unref();
      const stopAlerts = alerts.subscribe(() => put({ type: "alerts" }));
      const unsubscribe = [
        stopAlerts,
        kernels.subscribe(put),
        await watch.subscribe(put),
        await dataWatch.subscribe(put),
      ];
      // The first words tell the browser that the stream is open.
      await stream.write(": open\n\n");
      try {
        while (open && !closing.aborted) {
          const event = waiting.shift();
          if (event) await stream.writeSSE({ event: event.type, data: JSON.stringify(event) });
          else if (event === null) await stream.write(": still here\n\n");
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        clearInterval(heartbeat);
        closing.removeEventListener("abort", end);
        for (const stop of unsubscribe) stop();
      }
    }),
  );
}
