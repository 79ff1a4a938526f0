import { expect, test } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { driftMonitor, driftWatch } from "../../../web/state/drift-watch.ts";

const TEXT = "---\nsegbook: 1\n---\n\n```cluster kinds\nof: people\ncolumns: [a]\nk: 3\n```\n";

test("a monitor of who changes cluster is written behind the clusters, and known by what it counts", () => {
  const { text, at } = driftWatch(parseNotebook(TEXT), "kinds");
  expect(at).toBe("kinds_watch");
  const notebook = parseNotebook(String(text));
  expect(notebook.cells.map(({ kind, id, body }) => [kind, id, body])).toEqual([
    ["cluster", "kinds", "of: people\ncolumns: [a]\nk: 3\n"],
    [
      ...["monitor", "kinds_watch"],
      "counts: kinds_drift\nmetrics: [change_rate, size]\nmature_after: 0 hours\nbaseline: 14\n",
    ],
  ]);
  const cells = [
    { id: "kinds", kind: "cluster", body: { k: 3 } },
    { id: "kinds_watch", kind: "monitor", body: { counts: "kinds_drift" } },
  ];
  expect(driftMonitor(cells, "kinds")).toBe("kinds_watch");
  expect(driftMonitor(cells, "others")).toBeNull();
});
