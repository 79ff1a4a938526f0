import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import type { CellView, CheckRequest, CheckView } from "../../../server/run/view.ts";
import { type CheckApi, Checker } from "../../../web/state/checker.ts";

const { cells } = parseNotebook("---\nsegbook: 1\n---\n\n```sql a\nSELECT random() AS r\n```\n");
const VIEW = { id: "a", kind: "sql", problems: [] } as unknown as CellView;

/** A server that answers when it is told to. */
class Server implements CheckApi {
  readonly asked: { request: CheckRequest; signal: AbortSignal; answer(view: CheckView): void }[] = [];

  check(request: CheckRequest, signal: AbortSignal) {
    return new Promise<{ ok: true; value: CheckView }>((resolve) => {
      this.asked.push({ request, signal, answer: (value) => resolve({ ok: true, value }) });
    });
  }
}

function findings(message: string, silosKnown = true): CheckView {
  const place = { cell: "a", line: 6, column: 8 };
  const said = { code: "c", severity: "note" as const, message, hint: "" };
  const findings = [{ ...said, ...place, fixable: false, guard: null, accepted: null }];
  return { findings, silosKnown, segmentations: [] };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const server = new Server();
  const checker = new Checker(
    server,
    () => ({ path: "notebooks/a.md" }),
    () => cells,
  );
  const told = () => checker.over([VIEW])[0]?.problems.map(({ message }) => message);
  return { server, checker, told };
}

it("asks once for many changes, and the last answer wins", async () => {
  const { server, checker, told } = open();
  checker.soon();
  checker.soon();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.asked.length).toBe(1);
  checker.soon();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.asked[0]?.signal.aborted).toBe(true);
  server.asked[1]?.answer(findings("new"));
  server.asked[0]?.answer(findings("old"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(["new"]);
});

it("has keys compared only once nobody types, where that is not known yet", async () => {
  const { server, checker, told } = open();
  checker.soon();
  await vi.advanceTimersByTimeAsync(1_000);
  server.asked[0]?.answer(findings("quick", false));
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(["quick"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(server.asked.map(({ request }) => request.silos)).toEqual(["known", "measure"]);
  server.asked[1]?.answer(findings("with keys"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told()).toEqual(["with keys"]);
  expect(server.asked.length).toBe(2);
});

it("asks nothing once it is closed", async () => {
  const { server, checker } = open();
  checker.soon();
  checker.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.asked).toEqual([]);
});
