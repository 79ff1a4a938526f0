import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PreviewRequest, PreviewView } from "../../../server/run/preview/view.ts";
import { type Asking, RulePreview } from "../../../web/state/rule-preview.ts";

/** A server that answers when it is told to. */
class Server {
  readonly asked: {
    ask: Pick<PreviewRequest, "conditions" | "accuracy">;
    signal: AbortSignal;
    answer(view: PreviewView): void;
  }[] = [];

  preview(ask: Pick<PreviewRequest, "conditions" | "accuracy">, signal: AbortSignal) {
    return new Promise<{ ok: true; value: PreviewView }>((resolve) => {
      this.asked.push({ ask, signal, answer: (value) => resolve({ ok: true, value }) });
    });
  }
}

function view(people: number, sample: PreviewView["sample"] = null): PreviewView {
  return { people, excluded: 0, sample, conditions: [], exclusive: false, combinations: [] };
}

const asking = (...conditions: string[]): Asking => ({ cell: "a", rule: "A", conditions, mark: "" });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("sizes of a rule that is built", () => {
  it("come from a sample first where that is what is told, then from everybody", async () => {
    const server = new Server();
    const preview = new RulePreview(server);
    preview.want(asking("x > 1"));
    expect(preview.pending).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked.map(({ ask }) => ask.accuracy)).toEqual(["quick"]);
    server.asked[0]?.answer(view(10, { people: 10, of: 100 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.answered?.view.people).toBe(10);
    expect([preview.pending, server.asked[1]?.ask.accuracy]).toEqual([true, "exact"]);
    server.asked[1]?.answer(view(97));
    await vi.advanceTimersByTimeAsync(0);
    expect([preview.pending, preview.answered?.view.people]).toEqual([false, 97]);
  });

  it("are those of the newest question: the one before is called off, and its answer forgotten", async () => {
    const server = new Server();
    const preview = new RulePreview(server);
    preview.want(asking("x > 1"));
    await vi.advanceTimersByTimeAsync(200);
    preview.want(asking("x > 2"));
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked[0]?.signal.aborted).toBe(true);
    server.asked[1]?.answer(view(2));
    server.asked[0]?.answer(view(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.answered?.asking.conditions).toEqual(["x > 2"]);
    expect(preview.answered?.view.people).toBe(2);
  });

  it("are not asked for where fewer of the same conditions are left, but are where something else is another", async () => {
    const server = new Server();
    const preview = new RulePreview(server);
    preview.want(asking("x > 1", "y > 1"));
    await vi.advanceTimersByTimeAsync(200);
    server.asked[0]?.answer(view(5));
    await vi.advanceTimersByTimeAsync(0);
    preview.want(asking("y > 1"));
    await vi.advanceTimersByTimeAsync(200);
    expect([server.asked.length, preview.pending]).toEqual([1, false]);
    preview.want({ ...asking("y > 1"), mark: "another" });
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked.length).toBe(2);
  });

  it("are not asked for of more conditions than can be counted", async () => {
    const server = new Server();
    const preview = new RulePreview(server);
    preview.want(asking(...Array.from({ length: 17 }, (_, n) => `x > ${n}`)));
    await vi.advanceTimersByTimeAsync(200);
    expect([server.asked.length, preview.pending]).toEqual([0, false]);
  });
});
