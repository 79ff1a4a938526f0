import { describe, expect, it } from "vitest";
import { CELL_KINDS } from "../../../server/notebook/model.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { templates } from "../../../web/cells/templates.ts";
import { filePatterns } from "../../../web/notebook/file-patterns.ts";
import { surroundingsOf } from "../../../web/notebook/surroundings.ts";
import { addition } from "../../../web/state/structure.ts";
import { openRuns } from "../../server/run/notebook-runs.ts";

const NOTEBOOK = `---
segbook: 1
as_of: 2026-10-31
---

\`\`\`source orders
files: orders/*.csv
event: placed order
at: ordered_at
\`\`\`

\`\`\`source sends
files: sends.csv
\`\`\`

\`\`\`features behaviour
columns:
  spent: sum of amount of placed order
  days: days since last placed order
\`\`\`

\`\`\`segments audiences
of: behaviour
segments:
  Big: spent > 40
\`\`\`
`;

const DATA = {
  "orders/2026-09.csv": "customer_id,ordered_at,amount\n1,2026-09-01,20.5\n2,2026-09-11,12\n",
  "orders/2026-10.csv": "customer_id,ordered_at,amount\n3,2026-10-29,99\n4,2026-10-01,45\n",
  "sends.csv": "customer_id,delivered_at,opened_at\n1,2026-10-01,2026-10-02\n",
  "visits.csv": "customer_id,page\n1,home\n",
};

const WORKSPACE = {
  name: "",
  version: "",
  notebooks: [],
  data: Object.keys(DATA).map((path) => ({ path, bytes: 1, modified: "" })),
};

async function errorsOf(text: string, runs: Awaited<ReturnType<typeof openRuns>>) {
  const plan = (await runs.plan(text)).view;
  return plan.cells.flatMap(({ id, problems }) =>
    problems.filter(({ severity }) => severity === "error").map(({ message }) => `${id}: ${message}`),
  );
}

describe("a template", () => {
  it.each(CELL_KINDS)("of a %s cell is without error in a notebook that has what it needs", async (kind) => {
    const runs = await openRuns(DATA);
    const notebook = parseNotebook(NOTEBOOK);
    const { cells } = (await runs.plan(NOTEBOOK)).view;
    const body = templates[kind](surroundingsOf({ cells, notebook }, WORKSPACE, "audiences"));
    const { text } = addition(notebook, { kind, id: "added", body, after: "audiences" });
    expect(await errorsOf(String(text), runs)).toEqual([]);
  });

  it.each(["features", "cluster", "score", "segments"] as const)(
    "of a %s cell does without events where there is a table of people",
    async (kind) => {
      const runs = await openRuns({ "people.csv": "customer_id,spent,country\n1,20,UK\n2,30,DE\n3,4,UK\n4,9,FR\n" });
      const text = "---\nsegbook: 1\n---\n\n```source people\nfiles: people.csv\n```\n";
      const notebook = parseNotebook(text);
      const { cells } = (await runs.plan(text)).view;
      const body = templates[kind](surroundingsOf({ cells, notebook }, WORKSPACE, "people"));
      const added = addition(notebook, { kind, id: "added", body, after: "people" }).text;
      expect(await errorsOf(String(added), runs)).toEqual([]);
    },
  );

  it("reads what stands above its place", async () => {
    const runs = await openRuns(DATA);
    const { cells } = (await runs.plan(NOTEBOOK)).view;
    const around = surroundingsOf({ cells, notebook: parseNotebook(NOTEBOOK) }, WORKSPACE, "sends");
    expect(templates.sql(around)).toBe("SELECT *\nFROM sends");
    expect(around.people?.name).toBe("behaviour");
  });
});

describe("files for a new source", () => {
  it("are those that none reads yet, and files of one folder are one pattern", () => {
    expect(filePatterns(Object.keys(DATA), [])).toEqual(["orders/*.csv", "sends.csv", "visits.csv"]);
    expect(filePatterns(Object.keys(DATA), ["orders/*.csv", "sends.[ct]sv"])).toEqual([
      "visits.csv",
      "orders/*.csv",
      "sends.csv",
    ]);
    expect(filePatterns(["a/b/c.parquet", "a/d.parquet"], ["a/**/*.parquet"])).toEqual([
      "a/b/c.parquet",
      "a/d.parquet",
    ]);
  });
});
